"""Deadlines: the first day, days off, pauses, extensions, provisional years."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from casework.budget import parse_budget
from casework.calendar import Calendar, Holiday, Year
from casework.clock import deadline, start
from casework.decide import decide_at
from casework.decision import NotAllowed
from casework.event import CalendarPublished
from casework.procedure import ClockRule, Rung, Text
from tests.casework.conftest import Tell


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}:00+08:00")


def due(calendar: Calendar, budget: str, moment: str) -> str:
    rule = ClockRule("c", Text("c", "c"), parse_budget(budget), (Rung("breach", "breach"),))
    found = deadline(rule, calendar, start(rule, at(moment)))
    assert found is not None
    return calendar.local(found.at).strftime("%Y-%m-%d %H:%M")


def test_the_first_day_is_not_counted(calendar: Calendar) -> None:
    """民法典 第201条: 开始的当日不计入,自下一日开始计算."""
    assert due(calendar, "15d", "2026-03-02 09:00") == "2026-03-18 00:00"
    assert due(calendar, "15d", "2026-03-02 23:59") == "2026-03-18 00:00"


def test_a_limit_that_ends_on_a_day_off_ends_on_the_next_working_day(calendar: Calendar) -> None:
    """民法典 第203条: the 15th day is 2026-02-17, in the Spring Festival; work resumes on 02-24."""
    assert due(calendar, "15d", "2026-02-02 09:00") == "2026-02-25 00:00"


def test_a_limit_that_ends_on_a_make_up_saturday_ends_there(calendar: Calendar) -> None:
    assert due(calendar, "15d", "2026-02-13 09:00") == "2026-03-01 00:00"


def test_working_days_skip_the_spring_festival_and_count_the_make_up_saturday(calendar: Calendar) -> None:
    assert due(calendar, "5wd", "2026-02-12 09:00") == "2026-02-27 00:00"


def test_hours_run_through_the_night_and_office_hours_do_not(calendar: Calendar) -> None:
    assert due(calendar, "2h", "2026-03-02 17:00") == "2026-03-02 19:00"
    assert due(calendar, "2wh", "2026-03-02 17:00") == "2026-03-03 10:00"


@pytest.mark.parametrize(
    ("budget", "moment", "provisional"),
    [
        ("15d", "2026-12-01 09:00", False),
        ("60d", "2026-12-01 09:00", True),
        ("15d", "2026-12-17 09:00", True),
        ("20wd", "2026-12-10 09:00", True),
        ("48h", "2026-12-30 09:00", False),
    ],
)
def test_a_deadline_beyond_the_last_published_year_is_provisional(
    calendar: Calendar, budget: str, moment: str, provisional: bool
) -> None:
    rule = ClockRule("c", Text("c", "c"), parse_budget(budget), (Rung("breach", "breach"),))
    found = deadline(rule, calendar, start(rule, at(moment)))
    assert found is not None
    assert found.provisional is provisional


def test_a_pause_moves_the_deadline_by_the_days_it_lasted(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    assert told.dues()["whole"] == "2026-05-06"  # the 60th day, 05-01, lies in the Labour Day holiday
    told.act("2026-03-04 10:00", "suspend", "o-village-lead", reason="away")
    assert "whole" not in told.dues()
    told.act("2026-03-10 10:00", "resume", "o-village-lead")
    assert told.dues()["whole"] == "2026-05-07"


def test_a_pause_that_starts_and_ends_on_one_day_moves_nothing(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 09:00", "suspend", "o-village-lead", reason="away")
    assert told.act("2026-03-04 16:00", "resume", "o-village-lead").dues()["whole"] == "2026-05-06"


def test_a_pause_ends_by_itself_when_its_cap_is_used_up(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 10:00", "suspend", "o-village-lead", reason="away")
    told.until("2026-05-20 10:00")
    assert ("04-04 00:00", "pause-capped") in told.kinds("pause-capped")
    capped = next(d for d in told.decisions if any(e.kind == "pause-capped" for e in d.entries))
    whole = capped.case.clock("whole")
    assert whole is not None
    assert whole.paused == 30
    assert whole.deadline is not None
    assert whole.deadline.day == date(2026, 6, 1)  # 60 + 30 days after 03-02 is 05-31, a Sunday


def test_a_used_up_pause_cannot_be_taken_again(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 10:00", "suspend", "o-village-lead", reason="away")
    told.until("2026-04-05 10:00")
    leader = told.case.responsibilities[1].official
    told.act("2026-04-05 10:00", "resume", leader)
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-04-05 11:00", "suspend", leader, reason="again")
    assert refusal.value.code == "pause-spent"


def test_an_extension_is_granted_once_and_before_expiry(tell: Tell) -> None:
    """信访工作条例 第34条: 延长期限不得超过30日."""
    told = tell("2026-03-02 10:00").act("2026-03-05 10:00", "extend", "o-village-leader", reason="complex")
    assert told.dues()["whole"] == "2026-06-01"  # 90 days: 05-31 is a Sunday
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-06 10:00", "extend", "o-village-leader", reason="more")
    assert refusal.value.code == "extension-spent"


def test_an_expired_deadline_cannot_be_extended(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-05-08 10:00")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-05-08 10:00", "extend", "o-county-leader", reason="late")
    assert refusal.value.code == "extension-late"


def test_an_extension_lets_reminders_come_again_before_the_new_deadline(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-04-20 10:00")
    first = [entry for entry in told.kinds("reminded") if entry[0].startswith("04-1")]
    told.act("2026-04-20 10:00", "extend", "o-county-leader", reason="complex").until("2026-06-01 10:00")
    reminded = [e for d in told.decisions for e in d.entries if e.clock == "whole" and e.rung == "75%"]
    assert first
    assert len(reminded) == 2


def test_a_window_runs_from_the_date_of_service_not_from_its_entry(tell: Tell) -> None:
    """信访工作条例 第35条: 自收到书面答复之日起30日."""
    told = tell("2026-03-02 10:00").act("2026-03-06 10:00", "serve", "o-village-lead", served_on="2026-03-04")
    assert told.dues()["window"] == "2026-04-03"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-07"])
def test_a_date_of_service_before_filing_or_in_the_future_is_refused(tell: Tell, day: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        tell("2026-03-02 10:00").act("2026-03-06 10:00", "serve", "o-village-lead", served_on=day)
    assert refusal.value.code == "bad-field"


def test_a_published_calendar_moves_provisional_deadlines_and_records_old_and_new(
    tell: Tell, calendar: Calendar
) -> None:
    told = tell("2026-11-05 10:00")
    assert told.dues()["whole"] == "2027-01-04"
    new_year = Holiday("元旦(假设)", date(2027, 1, 1), date(2027, 1, 4))
    published = replace(calendar, edition="2027", years=(*calendar.years, Year(2027, "假设", (new_year,))))
    told.decisions += decide_at(
        told.procedure, told.case, CalendarPublished(published), at("2026-11-06 10:00")
    )
    entry = next(e for e in told.decisions[-1].entries if e.kind == "recalculated")
    assert entry.detail["from"] == "2027-01-04"
    assert entry.detail["due"] == "2027-01-05"
    assert entry.detail["provisional"] is False
