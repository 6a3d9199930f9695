"""What falls due next: the rungs of running clocks, the caps of pauses, and the top's own reminders.

A case that is open always has a due moment. Where no clock runs, or one has expired with nowhere to go, the
post at the top holds the case and is reminded again and again, so no case can fall silent.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from casework import clock as clocks
from casework.case import Case, ClockState, Due, Responsibility
from casework.procedure import ClockRule, Procedure, Rung
from casework.rungs import later, rung_at


def refreshed(procedure: Procedure, case: Case) -> Case:
    """The case with its deadlines and due moments derived anew."""
    rules = {clock.name: procedure.clock(clock.name) for clock in case.clocks}
    fresh = tuple(_with_deadline(rules[clock.name], case, clock) for clock in case.clocks)
    case = case.changed(clocks=fresh)
    held = tuple(_with_due(procedure, case, each) for each in case.responsibilities)
    dues = tuple(sorted(_dues(procedure, case), key=lambda due: due.at))
    return case.changed(responsibilities=held, dues=dues)


def _with_deadline(rule: ClockRule, case: Case, clock: ClockState) -> ClockState:
    if clock.stopped or clock.breached:
        return clock
    deadline = clocks.deadline(rule, case.calendar, clock)
    return clock if deadline == clock.deadline else replace(clock, deadline=deadline)


def _with_due(procedure: Procedure, case: Case, held: Responsibility) -> Responsibility:
    due = earliest_deadline(procedure, case, held)
    return held if due == held.due else replace(held, due=due)


def earliest_deadline(
    procedure: Procedure, case: Case, held: Responsibility | None = None
) -> datetime | None:
    """When the offices that hold the case are first late; a party's window does not count.

    An assisting unit's own clock counts for whoever holds that responsibility, and for nobody else.
    """
    going = [
        clock
        for clock in case.clocks
        if clock.deadline and not clock.stopped and not procedure.clock(clock.name).window
    ]
    own = [clock for clock in going if held and clock.post and is_of(clock, held)]
    counted = own or [clock for clock in going if not clock.post]
    return min((clock.deadline.at for clock in counted if clock.deadline), default=None)


def is_of(clock: ClockState, held: Responsibility) -> bool:
    """Whether an assisting unit's clock is that of a responsibility."""
    return held.role == "assist" and clock.post == (held.vacant or held.post)


def _dues(procedure: Procedure, case: Case) -> Iterator[Due]:
    if not case.open:
        return
    for clock in case.clocks:
        if clock.stopped is None:
            yield from _clock_dues(procedure.clock(clock.name), case, clock)
    if is_held(case):
        yield Due(_next_hold(procedure, case), "hold")


def _clock_dues(rule: ClockRule, case: Case, clock: ClockState) -> Iterator[Due]:
    if clock.paused_since and rule.pause:
        ends = clocks.pause_ends(rule.pause, case.calendar, clock)
        assert ends is not None
        yield Due(max(ends, case.as_of), "pause-cap", rule.name, post=clock.post)
        return
    for rung in rule.rungs:
        if due := _rung_due(rule, case, clock, rung):
            yield due


def _rung_due(rule: ClockRule, case: Case, clock: ClockState, rung: Rung) -> Due | None:
    assert clock.deadline is not None
    turn = next_turn(clock, rung)
    if turn and not rung.every:
        return None
    at = rung_at(rule, case.calendar, clock, rung, clock.deadline, case.urgent, turn)
    while turn and at <= case.as_of:  # repeats that days off drew together are one
        turn += 1
        at = rung_at(rule, case.calendar, clock, rung, clock.deadline, case.urgent, turn)
    if turn and rung.point in ("percent", "before") and at >= clock.deadline.at:
        return None
    return Due(max(at, case.as_of), "rung", rule.name, rung.name, turn, clock.post)


def next_turn(clock: ClockState, rung: Rung) -> int:
    """How often a rung has come already, counting the repeats that were drawn together."""
    turns = [fired.partition("#")[2] for fired in clock.fired if fired.partition("#")[0] == rung.name]
    return max((int(turn or 0) + 1 for turn in turns), default=0)


def fired_name(rung: str, turn: int) -> str:
    return f"{rung}#{turn}" if turn else rung


def is_held(case: Case) -> bool:
    """Whether the top must be reminded: a clock has expired and nothing moved, or no clock runs."""
    going = [clock for clock in case.clocks if clock.stopped is None]
    return case.overdue or not going


def _next_hold(procedure: Procedure, case: Case) -> datetime:
    every = procedure.top.remind_every
    breaches = [clock.breached for clock in case.clocks if clock.breached and not clock.stopped]
    base = case.held or max((*breaches, case.entered))
    exact = later(case.calendar, base, every, 1)
    if case.urgent:
        return max(exact, case.as_of)
    early = case.calendar.last_office_moment(exact - timedelta(seconds=1))
    return max(early if early > base else case.calendar.next_office_moment(exact), case.as_of)
