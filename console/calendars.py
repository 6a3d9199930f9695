"""Whether the calendars that cases live by know the years that deadlines reach into."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from casework.calendar import Calendar
from casework.case import Case
from console.answers import CalendarWarning
from console.desk import Desk
from console.edition_answers import CalendarAnswer
from console.problems import Problem
from definitions.library import Library
from records.cases import open_cases

ANNOUNCED_FROM = 11
"""The month from which next year's holidays are looked for: they came on 1 December 2016, 8 December 2022,
12 November 2024 and 4 November 2025."""


def warnings(desk: Desk) -> tuple[CalendarWarning, ...]:
    """The calendars in use that lack a year; none while nobody can say which calendars are in use."""
    try:
        library = desk.offered()
    except Problem:
        return ()
    return tuple(_warnings(desk, library))


def _warnings(desk: Desk, library: Library) -> Iterator[CalendarWarning]:
    for calendar in _in_use(library):
        today = calendar.date_of(desk.case_time())
        lacks = missing(calendar, today)
        if lacks is not None:
            yield CalendarWarning(
                calendar=calendar.name,
                edition=calendar.edition,
                missing=lacks,
                provisional_from=provisional_from(calendar, today),
            )


def _in_use(library: Library) -> list[Calendar]:
    names = dict.fromkeys(each.calendar for each in library.procedures.values())
    return [library.calendars[name] for name in names]


def missing(calendar: Calendar, today: date) -> int | None:
    """The year that should be known by now and is not: this one, or from November the next."""
    due = (today.year, today.year + 1) if today.month >= ANNOUNCED_FROM else (today.year,)
    return next((year for year in due if not calendar.published(date(year, 1, 1))), None)


def provisional_from(calendar: Calendar, today: date) -> date:
    """The first day from this year on whose holidays nobody has announced."""
    day = date(today.year, 1, 1)
    while calendar.published(day):
        day = day.replace(year=day.year + 1)
    return day


def calendars(desk: Desk) -> list[CalendarAnswer]:
    """The calendars in use, and how many open cases rest on what they do not know. Raises Problem (503)."""
    offered = desk.offers.now()
    cases, provisional, behind = Counter[str](), Counter[str](), Counter[str]()
    for case in open_cases(desk.records):
        name = case.calendar.name
        cases[name] += 1
        provisional[name] += is_provisional(case)
        behind[name] += case.calendar != offered.library.calendars.get(name)
    return [
        CalendarAnswer(
            calendar=calendar.name,
            edition=calendar.edition,
            years=tuple(year.year for year in calendar.years),
            provisional_from=provisional_from(calendar, today),
            missing=missing(calendar, today),
            cases=cases[calendar.name],
            provisional=provisional[calendar.name],
            behind=behind[calendar.name],
            since=offer.since if offer else None,
            by=offer.official_name if offer else "",
        )
        for calendar in _in_use(offered.library)
        for today in [calendar.date_of(desk.case_time())]
        for offer in [offered.published.get(("calendar", calendar.name))]
    ]


def is_provisional(case: Case) -> bool:
    """Whether any running clock ends in a year whose holidays nobody has announced."""
    going = (clock.deadline for clock in case.clocks if not clock.stopped and not clock.breached)
    return any(deadline.provisional for deadline in going if deadline)
