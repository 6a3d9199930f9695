"""Limits in months: they end on the same date (民法典 第202条)."""

from dataclasses import replace

import pytest

from casework.budget import parse_budget
from casework.calendar import Calendar
from casework.clock import deadline, start
from casework.event import Filed
from casework.procedure import ClockRule, Extension, Procedure, Rung, Text
from tests.casework.conftest import Told, beijing


def due(calendar: Calendar, budget: str, moment: str) -> str:
    rule = ClockRule("c", Text("c", "c"), parse_budget(budget), (Rung("breach", "breach"),))
    found = deadline(rule, calendar, start(rule, beijing(moment)))
    assert found is not None
    return calendar.local(found.at).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("budget", "moment", "ends"),
    [
        ("6m", "2026-03-02 09:00", "2026-09-03 00:00"),  # the same date, 09-02, a Wednesday
        ("1m", "2026-03-31 09:00", "2026-05-01 00:00"),  # April has no 31st: its last day
        ("1m", "2024-01-31 23:59", "2024-03-01 00:00"),  # 2024-02-29, in a leap year
        ("12m", "2025-03-02 09:00", "2026-03-03 00:00"),
    ],
)
def test_a_limit_in_months_ends_on_the_same_date_or_on_the_months_last_day(
    calendar: Calendar, budget: str, moment: str, ends: str
) -> None:
    """民法典 第202条: 到期月的对应日为期间的最后一日;没有对应日的,月末日为期间的最后一日."""
    assert due(calendar, budget, moment) == ends


def test_a_limit_in_months_that_ends_on_a_day_off_ends_on_the_next_working_day(calendar: Calendar) -> None:
    """民法典 第203条: 2026-10-02 lies in the National Day holiday; work resumes on 10-08."""
    assert due(calendar, "6m", "2026-04-02 09:00") == "2026-10-09 00:00"


def in_months(procedure: Procedure, budget: str, by: str) -> Procedure:
    """The ladder with its whole limit in months."""
    whole = replace(
        procedure.clocks[0], budget=parse_budget(budget), extend=Extension(parse_budget(by), 1, "leader")
    )
    return replace(procedure, clocks=(whole, *procedure.clocks[1:]))


def test_a_pause_moves_a_limit_in_months_by_the_days_it_lasted(procedure: Procedure, filed: Filed) -> None:
    told = Told(in_months(procedure, "6m", "3m"), filed, "2026-03-02 10:00")
    told.act("2026-03-04 10:00", "suspend", "o-village-lead", reason="away")
    told.act("2026-03-11 10:00", "resume", "o-village-lead")
    assert told.dues()["whole"] == "2026-09-09"


def test_months_of_an_extension_are_added_to_those_of_the_limit(procedure: Procedure, filed: Filed) -> None:
    """From 05-31 six months end on 11-30 and nine on 02-28, not on 02-27."""
    told = Told(in_months(procedure, "6m", "3m"), filed, "2025-05-31 10:00")
    assert told.dues()["whole"] == "2025-12-01"  # 2025-11-30 is a Sunday
    told.act("2025-06-03 10:00", "extend", "o-village-leader", reason="complex")
    assert told.dues()["whole"] == "2026-02-28"  # a make-up Saturday


def test_points_of_a_limit_in_months_lie_at_a_share_of_its_days_and_months_before_its_end(
    procedure: Procedure, filed: Filed
) -> None:
    changed = in_months(procedure, "6m", "3m")
    rungs = (
        Rung("50%", "percent", 50, remind=("lead",)),
        Rung("-1m", "before", 1, "m", warn=("lead",)),
        Rung("breach", "breach"),
    )
    whole = replace(changed.clocks[0], rungs=rungs)
    told = Told(replace(changed, clocks=(whole, *changed.clocks[1:])), filed, "2026-03-02 10:00")
    points = {due.rung: due.at for due in told.case.dues if due.clock == "whole"}
    assert points["50%"] == beijing("2026-06-02 08:30")  # 92 of 184 days
    assert points["-1m"] == beijing("2026-07-31 08:30")  # 08-02 is a Sunday: the last working day before
    assert points["breach"] == beijing("2026-09-03 00:00")
