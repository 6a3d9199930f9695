"""The shipped calendar agrees with an independent oracle on every day it covers."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from casework.calendar import Calendar
from definitions.library import Library

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.fixture
def calendar(library: Library) -> Calendar:
    return library.calendars["cn"]


def test_every_day_from_2024_to_2026_is_a_working_day_where_the_oracle_says_so(calendar: Calendar) -> None:
    differing = [day for day in DAYS if calendar.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_make_up_workdays_are_known_as_such(calendar: Calendar) -> None:
    assert calendar.kind_of(date(2026, 2, 14)) == "make-up"
    assert calendar.holiday_name(date(2026, 2, 14)) == "春节"


def test_each_year_names_its_notice(calendar: Calendar) -> None:
    assert {year.year: year.notice for year in calendar.years} == {
        2024: "国办发明电〔2023〕7号",
        2025: "国办发明电〔2024〕12号",
        2026: "国办发明电〔2025〕7号",
    }


def test_a_year_whose_notice_is_not_loaded_is_unpublished(calendar: Calendar) -> None:
    assert calendar.published(date(2026, 12, 31))
    assert not calendar.published(date(2027, 1, 1))


def test_no_make_up_day_is_a_day_off_as_well(calendar: Calendar) -> None:
    make_up = {day for year in calendar.years for holiday in year.holidays for day in holiday.make_up}
    assert all(day.weekday() in calendar.weekend for day in make_up)
