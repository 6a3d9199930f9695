"""Calendars of working days, read from calendars/*.yaml: the State Council's notices as data."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casework.calendar import Calendar, Holiday, Year
from definitions.complaints import validated
from definitions.document import Document, Way
from definitions.fault import DefinitionErrors, Fault
from definitions.reading import read
from definitions.reference import CalendarSpelling, HolidaySpelling, Weekday, YearSpelling

LONGEST_HOLIDAY = timedelta(days=20)
_WEEKDAYS = get_args(Weekday)


def load_calendar(path: Path) -> Calendar:
    """One calendar. Raises DefinitionErrors."""
    return read_calendar(read(path))


def read_calendar(document: Document) -> Calendar:
    """The calendar that a document holds. Raises DefinitionErrors with every fault."""
    written = validated(CalendarSpelling, document)
    faults = list(_faults(document, written))
    if faults:
        raise DefinitionErrors(faults)
    return Calendar(
        name=written.calendar,
        edition=written.edition,
        zone=written.zone,
        weekend=tuple(sorted(_WEEKDAYS.index(day) for day in written.weekend)),
        office=tuple(_span(span) for span in written.office),
        years=tuple(a_year(year.year, year.notice, year.holidays) for year in written.years),
    )


def a_year(year: int, notice: str, holidays: Iterable[HolidaySpelling]) -> Year:
    """A published year; its dates are taken as they stand."""
    return Year(year, notice, tuple(_holiday(holiday) for holiday in holidays))


def _holiday(written: HolidaySpelling) -> Holiday:
    first, last, *make_up = (
        date.fromisoformat(day) for day in (written.first, written.last, *written.make_up)
    )
    return Holiday(written.name, first, last, tuple(make_up))


def _span(written: str) -> tuple[time, time]:
    opens, _, closes = written.partition("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)


def _faults(document: Document, written: CalendarSpelling) -> Iterator[Fault]:
    try:
        ZoneInfo(written.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield document.fault(("zone",), f"没有时区 {written.zone}", f"there is no time zone {written.zone}")
    yield from _office_faults(document, written.office)
    seen: set[int] = set()
    for number, year in enumerate(written.years):
        if year.year in seen:
            yield document.fault(
                ("years", number, "year"), f"{year.year} 年重复", f"{year.year} stands twice"
            )
        seen.add(year.year)
        yield from _year_faults(document, ("years", number), year)


def _office_faults(document: Document, office: list[str]) -> Iterator[Fault]:
    spans = [_span(span) for span in office]
    for number, (before, after) in enumerate(pairwise(spans), start=1):
        if after[0] < before[1]:
            zh, en = "办公时间须先后有序，不能重叠", "office hours must be in order and apart"
            yield document.fault(("office", number), zh, en)


def _year_faults(document: Document, way: Way, year: YearSpelling) -> Iterator[Fault]:
    for number, written in enumerate(year.holidays):
        at, holiday = (*way, "holidays", number), _holiday(written)
        if not holiday.first <= holiday.last <= holiday.first + LONGEST_HOLIDAY:
            zh, en = "末日须在首日之后 20 日内", "must lie within 20 days after the first day"
            yield document.fault((*at, "last"), zh, en)
        days: list[tuple[Way, date]] = [(("first",), holiday.first), (("last",), holiday.last)]
        days += [(("make_up", n), day) for n, day in enumerate(holiday.make_up)]
        for key, day in days:
            if abs(day.year - year.year) > 1:
                zh, en = f"不在 {year.year} 年前后", f"does not belong to {year.year}"
                yield document.fault((*at, *key), zh, en)
