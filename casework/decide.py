"""The one function that decides, and the loops of time around it.

    decide(procedure, case, event, now) -> Decision     pure and total, or raises NotAllowed

``now`` is the exact legal instant of the event: when it was received, or fell due. The same function drives
the engine, the simulator, the verifier, recovery and the tests.
"""

from datetime import datetime

from casework import acting, filing, merging, migrating, stages, timing
from casework.case import Case
from casework.decision import Decision, NotAllowed
from casework.draft import Draft
from casework.dues import refreshed
from casework.event import (
    ActionTaken,
    CalendarPublished,
    CaseJoined,
    CaseLinked,
    CaseMerged,
    Event,
    Filed,
    HoldersChanged,
    Migrated,
    NoticeFailed,
    TimeReached,
)
from casework.procedure import Procedure


def decide(procedure: Procedure, case: Case | None, event: Event, now: datetime) -> Decision:
    """Decide one event. Raises NotAllowed, with the case untouched, for what may not happen now.

    ``case`` is None for ``Filed`` alone. Time that is due before ``now`` must have been decided already
    (``decide_at`` sees to it).
    """
    if isinstance(event, Filed):
        return _finished(filing.open_case(procedure, event, now))
    if case is None:
        raise TypeError("only Filed opens a case")
    if not case.open and not isinstance(event, NoticeFailed):
        title = procedure.outcome(case.outcome or "").title
        raise NotAllowed(
            "case-ended", f"本事项已办结({title.zh}),不能再办理", f"the case has ended ({title.en})"
        )
    draft = Draft(procedure, case, event, max(now, case.as_of))
    _bring_about(draft, event)
    return _finished(draft)


def _bring_about(draft: Draft, event: Event) -> None:
    match event:
        case ActionTaken():
            acting.act(draft, event)
        case TimeReached():
            timing.come(draft, draft.case.dues[0])
        case CalendarPublished():
            _adopt_calendar(draft, event)
        case HoldersChanged():
            draft.change(holders=event.holders)
            stages.reassign(draft, event.actor, event.reason)
        case CaseJoined():
            merging.join(draft, event)
        case CaseMerged():
            merging.merge(draft, event)
        case CaseLinked():
            merging.link(draft, event)
        case Migrated():
            migrating.migrate(draft, event)
        case NoticeFailed():
            draft.write("notice-failed", detail=_failure(event))


def next_due(procedure: Procedure, case: Case) -> datetime | None:
    """When time itself will be the next event; None once the case has ended."""
    del procedure  # the case carries its due moments, refreshed by the same function at each event
    return case.dues[0].at if case.dues else None


def advance(procedure: Procedure, case: Case, until: datetime) -> tuple[Decision, ...]:
    """All that time brings up to and including ``until``, each at its own exact instant."""
    decisions: list[Decision] = []
    while (due := next_due(procedure, case)) is not None and due <= until:
        decisions.append(decide(procedure, case, TimeReached(), due))
        case = decisions[-1].case
    return tuple(decisions)


def decide_at(procedure: Procedure, case: Case | None, event: Event, at: datetime) -> tuple[Decision, ...]:
    """What time brings up to ``at``, and then the event itself. Raises NotAllowed as ``decide`` does."""
    if case is None:
        return (decide(procedure, None, event, at),)
    at = max(at, case.as_of)
    before = advance(procedure, case, at)
    return (*before, decide(procedure, before[-1].case if before else case, event, at))


def _finished(draft: Draft) -> Decision:
    draft.case = refreshed(draft.procedure, draft.case)
    return draft.decision()


def _failure(event: NoticeFailed) -> dict[str, bool | int | str]:
    return {"notice": event.notice, "channel": event.channel, "to": event.official, "reason": event.reason}


def _adopt_calendar(draft: Draft, event: CalendarPublished) -> None:
    """Deadlines are derived anew; each that moves leaves an entry, old → new."""
    before = draft.case
    if event.calendar == before.calendar:
        raise NotAllowed("same-edition", "本事项已用此版日历", "the case lives by this calendar already")
    if event.calendar.name != before.calendar.name:
        zh, en = f"本事项用日历 {before.calendar.name}", f"the case lives by calendar {before.calendar.name}"
        raise NotAllowed("other-calendar", zh, en)
    draft.change(calendar=event.calendar)
    after = refreshed(draft.procedure, draft.case)
    for old, new in zip(before.clocks, after.clocks, strict=True):
        if old.deadline and new.deadline and old.deadline != new.deadline:
            detail = {
                "from": old.deadline.day.isoformat(),
                "was_provisional": old.deadline.provisional,
                "edition": event.calendar.edition,
                **stages.deadline_detail(new),
            }
            draft.write("recalculated", clock=new.name, detail=detail)
