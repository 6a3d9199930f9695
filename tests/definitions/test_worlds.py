"""Other worlds than a county of China: folders of YAML and CSV, and no line of Python."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from casework.story import play
from definitions.library import Library
from definitions.reading import read
from definitions.scenarios import load_scenario
from definitions.schema import path_of

WORLDS = Path(__file__).parents[1] / "worlds"
SCENARIOS = sorted(WORLDS.glob("*/scenarios/*.yaml"))
KINDS = {
    "procedures": "procedure",
    "calendars": "calendar",
    "territory": "territory",
    "scenarios": "scenario",
}


def library_of(path: Path) -> Library:
    """The library of the world that a scenario is told in. A world bears the name of its territory."""
    world = path.parents[1]
    return Library.load(world, world.name)


def test_a_world_is_written_in_yaml_and_csv_alone() -> None:
    assert {path.suffix for path in WORLDS.rglob("*") if path.is_file()} == {".yaml", ".csv"}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_scenario_of_another_world_ends_as_it_says(path: Path) -> None:
    library = library_of(path)
    scenario = load_scenario(path, library)
    played = play(library.procedures[scenario.story.procedure], scenario.story)
    assert scenario.expect.mismatches(played.case, played.entries, played.refusals) == ()


@pytest.mark.parametrize("path", sorted(WORLDS.rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_another_world_meets_its_schema_and_tells_editors_which(path: Path) -> None:
    name = KINDS.get(path.parent.name, path.stem)
    schema = json.loads(path_of(name).read_text("utf-8"))
    Draft202012Validator(schema).validate(read(path).value)
    told = path.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / told).resolve() == path_of(name).resolve()


def test_every_post_of_the_health_service_is_held_at_its_four_levels() -> None:
    library = library_of(WORLDS / "bangladesh-health" / "scenarios" / "x")
    units = library.territory.units.values()
    wanted = {(u.code, post.name) for u in units for post in library.posts.values() if post.level == u.level}
    assert set(library.roster.held) == wanted
    assert library.territory.levels() == {"facility", "district", "region", "ministry"}
