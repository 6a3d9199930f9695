"""One case on the real engine: two officers at once, one request twice, refusals, long lives, outages."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from casework.case import Actor
from casework.decide import advance
from casework.decision import NotAllowed
from casework.event import ActionTaken, HoldersChanged
from casework.holders import actor_for
from records import audit, cases, ledger
from records.commit import commit
from records.database import connect, migrate
from tests.workflows.conftest import Dispute
from tests.workflows.engine import Bench, Running, eventually, replay_seconds, replayer, working
from workflows import client
from workflows.client import CaseNotRunning
from workflows.messages import CaseInput, TellRequest

MONDAY = datetime.fromisoformat("2026-03-02T10:00:00+08:00")


async def act(running: Running, action: str, by: str, key: str = "", **fields: str) -> ActionTaken:
    """An action by whoever answers as ``by`` now."""
    actor = actor_for(running.procedure, await running.case(), by)
    return ActionTaken(action, actor, fields, key=key)


async def test_of_two_officers_who_act_at_once_one_wins_and_the_other_is_told_why(
    bench: Bench, dispute: Dispute
) -> None:
    running = await bench.file(*dispute, MONDAY)
    settle = await act(running, "settle", "lead", agreement="协议.pdf")
    refer = await act(running, "refer-up", "leader", reason="涉及两村")
    answers = await asyncio.gather(
        running.take(MONDAY, settle), running.take(MONDAY, refer), return_exceptions=True
    )
    refusals = [answer for answer in answers if isinstance(answer, NotAllowed)]
    assert len(refusals) == 1
    assert refusals[0].code in {"not-yours", "untimely-action"}
    assert refusals[0].zh
    await running.end()


async def test_the_same_request_sent_twice_acts_once(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    note = await act(running, "note", "lead", "key-1", progress="已约双方")
    first = await running.take(MONDAY, note)
    second = await running.take(MONDAY, note)
    assert second.seq == first.seq
    noted = [e for e in await running.entries((await running.case()).entries) if e.kind == "acted"]
    assert len(noted) == 1
    await running.end()


async def test_the_same_request_acts_once_even_in_a_later_run(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY, run_events=1)
    refer = await act(running, "refer-up", "lead", "key-1", reason="涉及两村")
    first = await running.take(MONDAY, refer)

    async def continued() -> bool:
        return len(await running.histories()) > 1

    await eventually(continued)
    second = await running.take(MONDAY, refer)
    assert (second.seq, second.repeated) == (first.seq, True)
    await running.end()


async def test_a_refusal_costs_no_history_event(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    before = await running.at_rest()
    for _ in range(3):
        with pytest.raises(NotAllowed):
            await running.take(MONDAY, ActionTaken("settle", Actor("official", "nobody", "无关人员")))
    assert await running.at_rest() == before
    await running.end()


async def test_a_request_from_the_future_is_refused(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    note = await act(running, "note", "lead", progress="x")
    with pytest.raises(WorkflowUpdateFailedError):
        await running.take(MONDAY + timedelta(hours=1), note)
    await running.end()


async def test_an_action_on_an_ended_case_finds_it_not_running(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.take(MONDAY, await act(running, "withdraw", "party"))
    await running.handle.result()
    with pytest.raises(CaseNotRunning):
        await running.take(MONDAY, ActionTaken("note", Actor("official", "x", "x")))


async def test_a_look_at_a_running_case_leaves_nothing_in_its_history(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.entries()
    before = [event.event_id for history in await running.histories() for event in history.events]
    for _ in range(3):
        assert (await running.case()).id == running.id
    assert [event.event_id for history in await running.histories() for event in history.events] == before
    await running.end()


async def test_filing_the_same_case_twice_starts_it_once(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.entries()
    start = CaseInput(running.procedure, datetime.now(UTC), running.filed, spread=0)
    await client.file_case(bench.client, bench.task_queue, start)
    assert len(cases.decisions(bench.records, running.id)) == 1
    await running.end()


async def test_a_filing_that_is_not_allowed_starts_nothing(bench: Bench, dispute: Dispute) -> None:
    procedure, filed = dispute
    with pytest.raises(NotAllowed):
        await bench.file(procedure, replace(filed, sealed={}), MONDAY)
    with pytest.raises(CaseNotRunning):
        await client.running_case(bench.client, filed.case_id)


async def test_a_handover_is_told_to_the_running_case(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    case = await running.case()
    heirs = tuple(
        replace(h, official="o-heir", name="接任者") for h in case.holders if h.post == "mediation-committee"
    )
    others = tuple(h for h in case.holders if h.post != "mediation-committee")
    event = HoldersChanged((*others, *heirs), "换届", Actor("official", "o-desk", "县信访局"))
    await client.tell(bench.client, running.id, TellRequest(event, datetime.now(UTC)), "handover-1")
    await running.take(
        MONDAY, ActionTaken("note", Actor("official", "o-heir", "接任者"), {"progress": "已接手"})
    )
    await running.end()


async def test_an_operator_can_find_cases_by_search_attribute(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.until(datetime.fromisoformat("2026-03-10T01:00:00+08:00"))
    query = f"`CaseStage` = 'township-mediation' and WorkflowId = '{running.id}'"

    async def found() -> bool:
        return [each.id async for each in bench.client.list_workflows(query)] == [running.id]

    await eventually(found)
    await running.end()


async def test_a_case_that_climbs_to_the_county_costs_at_most_a_hundred_events(
    bench: Bench, dispute: Dispute, print_figures: Callable[[str], None]
) -> None:
    """Filed, reminded, overdue and escalated twice, taken on, settled and struck off."""
    running = await bench.file(*dispute, MONDAY)
    at = datetime.fromisoformat("2026-04-02T10:00:00+08:00")
    await running.until(at)
    await running.take(at, await act(running, "note", "lead", progress="县级受理"))
    await running.take(at, await act(running, "settle", "lead", agreement="协议.pdf"))
    done = {"visited_on": "2026-04-02", "proof": "收条.pdf"}
    await running.take(at, await act(running, "strike-off", "lead", **done))
    await running.handle.result()
    histories = await running.histories()
    events = [event for history in histories for event in history.events]
    kinds = Counter(EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in events)
    decisions = len(cases.decisions(bench.records, running.id))
    longest = max(histories, key=lambda history: len(history.events))
    spent = await replay_seconds(longest)
    print_figures(f"replay of the longest run, {len(longest.events)} events: {spent * 1000:.0f} ms of CPU")
    print_figures(f"{len(events)} events over {len(histories)} run(s), {decisions} decisions: {dict(kinds)}")
    told = Counter(entry.kind for entry in ledger.entries(bench.records, running.id))
    assert told["escalated"] == 2
    assert told["reminded"] >= 2
    assert len(events) <= 100
    assert kinds["TIMER_STARTED"] <= decisions
    assert kinds["MARKER_RECORDED"] + kinds["ACTIVITY_TASK_SCHEDULED"] <= decisions
    assert kinds["MARKER_RECORDED"] <= decisions - 3  # what people do is recorded once it is in the history


async def test_what_a_dying_worker_recorded_is_decided_again_alike_whatever_comes_meanwhile(
    environment: WorkflowEnvironment, dispute: Dispute, tmp_path: Path
) -> None:
    """It records what time brought and dies before it reports; then comes an action from before that time."""
    records = connect(f"sqlite:///{tmp_path / 'records.db'}")
    migrate(records)
    async with working(environment, records) as bench:
        running = await bench.file(*dispute, MONDAY, speed=200_000)
        note = await act(running, "note", "lead", progress="提醒前已联系双方")
        await running.at_rest()

    async def rang() -> bool:
        events = (await running.handle.fetch_history()).events
        return any(e.event_type == EventType.EVENT_TYPE_TIMER_FIRED for e in events)

    await eventually(rang)
    case, procedure = cases.get_case(records, running.id) or pytest.fail("it was not recorded")
    lost = advance(procedure, case, case.dues[0].at)
    commit(records, procedure, lost, datetime.now(UTC))
    early = asyncio.create_task(running.take(case.dues[0].at - timedelta(hours=1), note))
    async with working(environment, records, bench.task_queue) as bench:
        acted = await early
        assert acted.seq == lost[-1].seq + 1
        await eventually(lambda: recorded(bench, running, acted.seq))
        assert audit.recompute(records, running.id).fault is None
        await running.end()
    records.dispose()


async def recorded(bench: Bench, running: Running, seq: int) -> bool:
    return len(cases.decisions(bench.records, running.id)) >= seq


async def test_a_database_that_is_away_delays_entries_and_loses_none(
    bench: Bench, dispute: Dispute, tmp_path: Path
) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.entries()
    held = sqlite3.connect(tmp_path / "records.db", isolation_level=None, check_same_thread=False)
    held.execute("begin exclusive")
    try:
        acted = await running.take(MONDAY, await act(running, "note", "lead", progress="断库期间"))

        async def waiting() -> bool:
            events = (await running.handle.fetch_history()).events
            return any(e.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED for e in events)

        await eventually(waiting)
        second = await running.take(MONDAY, await act(running, "note", "lead", progress="仍在办理"))
    finally:
        held.execute("rollback")
        held.close()
    assert second.seq == acted.seq + 1
    await eventually(lambda: recorded(bench, running, second.seq))
    assert audit.recompute(bench.records, running.id).difference == ""
    assert ledger.verify(bench.records).ok
    for history in await running.histories():
        await replayer().replay_workflow(history)  # as another worker does that takes the case over
    await running.end()
