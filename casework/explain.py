"""Why a deadline is what it is: each day that a clock counted or skipped, with the reason and the clause."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from casework.budget import Budget
from casework.calendar import ONE_DAY, Calendar, months_after
from casework.case import Case, ClockState, Deadline
from casework.clock import deadline as derive
from casework.clock import total
from casework.procedure import ClockRule, Procedure, Text

_INSTANT = timedelta(seconds=1)  # a limit ends at the 24:00 of its last day, which is not the day after
ClockCondition = Literal["running", "paused", "stopped", "breached"]
Why = Literal[
    "first-day",
    "day",
    "working",
    "make-up",
    "weekend",
    "holiday",
    "paused",
    "rolled",
    "time",
    "same-date",
    "closed",
]


@dataclass(frozen=True)
class DayLine:
    """One day of a clock: whether it was counted, the count after it, and why.

    ``note`` names the holiday a day off or a make-up workday belongs to. ``provisional`` days lie in a year
    whose holidays are not announced. For limits in hours ``count`` is in whole minutes.
    """

    day: date
    counted: bool
    count: int
    why: Why
    note: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Explanation:
    """One clock explained. ``agrees`` tells whether the carried deadline equals the one derived anew.

    ``post``: the assisting post whose own clock it is.
    """

    clock: str
    title: Text
    budget: str
    extended: int
    basis: str
    started: datetime
    deadline: Deadline | None
    state: ClockCondition
    days: tuple[DayLine, ...]
    agrees: bool
    post: str = ""


def explain(procedure: Procedure, case: Case) -> tuple[Explanation, ...]:
    """Every clock the case has had, in the order they started."""
    return tuple(_explained(procedure.clock(clock.name), case, clock) for clock in case.clocks)


def _explained(rule: ClockRule, case: Case, clock: ClockState) -> Explanation:
    derived = derive(rule, case.calendar, clock) if clock.running else clock.deadline
    agrees = derived == clock.deadline or clock.breached is not None
    lines = _days(rule, case.calendar, clock, case.as_of)
    days = tuple(_same_date(rule, case.calendar, clock, line) for line in lines)
    allowed = Budget(clock.allowed // (1 if rule.budget.in_days else 3600), rule.budget.unit)
    return Explanation(
        rule.name, rule.title, str(allowed), clock.extended, rule.basis, clock.started, clock.deadline,
        condition(clock), days, agrees, clock.post,
    )  # fmt: skip


def condition(clock: ClockState) -> ClockCondition:
    if clock.stopped:
        return "stopped"
    if clock.breached:
        return "breached"
    return "running" if clock.running else "paused"


def _days(rule: ClockRule, calendar: Calendar, clock: ClockState, as_of: datetime) -> Iterator[DayLine]:
    """The days of every stretch the clock ran or was paused, up to its deadline."""
    if rule.budget.in_days:
        yield _line(calendar, calendar.date_of(clock.started), 0, "first-day", counted=False)
    expired = clock.deadline.at if clock.deadline else None
    stretches = [(r.start, r.end - _INSTANT if r.end == expired else r.end) for r in clock.runs]
    count, last = 0, clock.started
    for begin, end in stretches:
        yield from _paused(calendar, last, begin, count)
        for line in _ran(rule, calendar, begin, end, count):
            count = line.count
            yield line
        last = end
    if clock.running and clock.deadline:
        yield from _paused(calendar, last, clock.running, count)
        end, allowed = clock.deadline.at - _INSTANT, total(rule, calendar, clock)
        yield from _ran(rule, calendar, clock.running, end, count, allowed)
    elif clock.paused_since:
        yield from _paused(calendar, clock.paused_since, as_of, count)


def _same_date(rule: ClockRule, calendar: Calendar, clock: ClockState, line: DayLine) -> DayLine:
    """The day on which a limit in months ends says so (民法典 第202条)."""
    if rule.budget.unit != "m" or not line.counted:
        return line
    ends = months_after(calendar.date_of(clock.started), clock.allowed)
    return replace(line, why="same-date") if line.day == ends else line


def _paused(calendar: Calendar, begin: datetime, end: datetime, count: int) -> Iterator[DayLine]:
    for day in _after(calendar.date_of(begin), calendar.date_of(end)):
        yield _line(calendar, day, count, "paused", counted=False)


def _ran(
    rule: ClockRule,
    calendar: Calendar,
    begin: datetime,
    end: datetime,
    count: int,
    allowed: int | None = None,
) -> Iterator[DayLine]:
    if not rule.budget.in_days:
        yield from _ran_hours(rule, calendar, begin, end, count)
        return
    for day in _after(calendar.date_of(begin), calendar.date_of(end)):
        kind = calendar.kind_of(day)
        if rule.budget.unit == "wd" and not calendar.is_working(day):
            yield _line(calendar, day, count, kind, counted=False)
        elif allowed is not None and count >= allowed:
            yield _line(calendar, day, count, "rolled", counted=False)
        else:
            count += 1
            yield _line(calendar, day, count, kind if rule.budget.unit == "wd" else "day", counted=True)


def _ran_hours(
    rule: ClockRule, calendar: Calendar, begin: datetime, end: datetime, count: int
) -> Iterator[DayLine]:
    day = calendar.date_of(begin)
    while day <= calendar.date_of(end):
        first, last = max(begin, calendar.instant(day, datetime.min.time())), min(end, calendar.end_of(day))
        office = rule.budget.unit == "wh"
        seconds = calendar.office_seconds_between(first, last) if office else (last - first).total_seconds()
        count += round(seconds / 60)
        idle: Why = "closed" if calendar.is_working(day) else calendar.kind_of(day)
        yield _line(calendar, day, count, "time" if seconds else idle, counted=bool(seconds))
        day += ONE_DAY


def _after(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * n for n in range(1, (last - first).days + 1))


def _line(calendar: Calendar, day: date, count: int, why: Why, *, counted: bool) -> DayLine:
    return DayLine(day, counted, count, why, calendar.holiday_name(day), not calendar.published(day))
