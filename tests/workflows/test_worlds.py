"""Stories of other worlds, played on the real engine, give the same ledger as the pure core."""

from pathlib import Path

import pytest

from casework.story import play as play_core
from definitions.library import Library
from definitions.scenarios import load_scenario
from tests.workflows.conftest import Dispute
from tests.workflows.engine import Bench, Running, play

WORLDS = Path(__file__).parents[1] / "worlds"
SCENARIOS = sorted(WORLDS.glob("*/scenarios/*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
async def test_engine_and_core_keep_identical_ledgers_in_another_world(path: Path, bench: Bench) -> None:
    world = path.parents[1]
    library = Library.load(world, world.name)
    story = load_scenario(path, library).story
    procedure = library.procedures[story.procedure]
    expected = play_core(procedure, story)
    running, refusals = await play(bench, procedure, story)
    assert refusals == expected.refusals
    entries = await running.entries(len(expected.entries))
    assert [entry for entry in entries if entry.at <= story.until] == list(expected.entries)
    await running.end()


async def turn_of(running: Running) -> str:
    """The key by which a case takes turns with others."""
    description = await running.handle.describe()
    return str(description.raw_description.workflow_execution_info.priority.fairness_key)


async def test_the_units_right_below_the_top_take_turns(bench: Bench, dispute: Dispute) -> None:
    """Townships in a county, regions in a health service: one in a storm does not hold up the others."""
    world = WORLDS / "bangladesh-health"
    library = Library.load(world, world.name)
    story = load_scenario(world / "scenarios" / "nobody-answers.yaml", library).story
    health = await bench.file(library.procedures[story.procedure], story.filed, story.filed_at)
    county = await bench.file(*dispute, story.filed_at)
    assert await turn_of(health) == "140"
    assert await turn_of(county) == "330681109"
    for running in (health, county):
        await running.end()
