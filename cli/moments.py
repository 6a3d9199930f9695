"""Moments as options give them: a day, or a day and a time, in the calendar's own zone."""

from datetime import UTC, date, datetime

from casework.calendar import Calendar
from cli.failure import Exit, Failure
from cli.language import say

_FIRST, _LAST = 2000, 2100


def filing_moment(text: str, calendar: Calendar, option: str) -> datetime:
    """When something is filed; without a time of day, when the offices open. Raises Failure."""
    day, local = _read(text, option)
    return calendar.instant(day, local.time()) if local else calendar.opening(day)


def last_moment(text: str, calendar: Calendar, option: str) -> datetime:
    """Until when something lasts; without a time of day, to the end of the day. Raises Failure."""
    day, local = _read(text, option)
    return calendar.instant(day, local.time()) if local else calendar.end_of(day)


def this_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


def _read(text: str, option: str) -> tuple[date, datetime | None]:
    """The day, and the moment where a time of day was given."""
    text = text.strip()
    try:
        whole = datetime.fromisoformat(text)
        only_a_day = len(text) <= len("2026-03-02")
    except ValueError:
        raise _fault(text, option) from None
    if whole.tzinfo or not _FIRST <= whole.year <= _LAST:
        raise _fault(text, option)
    return whole.date(), None if only_a_day else whole


def _fault(text: str, option: str) -> Failure:
    words = say(
        f"{option} {text}：应为 {_FIRST}—{_LAST} 年间的日期或当地时刻，如 2026-03-02 或 2026-03-02 10:00。",
        f"{option} {text}: give a day or a moment from {_FIRST} to {_LAST}, as 2026-03-02 or "
        "2026-03-02 10:00 (local time).",
    )
    return Failure(Exit.BAD_INPUT, words)
