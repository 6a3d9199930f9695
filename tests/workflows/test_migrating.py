"""A running case changes its edition, or its calendar, on the real engine."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from casework.budget import parse_budget
from casework.calendar import Calendar, Holiday, Year
from casework.canonical import digest
from casework.case import SYSTEM
from casework.decision import NotAllowed
from casework.event import CalendarPublished, Migrated
from casework.foresight import foresee
from casework.procedure import Procedure
from records import audit, cases, ledger
from tests.workflows.conftest import Dispute
from tests.workflows.engine import Bench, Running, eventually, replayer
from tests.workflows.test_case import act, recorded
from workflows import client
from workflows.messages import Acted, TellRequest

MONDAY = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
WEDNESDAY = MONDAY + timedelta(days=2)


def shorter(procedure: Procedure, village: str) -> Procedure:
    """An edition with another limit for the village."""
    first, *rest = procedure.stages
    assert first.clock
    changed = replace(first, clock=replace(first.clock, budget=parse_budget(village)))
    return replace(procedure, edition="试-2", stages=(changed, *rest))


def migrated(procedure: Procedure) -> Migrated:
    return Migrated(procedure, digest(procedure), "县政府令第9号", SYSTEM)


async def tell(running: Running, at: datetime, event: Migrated | CalendarPublished) -> Acted:
    request = TellRequest(event, running.real(at))
    acted = await client.tell(running.bench.client, running.id, request, f"{event.kind}:{at}")
    if isinstance(event, Migrated):
        running.procedure = event.procedure
    return acted


async def test_a_running_case_goes_on_under_the_edition_it_was_moved_to(
    bench: Bench, dispute: Dispute
) -> None:
    running = await bench.file(*dispute, MONDAY)
    await running.until(WEDNESDAY)
    await tell(running, WEDNESDAY, migrated(shorter(running.procedure, "7wd")))
    await running.until(datetime.fromisoformat("2026-03-10T12:00:00+08:00"))
    assert (await running.case()).stage == "village-mediation"
    await running.until(datetime.fromisoformat("2026-03-12T01:00:00+08:00"))
    case = await running.case()
    assert case.stage == "township-mediation"
    await eventually(lambda: recorded(bench, running, case.seq))
    assert audit.recompute(bench.records, running.id).difference == ""
    assert ledger.verify(bench.records).ok
    for history in await running.histories():
        await replayer().replay_workflow(history)
    await running.end()


async def test_a_case_that_the_edition_makes_late_is_overdue_at_once(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    friday = MONDAY + timedelta(days=4)
    await running.until(friday)
    event = migrated(shorter(running.procedure, "2wd"))
    seen = foresee(running.procedure, await running.case(), event, friday)
    assert seen.overdue
    await tell(running, friday, event)
    await running.until(friday + timedelta(minutes=1))
    assert (await running.case()).stage == "township-mediation"
    entries = await running.entries(seen.decisions[-1].case.entries + 1)
    foretold = seen.decisions[-1].entries
    assert tuple(entries[foretold[0].number - 1 : foretold[-1].number]) == foretold
    overdue = [entry for entry in entries if entry.kind == "overdue"]
    assert {entry.at for entry in overdue} == {seen.decisions[-1].at}
    await running.end()


async def test_the_next_run_carries_the_edition_on(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY, run_events=1)
    await tell(running, MONDAY, migrated(shorter(running.procedure, "9wd")))
    await running.take(MONDAY, await act(running, "refer-up", "lead", reason="涉及两村"))

    async def continued() -> bool:
        return len(await running.histories()) > 1

    await eventually(continued)
    case = await running.case()
    assert case.definition == digest(running.procedure)
    with pytest.raises(NotAllowed) as refused:
        await tell(running, MONDAY, migrated(running.procedure))
    assert refused.value.code == "same-edition"
    await running.take(MONDAY, await act(running, "note", "lead", progress="已接手"))
    assert audit.recompute(bench.records, running.id).difference == ""
    await running.end()


async def test_a_refused_migration_leaves_no_trace_in_history(bench: Bench, dispute: Dispute) -> None:
    running = await bench.file(*dispute, MONDAY)
    before = await running.at_rest()
    without = replace(running.procedure, edition="试-2", stages=running.procedure.stages[1:])
    with pytest.raises(NotAllowed) as refused:
        await client.tell(bench.client, running.id, TellRequest(migrated(without), running.real(MONDAY)), "m")
    assert refused.value.code == "stage-missing"
    assert await running.at_rest() == before
    await running.end()


async def test_a_case_migrated_before_its_filing_was_recorded_is_recorded_under_both_editions(
    bench: Bench, dispute: Dispute, tmp_path: Path
) -> None:
    """The database is away from before the filing until after the migration: one commit brings both."""
    held = sqlite3.connect(tmp_path / "records.db", isolation_level=None, check_same_thread=False)
    held.execute("begin exclusive")
    try:
        running = await bench.file(*dispute, MONDAY)
        old = running.procedure
        acted = await asyncio.wait_for(tell(running, MONDAY, migrated(shorter(old, "7wd"))), 20)
    finally:
        held.execute("rollback")
        held.close()
    await eventually(lambda: recorded(bench, running, acted.seq))
    both = [digest(old), digest(running.procedure)]
    assert cases.definitions_of(bench.records, running.id) == both
    assert audit.recompute(bench.records, running.id).difference == ""
    await running.end()


def next_year(calendar: Calendar) -> Calendar:
    """An INVENTED 2027 for this test; the notice for 2027 has not been published."""
    holidays = (Holiday("元旦", date(2027, 1, 1), date(2027, 1, 3)),)
    year = Year(2027, "虚构通知，仅供测试", holidays)
    return replace(calendar, edition="虚构-2027", years=(*calendar.years, year))


async def test_the_same_calendar_is_adopted_once(bench: Bench, dispute: Dispute) -> None:
    at = datetime.fromisoformat("2026-12-28T10:00:00+08:00")
    running = await bench.file(*dispute, at)
    event = CalendarPublished(next_year((await running.case()).calendar))
    acted = await tell(running, at, event)
    assert "recalculated" in acted.entries
    with pytest.raises(NotAllowed) as refused:
        await tell(running, at + timedelta(seconds=1), event)
    assert refused.value.code == "same-edition"
    await running.end()
