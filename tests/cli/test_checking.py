"""``fengqiao procedures check``, which needs no server: a draft is checked as it will be used."""

import json
from pathlib import Path

import pytest

from cli.failure import Exit
from cli.procedures import check
from definitions.library import SHIPPED

CLOSING = "fragment: closing\nactions:\n  settle: {by: lead, requires: agreement, to: nowhere}\n"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The definitions of a county with a fragment of its own, in use."""
    folder = tmp_path / "county"
    for part in ("procedures", "calendars", "territory", "roster", "posts.yaml"):
        (folder / part).parent.mkdir(exist_ok=True)
        (folder / part).symlink_to(SHIPPED / part)
    (folder / "fragments").mkdir()
    monkeypatch.setenv("FENGQIAO_DEFINITIONS", str(folder))
    return folder


def test_an_example_is_checked_and_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    path = SHIPPED / "examples" / "petition-zhejiang.yaml"
    assert check([path], as_json=True) == Exit.OK
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "procedures": ["petition-zhejiang"],
        "faults": [],
    }


def test_a_draft_uses_the_fragments_of_the_county_and_learns_where_they_are_wrong(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "fragments" / "closing.yaml").write_text(CLOSING, "utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        'procedure: draft\nedition: "1"\nextends: petition\n'
        "stages: {county-handling: {actions: {use: closing}}}\n",
        "utf-8",
    )
    assert check([draft], as_json=True) == Exit.BAD_INPUT
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["file"], fault["line"]) == (str(county / "fragments" / "closing.yaml"), 3)
    assert fault["used_at"] == [f"{draft}:4:43"]


def test_a_draft_that_lengthens_a_statutory_limit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        'procedure: draft\nedition: "1"\nextends: petition\nclocks:\n  handling: {budget: 90d}\n', "utf-8"
    )
    assert check([draft]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert told.startswith(f"{draft}:5:14: ")
    assert "信访工作条例第34条" in told
