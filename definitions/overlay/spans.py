"""Whether one amount of time, extension or pause is surely not longer than another."""

from datetime import date, time

from casework.budget import Budget
from casework.calendar import ONE_DAY, Calendar
from casework.clock import reach
from casework.procedure import Extension, PauseRule
from definitions.document import Way

LONGEST = 400
"""Beyond it, days and working days are not compared: no statute counts so far, and so no table need."""


def within(new: Budget, old: Budget, calendar: Calendar) -> bool:
    """Whether ``new`` never ends later than ``old``, whenever both begin.

    Days and working days are compared by counting both from each day of the calendar's published years. Hours
    pass within the days that contain them; what office hours would come to is not proven.
    """
    if new.unit == old.unit:
        return new.amount <= old.amount
    match new.unit, old.unit:
        case ("d", "wd") | ("wd", "d"):
            return _from_every_day(new, old, calendar)
        case ("h", "d" | "wd"):
            return new.amount <= 24 * old.amount
        case ("h", "wh"):
            return new.amount <= old.amount
    return False


def _from_every_day(new: Budget, old: Budget, calendar: Calendar) -> bool:
    """The shorter one at its longest, moved to a working day, against the longer one as it is counted."""
    if max(new.amount, old.amount) > LONGEST:
        return False
    return all(
        calendar.on_or_after(_last_day(new, day, calendar)) <= _last_day(old, day, calendar)
        for year in calendar.years
        for day in _days_of(year.year)
    )


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + ONE_DAY * n for n in range((date(year + 1, 1, 1) - first).days)]


def _last_day(budget: Budget, begin: date, calendar: Calendar) -> date:
    return reach(budget.unit, calendar, calendar.instant(begin, time()), budget.units)[1]


def longer_extension(new: Extension | None, old: Extension | None, calendar: Calendar) -> Way | None:
    """Where ``new`` allows more than ``old`` does; None where it does not."""
    if new is None:
        return None
    if old is None:
        return ()
    if not within(new.by, old.by, calendar):
        return ("by",)
    if new.times > old.times:
        return ("times",)
    if new.approver != old.approver:
        return ("approver",)
    return ("before_expiry",) if old.before_expiry and not new.before_expiry else None


def longer_pause(new: PauseRule | None, old: PauseRule | None, calendar: Calendar) -> Way | None:
    """Where ``new`` allows more than ``old`` does; None where it does not."""
    if new is None:
        return None
    if old is None:
        return ()
    if set(new.on) - set(old.on):
        return ("on",)
    return None if within(new.at_most, old.at_most, calendar) else ("at_most",)
