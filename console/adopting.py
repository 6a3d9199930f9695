"""Telling running cases of another edition, batch by batch.

A case that is told twice adopts it once, and what was interrupted goes on where it stopped.
"""

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import Literal

from casework.case import Case
from casework.decision import NotAllowed
from casework.event import CalendarPublished
from casework.foresight import compare
from casework.procedure import Procedure
from console.desk import Desk, procedure_named
from console.edition_answers import AdoptRequest, Effect, MigrateRequest, Told
from console.foretelling import EventFor, effect_of, migration, seen_or_refused
from console.persons import on_the_roster
from console.problems import Problem
from console.standing import standing
from records import offers
from records.cases import open_cases
from workflows.client import CaseNotRunning

_AT_ONCE = 8
_ENGINE_AWAY = 503
Passed = Literal["already", "not-running", "away"]
"""Why a case was passed over: it has the edition, it does not run, or the engine did not answer."""


async def migrate(desk: Desk, name: str, request: MigrateRequest) -> Told:
    """Move a batch of a procedure's open cases to an edition. Raises Problem or NotAllowed."""
    by = on_the_roster(desk, request.as_)
    edition = await asyncio.to_thread(edition_named, desk, name, request.to)
    numbers = await asyncio.to_thread(numbers_of, desk, name, request.cases)
    event_for = migration(desk, edition, request.reason, by)
    batch = await asyncio.to_thread(_batch, desk, name, numbers, request.after, request.limit)
    return await _tell_all(desk, batch, event_for, request.limit)


async def adopt(desk: Desk, name: str, request: AdoptRequest) -> Told:
    """Tell a batch of open cases of the calendar that is offered. Raises Problem (422)."""
    library = await asyncio.to_thread(desk.offered)
    calendar = library.calendars.get(name)
    if calendar is None:
        known = "、".join(library.calendars)
        raise Problem(
            422, "unknown-calendar", f"没有日历 {name}；现有：{known}", f"no calendar {name}: {known}"
        )
    batch = await asyncio.to_thread(_batch, desk, None, (), request.after, request.limit, name)
    return await _tell_all(desk, batch, lambda _procedure, _case: CalendarPublished(calendar), request.limit)


def edition_named(desk: Desk, name: str, edition: str) -> Procedure:
    """An edition that is or was offered, or that cases run under. Raises Problem (422)."""
    procedure_named(desk.offered(), name)
    found = offers.find(desk.records, "procedure", name, edition)
    if found and isinstance(found.edition, Procedure):
        return found.edition
    others = (*desk.library.procedures.values(), *desk.offers.every())
    known = {each.edition: each for each in others if each.name == name}
    if edition in known:
        return known[edition]
    names = "、".join(known)
    zh, en = (
        f"{name} 没有公布过 {edition} 版；有：{names}",
        f"{name} has no edition {edition}; known: {names}",
    )
    raise Problem(422, "unknown-edition", zh, en)


def numbers_of(desk: Desk, name: str, spoken: Sequence[str]) -> tuple[str, ...]:
    """The numbers of cases that were named. Raises Problem for one that is not open under the procedure."""
    cases = [desk.recorded(desk.full_number(each))[0] for each in spoken]
    for case in cases:
        if not case.open or case.procedure != name:
            zh, en = f"{case.id} 不是 {name} 的在办事项", f"{case.id} is no open case of {name}"
            raise Problem(409, "not-open", zh, en)
    return tuple(case.id for case in cases)


def _batch(
    desk: Desk, procedure: str | None, ids: Sequence[str], after: str, limit: int, calendar: str = ""
) -> list[Case]:
    found = open_cases(desk.records, procedure, after, ids)
    return list(islice((case for case in found if calendar in ("", case.calendar.name)), limit))


async def _tell_all(desk: Desk, batch: Sequence[Case], event_for: EventFor, limit: int) -> Told:
    told: list[Effect | Passed] = []
    for start in range(0, len(batch), _AT_ONCE):
        some = batch[start : start + _AT_ONCE]
        told += await asyncio.gather(*(_tell(desk, case, event_for) for case in some))
        if "away" in told:
            break
    return Told(
        already=told.count("already"),
        not_running=told.count("not-running"),
        effects=tuple(each for each in told if isinstance(each, Effect)),
        next=batch[-1].id if len(batch) == limit else "",
        away="away" in told,
    )


async def _tell(desk: Desk, recorded: Case, event_for: EventFor) -> Effect | Passed:
    """Tell one case. The key is its own moment's, so that a request that is sent twice is one."""
    try:
        case = await standing(desk, recorded.id) or recorded
        procedure, received = desk.edition_of(case), desk.now()
        event = event_for(procedure, case)
        seen = seen_or_refused(procedure, case, event, case.time_of(received))
        acted = await desk.engine.tell(case.id, event, received, f"{event.kind}:{case.seq}")
    except CaseNotRunning:
        return "not-running"
    except NotAllowed as refusal:
        return "already" if refusal.code == "same-edition" else effect_of(procedure, case, refusal)
    except Problem as problem:
        if problem.status != _ENGINE_AWAY:
            raise
        return "away"
    if isinstance(seen, NotAllowed) or not seen.decisions or seen.decisions[-1].seq != acted.seq:
        after = await standing(desk, case.id) or case
        seen = compare(desk.edition_of(after), case, after)
    return effect_of(procedure, case, seen).model_copy(update={"done": True})
