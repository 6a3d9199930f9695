"""Recorded histories replay, and a change that would break running cases is seen."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

from casework.budget import Budget
from definitions.library import Library
from definitions.scenarios import load_scenario
from tests.workflows.engine import replayer
from tests.workflows.record import GOLDEN, SCENARIOS, golden_of
from workflows.case import CaseWorkflow

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))


def read(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8"))


def test_there_are_histories_enough() -> None:
    assert len(HISTORIES) >= 10


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_a_recorded_history_replays(path: Path) -> None:
    await replayer().replay_workflow(read(path))


async def test_a_change_of_command_order_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timer set before the search attributes, instead of after them."""
    show, arm = CaseWorkflow._show, CaseWorkflow._arm
    shown_late: list[CaseWorkflow] = []

    def later(self: CaseWorkflow) -> None:
        shown_late.append(self)

    def armed_first(self: CaseWorkflow, jitter: timedelta) -> None:
        arm(self, jitter)
        while shown_late:
            asyncio.get_running_loop().call_soon(show, shown_late.pop())

    monkeypatch.setattr(CaseWorkflow, "_show", later)
    monkeypatch.setattr(CaseWorkflow, "_arm", armed_first)
    with pytest.raises(NondeterminismError):
        await replayer().replay_workflow(read(next(p for p in HISTORIES if p.stem.startswith("nobody-acts"))))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_decisions_and_due_moments_are_the_golden_ones(path: Path, library: Library) -> None:
    story = load_scenario(path, library).story
    written = json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert golden_of(library.procedures[story.procedure], story) == written


def test_a_changed_deadline_is_seen_in_the_golden_decisions(library: Library) -> None:
    path = next(path for path in SCENARIOS if path.stem == "nobody-acts")
    story = load_scenario(path, library).story
    procedure = library.procedures[story.procedure]
    village = procedure.stage("village-mediation")
    assert village.clock
    later = replace(village, clock=replace(village.clock, budget=Budget(6, "wd")))
    changed = replace(
        procedure, stages=tuple(later if stage is village else stage for stage in procedure.stages)
    )
    written = json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert golden_of(changed, story) != written
