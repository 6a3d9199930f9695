"""Clocks: a budget, what it has consumed, and since when it runs. Deadlines are derived from these.

The first day is not counted (民法典 第201条); a limit in months ends on the same date (第202条), and what is
used of it counts in days; a limit in calendar days or months that ends on a day off ends on the next working
day, at 24:00 (第203条). An instant lies on its local day; a clock that runs from one day to another has
consumed the days after the first up to and including the second.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from casework.budget import Budget, Unit
from casework.calendar import END_OF_DAY, ONE_DAY, Calendar, months_after
from casework.case import ClockState, Deadline, Run
from casework.procedure import ClockRule, PauseRule


def start(rule: ClockRule, at: datetime) -> ClockState:
    return ClockState(rule.name, started=at, allowed=rule.budget.units, running=at)


def consumed_between(unit: Unit, calendar: Calendar, begin: datetime, end: datetime) -> int:
    """Units (days or seconds) that a running clock uses up from ``begin`` to ``end``."""
    match unit:
        case "d" | "m":
            return (calendar.date_of(end) - calendar.date_of(begin)).days
        case "wd":
            return calendar.working_days_between(calendar.date_of(begin), calendar.date_of(end))
        case "h":
            return int((end - begin).total_seconds())
        case "wh":
            return calendar.office_seconds_between(begin, end)


def halt(rule: ClockRule, calendar: Calendar, clock: ClockState, at: datetime) -> ClockState:
    """The clock no longer running: what it consumed since it ran is written down."""
    if clock.running is None:
        return clock
    used = consumed_between(rule.budget.unit, calendar, clock.running, at)
    return replace(
        clock,
        running=None,
        consumed=clock.consumed + used,
        runs=(*clock.runs, Run(clock.running, at, used)),
    )


def pause(rule: ClockRule, calendar: Calendar, clock: ClockState, at: datetime) -> ClockState:
    return replace(halt(rule, calendar, clock, at), paused_since=at)


def resume(pause_rule: PauseRule, calendar: Calendar, clock: ClockState, at: datetime) -> ClockState:
    """The clock running again, the pause counted against its cap."""
    if clock.paused_since is None:
        return clock
    used = consumed_between(pause_rule.at_most.unit, calendar, clock.paused_since, at)
    return replace(clock, running=at, paused_since=None, paused=clock.paused + used)


def stop(rule: ClockRule, calendar: Calendar, clock: ClockState, at: datetime) -> ClockState:
    return replace(halt(rule, calendar, clock, at), stopped=at, paused_since=None)


def extend(clock: ClockState, by: Budget) -> ClockState:
    return replace(clock, allowed=clock.allowed + by.units, extended=clock.extended + 1)


def total(rule: ClockRule, calendar: Calendar, clock: ClockState) -> int:
    """All that a clock may use up, in days or seconds; months are the days until the same date."""
    if rule.budget.unit != "m":
        return clock.allowed
    begun = calendar.date_of(clock.started)
    return (months_after(begun, clock.allowed) - begun).days


def deadline(rule: ClockRule, calendar: Calendar, clock: ClockState) -> Deadline | None:
    """When a running clock expires; None while it does not run."""
    if clock.running is None:
        return None
    left = total(rule, calendar, clock) - clock.consumed
    at, day = reach(rule.budget.unit, calendar, clock.running, left)
    if rule.budget.unit in ("d", "m"):
        day = calendar.on_or_after(day)
        at = calendar.end_of(day)
    return Deadline(at, day, _touches_unpublished(rule.budget.unit, calendar, clock.running, day))


def _touches_unpublished(unit: Unit, calendar: Calendar, begin: datetime, day: date) -> bool:
    """Whether the deadline rests on a year whose holidays nobody has announced yet."""
    if unit == "h":
        return False
    first = day if unit in ("d", "m") else calendar.date_of(begin)
    return not (calendar.published(first) and calendar.published(day))


def reach(unit: Unit, calendar: Calendar, begin: datetime, amount: int) -> tuple[datetime, date]:
    """The instant and local day on which a clock running from ``begin`` has used so many days or seconds."""
    match unit:
        case "d" | "m":
            day = calendar.date_of(begin) + ONE_DAY * amount
            return calendar.end_of(day), day
        case "wd":
            day = calendar.add_working_days(calendar.date_of(begin), amount)
            return calendar.end_of(day), day
        case "h":
            at = begin + timedelta(seconds=amount)
        case "wh":
            at = calendar.add_office_seconds(begin, amount) if amount > 0 else begin
    return at, calendar.date_of(at)


def pause_ends(rule: PauseRule, calendar: Calendar, clock: ClockState) -> datetime | None:
    """When a paused clock has used up its cap and runs again by itself; None where it is not paused."""
    if clock.paused_since is None:
        return None
    at, _ = reach(rule.at_most.unit, calendar, clock.paused_since, rule.at_most.units - clock.paused)
    return at


def last_covered(rule: PauseRule, calendar: Calendar, at: datetime) -> datetime:
    """The instant up to which a capped pause counts: the last second of its last day, for caps in days.

    The clock then resumes on that day, so that the day after is counted again.
    """
    if not rule.at_most.in_days:
        return at
    return calendar.instant(calendar.date_of(at) - ONE_DAY, END_OF_DAY)
