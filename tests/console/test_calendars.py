"""When a calendar lacks a year that it should have."""

from dataclasses import replace
from datetime import date

import pytest

from casework.calendar import Calendar, changed_days
from console.calendars import missing, provisional_from
from definitions.library import Library


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The shipped calendar, which knows 2026 and nothing after."""
    known = Library.load(None, "zhuji").calendars["cn"]
    return replace(known, years=tuple(year for year in known.years if year.year <= 2026))


@pytest.mark.parametrize(
    ("today", "lacks"),
    [
        ("2026-10-31", None), ("2026-11-01", 2027), ("2026-12-31", 2027),
        ("2027-01-01", 2027), ("2028-02-01", 2028),
    ],
)  # fmt: skip
def test_next_year_is_missed_from_november_on_and_this_year_always(
    calendar: Calendar, today: str, lacks: int | None
) -> None:
    assert missing(calendar, date.fromisoformat(today)) == lacks


def test_deadlines_are_provisional_from_the_first_year_nobody_has_announced(calendar: Calendar) -> None:
    assert provisional_from(calendar, date(2026, 3, 2)) == date(2027, 1, 1)
    assert provisional_from(calendar, date(2028, 3, 2)) == date(2028, 1, 1)


def test_a_year_that_is_added_contradicts_nothing(calendar: Calendar) -> None:
    fewer = replace(calendar, years=calendar.years[:-1])
    assert list(changed_days(fewer, calendar)) == []


def test_a_year_that_is_taken_away_contradicts_each_day_it_had_named(calendar: Calendar) -> None:
    fewer = replace(calendar, years=calendar.years[:-1])
    changed = {day: (was, now) for day, was, now in changed_days(calendar, fewer)}
    assert changed[date(2026, 2, 14)] == ("make-up", "weekend")
    assert changed[date(2026, 2, 16)] == ("holiday", "working")
    assert date(2026, 2, 15) not in changed  # a Sunday, off either way
