"""When the rungs of a clock come: in percent of it, before, at and after its deadline.

A rung that only speaks to someone keeps office hours and comes early rather than late, so nobody is reminded
at midnight or after the holiday in which the limit ran out. A rung that does something has its exact instant.
"""

from datetime import datetime, timedelta

from casework.budget import Budget
from casework.calendar import ONE_DAY, Calendar, months_after
from casework.case import ClockState, Deadline
from casework.clock import reach, total
from casework.procedure import ClockRule, Rung


def rung_at(
    rule: ClockRule,
    calendar: Calendar,
    clock: ClockState,
    rung: Rung,
    due: Deadline,
    urgent: bool,
    turn: int = 0,
) -> datetime:
    """The instant of a rung of a running clock; ``turn`` counts the repeats of one with ``every``."""
    exact = _exact(rule, calendar, clock, rung, due)
    if turn and rung.every:
        exact = later(calendar, exact, rung.every, turn)
    if urgent or not rung.only_speaks:
        return exact
    if rung.point == "after" or turn:
        return calendar.next_office_moment(exact)
    return calendar.last_office_moment(exact - timedelta(seconds=1))


def _exact(rule: ClockRule, calendar: Calendar, clock: ClockState, rung: Rung, due: Deadline) -> datetime:
    match rung.point:
        case "percent":
            return _share(rule, calendar, clock, rung.amount)
        case "before":
            return later(calendar, due.at, Budget(rung.amount, rung.unit), -1)
        case "after":
            return later(calendar, due.at, Budget(rung.amount, rung.unit), 1)
        case "breach":
            return due.at


def _share(rule: ClockRule, calendar: Calendar, clock: ClockState, percent: int) -> datetime:
    """The instant at which that share of the budget is used up (whole days, rounded down)."""
    assert clock.running is not None
    left = total(rule, calendar, clock) * percent // 100 - clock.consumed
    if left <= 0:
        return clock.running
    return reach(rule.budget.unit, calendar, clock.running, left)[0]


def later(calendar: Calendar, at: datetime, by: Budget, turns: int) -> datetime:
    """``at`` moved by a number of budgets, forwards or back; whole days stay at 24:00."""
    match by.unit:
        case "h":
            return at + timedelta(hours=by.amount * turns)
        case "wh":
            return _office_later(calendar, at, by.amount * turns * 3600)
        case "d":
            return calendar.end_of(calendar.date_of(at - timedelta(seconds=1)) + ONE_DAY * by.amount * turns)
        case "m":
            day = calendar.date_of(at - timedelta(seconds=1))
            return calendar.end_of(months_after(day, by.amount * turns))
        case "wd":
            day = calendar.date_of(at - timedelta(seconds=1))
            return calendar.end_of(calendar.add_working_days(day, by.amount * turns))


def _office_later(calendar: Calendar, at: datetime, seconds: int) -> datetime:
    if seconds >= 0:
        return calendar.add_office_seconds(at, seconds)
    early = at - timedelta(days=30 - seconds // 1800)
    return calendar.add_office_seconds(early, calendar.office_seconds_between(early, at) + seconds)
