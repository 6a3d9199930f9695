"""Migrating: a case that is under way adopts another edition of its procedure.

A clock keeps what it has consumed and what it was extended by, and runs on towards the new edition's limit.
What has happened stays: rungs that fired stay fired, an expired clock stays expired. Nothing comes after the
fact: rungs that the new edition puts into the past are passed over, each with an entry; only a deadline that
is past now is overdue, from this moment on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from casework import clock as clocks
from casework.calendar import Calendar
from casework.case import Case, ClockState, Responsibility
from casework.decision import Decision, NotAllowed
from casework.draft import Draft
from casework.dues import fired_name, next_turn, refreshed
from casework.event import Migrated
from casework.fitting import check_fit
from casework.holders import answering
from casework.procedure import ClockRule, Procedure, Stage
from casework.rungs import rung_at
from casework.stages import deadline_detail, start_clock, stop_clock, take_up, wanted_posts


def edition_after(procedure: Procedure, decisions: Iterable[Decision]) -> Procedure:
    """The edition that a case runs under after decisions that began under ``procedure``."""
    for decision in decisions:
        if isinstance(decision.event, Migrated):
            procedure = decision.event.procedure
    return procedure


def migrate(draft: Draft, event: Migrated) -> None:
    """Go on under another edition. Raises NotAllowed where the case has no place in it."""
    old, new, before = draft.procedure, event.procedure, draft.case
    if before.definition == event.definition:
        raise NotAllowed("same-edition", "本事项已按此版本办理", "the case runs under this edition already")
    check_fit(old, new, before)
    detail = {"from": before.edition, "edition": new.edition, "definition": event.definition}
    draft.write("migrated", actor=event.actor, detail={**detail, "reason": event.reason})
    _stop_clocks_of_relieved(draft, new.stage(before.stage))
    draft.procedure = new
    known = {post.name for post in old.posts}
    holders = (*before.holders, *(holder for holder in event.holders if holder.post not in known))
    draft.change(edition=new.edition, definition=event.definition, holders=holders)
    _take_over_clocks(draft, old)
    _reassign(draft, old.stage(before.stage), event)
    _start_added_clocks(draft, old.stage(before.stage))


def _stop_clocks_of_relieved(draft: Draft, new: Stage) -> None:
    """An assisting unit that the edition leaves out need not do its part any more."""
    for rule, clock in tuple(draft.running_clocks()):
        if clock.post and clock.post not in new.responsible.assist:
            stop_clock(draft, rule, clock)


def _start_added_clocks(draft: Draft, old: Stage) -> None:
    """Limits of the stage that it did not have before run from now.

    The case's own new limits wait for their marks: nobody knows which of them have come already.
    """
    new = draft.stage
    if new.clock and not old.clock:
        start_clock(draft, new.clock, draft.at)
    for post in new.responsible.assist if new.joint else ():
        if new.joint and not (old.joint and post in old.responsible.assist):
            start_clock(draft, new.joint, draft.at, post)


def _take_over_clocks(draft: Draft, old: Procedure) -> None:
    before = draft.case
    draft.change(clocks=tuple(_adopted(old, draft.procedure, before)))
    draft.case = refreshed(draft.procedure, draft.case)
    were = {(clock.name, clock.post): clock for clock in before.clocks if not clock.stopped}
    for rule, clock in tuple(draft.running_clocks()):
        _tell_moved(draft, were[clock.name, clock.post], clock)
        draft.set_clock(_without_past_rungs(draft, rule, clock))


def _adopted(old: Procedure, new: Procedure, case: Case) -> Iterator[ClockState]:
    """The clocks under the new rules. A stopped one whose rule has changed stands in the ledger alone."""
    for clock in case.clocks:
        if not clock.stopped:
            yield _rebudgeted(old.clock(clock.name), new.clock(clock.name), case.calendar, clock)
        elif new.has_clock(clock.name) and new.clock(clock.name) == old.clock(clock.name):
            yield clock


def _rebudgeted(old: ClockRule, new: ClockRule, calendar: Calendar, clock: ClockState) -> ClockState:
    """The new limit and the extensions granted. What was consumed is counted anew only in a new unit."""
    if old.pause and new.pause and old.pause.at_most.unit != new.pause.at_most.unit:
        unit = new.pause.at_most.unit
        paused = sum(clocks.consumed_between(unit, calendar, *gap) for gap in _pauses(clock))
        clock = replace(clock, paused=paused)
    if old.budget.unit != new.budget.unit:
        runs = tuple(
            replace(run, consumed=clocks.consumed_between(new.budget.unit, calendar, run.start, run.end))
            for run in clock.runs
        )
        consumed = sum(run.consumed for run in runs)
        return replace(clock, allowed=new.budget.units, consumed=consumed, runs=runs)
    if clock.breached:
        return clock
    return replace(clock, allowed=new.budget.units + clock.allowed - old.budget.units)


def _pauses(clock: ClockState) -> Iterator[tuple[datetime, datetime]]:
    """The pauses that are over: between one run and the next."""
    begun = [run.start for run in clock.runs[1:]] + ([clock.running] if clock.running else [])
    yield from zip((run.end for run in clock.runs), begun, strict=False)


def _tell_moved(draft: Draft, old: ClockState, new: ClockState) -> None:
    if old.deadline == new.deadline or old.deadline is None:
        return
    whose = {"post": new.post} if new.post else {}
    was = {"from": old.deadline.day.isoformat(), "was_at": old.deadline.at.astimezone(UTC).isoformat()}
    draft.write("migrated", clock=new.name, detail={**was, **deadline_detail(new), **whose})


def _without_past_rungs(draft: Draft, rule: ClockRule, clock: ClockState) -> ClockState:
    """Rungs that lie in the past by now do not come after the fact; the deadline itself does."""
    calendar = draft.case.calendar
    going = clock if clock.running else replace(clock, running=draft.at)
    due = clock.deadline or clocks.deadline(rule, calendar, going)
    assert due is not None
    for rung in rule.rungs:
        if rung.point == "breach" or next_turn(clock, rung):
            continue
        if rung_at(rule, calendar, going, rung, due, draft.case.urgent) <= draft.at:
            clock = replace(clock, fired=(*clock.fired, fired_name(rung.name, 0)))
            draft.write("rung-skipped", clock=rule.name, rung=rung.name, detail={"why": "before-migration"})
    return clock


def _reassign(draft: Draft, old: Stage, event: Migrated) -> None:
    """Posts that the edition changed at the case's stage are answered for anew, each with an entry."""
    posts, kept = wanted_posts(draft.stage), wanted_posts(old)
    added = [pair for pair in posts if pair not in kept]
    for held in draft.case.responsibilities:
        pair = held.role, held.vacant or held.post
        if pair in kept and (pair not in posts or _other_substitute(draft, held)):
            _relieve(draft, held, event)
            added += [pair] if pair in posts else []
    for role, post in added:
        take_up(draft, role, post)
        draft.notify("assigned", draft.case.responsibilities[-1])


def _other_substitute(draft: Draft, held: Responsibility) -> bool:
    """Whether someone else now answers for a post that is vacant."""
    if not held.vacant:
        return False
    now = answering(draft.procedure, draft.case, held.vacant)
    return (now.post, now.official) != (held.post, held.official)


def _relieve(draft: Draft, held: Responsibility, event: Migrated) -> None:
    draft.write(
        "relieved",
        actor=event.actor,
        about=held,
        detail={"role": held.role, "name": held.name, "reason": event.reason},
    )
    draft.release(held, "migrated")
