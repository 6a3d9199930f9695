"""The overlays that are shipped as examples: in order, labelled, and not offered."""

from pathlib import Path

import pytest

from casework.procedure import Procedure
from definitions.library import SHIPPED, Library
from definitions.procedure import load_procedure

EXAMPLES = sorted((SHIPPED / "examples").glob("*.yaml"))


def loaded(path: Path, library: Library) -> Procedure:
    return load_procedure(path, library.posts, library.calendars, library.territory.levels())


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_shipped_example_loads_says_that_it_is_one_and_cannot_be_filed_under(
    path: Path, library: Library
) -> None:
    made = loaded(path, library)
    assert made.name == path.stem
    assert made.name not in library.procedures
    assert "示例" in made.title.zh
    assert "example" in made.title.en


def test_zhejiang_answers_on_acceptance_within_five_working_days(library: Library) -> None:
    """浙江省信访条例, before 2022; and the extension stays the national one (信访工作条例第34条)."""
    made = loaded(SHIPPED / "examples" / "petition-zhejiang.yaml", library)
    assert [str(made.clock(f"{level}-reception").budget) for level in ("township", "county")] == [
        "5wd",
        "5wd",
    ]
    assert str(made.clock("handling").budget) == "30d"
    assert made.clock("handling").extend == library.procedures["petition"].clock("handling").extend


def test_shenzhen_mediates_for_thirty_days_and_longer_only_with_consent(library: Library) -> None:
    """深圳经济特区矛盾纠纷多元化解条例第25条."""
    made = loaded(SHIPPED / "examples" / "mediation-shenzhen.yaml", library)
    assert str(made.clock("whole").budget) == "30d"
    extending = [action for stage in made.stages for action in stage.actions if action.extends == "whole"]
    assert len(extending) == 3
    assert all([field.name for field in action.requires] == ["reason", "consent"] for action in extending)
