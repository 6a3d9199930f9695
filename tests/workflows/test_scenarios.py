"""Every scenario, played on the real engine, gives the same ledger as the pure core."""

from pathlib import Path

import pytest

from casework.story import play as play_core
from definitions.library import Library
from definitions.scenarios import load_scenario
from tests.workflows.engine import Bench, play

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
async def test_engine_and_core_keep_identical_ledgers(path: Path, library: Library, bench: Bench) -> None:
    story = load_scenario(path, library).story
    procedure = library.procedures[story.procedure]
    expected = play_core(procedure, story)
    running, refusals = await play(bench, procedure, story)
    assert refusals == expected.refusals
    entries = await running.entries(len(expected.entries))
    assert [entry for entry in entries if entry.at <= story.until] == list(expected.entries)
    await running.end()
