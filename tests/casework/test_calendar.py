"""Working days and office hours."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar import Calendar


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}:00+08:00")


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 13), "working"),
        (date(2026, 2, 14), "make-up"),  # a Saturday worked in exchange for the Spring Festival
        (date(2026, 2, 16), "holiday"),
        (date(2026, 3, 1), "weekend"),
        (date(2027, 1, 1), "working"),  # nobody has announced 2027: only weekends are known
    ],
)
def test_a_day_is_what_the_notice_says(calendar: Calendar, day: date, kind: str) -> None:
    assert calendar.kind_of(day) == kind


def test_an_unpublished_year_is_known_to_be_unpublished(calendar: Calendar) -> None:
    assert calendar.published(date(2026, 12, 31))
    assert not calendar.published(date(2027, 1, 1))


def test_working_days_are_counted_over_the_holiday_and_its_make_up_days(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 2, 12), 3) == date(2026, 2, 24)
    assert calendar.add_working_days(date(2026, 2, 24), -3) == date(2026, 2, 12)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00"),
        ("2026-03-02 12:30", "2026-03-02 14:00"),
        ("2026-03-02 18:00", "2026-03-03 08:30"),
        ("2026-02-14 18:00", "2026-02-24 08:30"),
    ],
)
def test_the_next_office_moment_skips_lunch_nights_and_holidays(
    calendar: Calendar, moment: str, opening: str
) -> None:
    assert calendar.next_office_moment(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:00"),
        ("2026-03-02 23:59", "2026-03-02 08:30"),
        ("2026-02-20 09:00", "2026-02-14 08:30"),
        ("2026-03-02 06:00", "2026-02-28 08:30"),
    ],
)
def test_the_last_office_moment_lies_before_the_holiday(
    calendar: Calendar, moment: str, opening: str
) -> None:
    assert calendar.last_office_moment(at(moment)) == at(opening)


def test_office_time_passes_only_in_office_hours(calendar: Calendar) -> None:
    assert calendar.add_office_seconds(at("2026-02-14 17:00"), 3600) == at("2026-02-24 09:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)), st.integers(1, 400_000))  # noqa: DTZ001
def test_office_time_added_is_office_time_measured(calendar: Calendar, start: datetime, seconds: int) -> None:
    begin = at(start.strftime("%Y-%m-%d %H:%M"))
    assert calendar.office_seconds_between(begin, calendar.add_office_seconds(begin, seconds)) == seconds


@given(st.dates(date(2026, 1, 5), date(2026, 11, 1)), st.integers(1, 40))
def test_working_days_added_are_working_days_between(calendar: Calendar, day: date, amount: int) -> None:
    assert calendar.working_days_between(day, calendar.add_working_days(day, amount)) == amount
