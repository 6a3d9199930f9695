"""Every scenario, played by the pure core, ends as it says."""

from pathlib import Path

import pytest

from casework.story import play
from definitions.library import Library
from definitions.scenarios import load_scenario

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) >= 12


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_ends_as_it_says(path: Path, library: Library) -> None:
    scenario = load_scenario(path, library)
    played = play(library.procedures[scenario.story.procedure], scenario.story)
    faults = scenario.expect.mismatches(played.case, played.entries, played.refusals)
    assert faults == ()
