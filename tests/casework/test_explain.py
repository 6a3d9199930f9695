"""Explanations: each day counted or skipped, and why."""

from dataclasses import replace
from datetime import date

from casework.budget import parse_budget
from casework.event import Filed
from casework.explain import explain
from casework.procedure import Procedure
from tests.casework.conftest import Tell, Told


def test_each_day_of_a_working_day_limit_is_explained_over_the_spring_festival(tell: Tell) -> None:
    told = tell("2026-02-12 10:00")
    own = next(e for e in explain(told.procedure, told.case) if e.clock == "village-clock")
    counted = [(line.day, line.count) for line in own.days if line.counted]
    assert counted == [
        (date(2026, 2, 13), 1),
        (date(2026, 2, 14), 2),
        (date(2026, 2, 24), 3),
        (date(2026, 2, 25), 4),
        (date(2026, 2, 26), 5),
    ]
    assert {line.why for line in own.days if date(2026, 2, 15) <= line.day <= date(2026, 2, 23)} == {
        "holiday"
    }
    assert next(line.why for line in own.days if line.day == date(2026, 2, 14)) == "make-up"


def test_a_limit_rolled_over_a_holiday_shows_the_days_it_rolled(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    whole = explain(told.procedure, told.case)[0]
    assert whole.deadline is not None
    assert [line.day for line in whole.days if line.why == "rolled"][-1] == whole.deadline.day
    assert max(line.count for line in whole.days) == 60


def test_a_limit_that_expired_ends_with_its_last_day_and_not_the_day_after(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-03-12 10:00")
    own = next(e for e in explain(told.procedure, told.case) if e.clock == "village-clock")
    assert own.state == "stopped"
    assert own.deadline is not None
    assert (own.days[-1].day, own.days[-1].count) == (own.deadline.day, 5)


def test_paused_days_are_shown_and_not_counted(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 10:00", "suspend", "o-village-lead", reason="away")
    told.act("2026-03-06 10:00", "resume", "o-village-lead")
    whole = explain(told.procedure, told.case)[0]
    assert [line.day.day for line in whole.days if line.why == "paused"] == [5, 6]
    assert sum(line.counted for line in whole.days) == 60


def test_a_limit_in_months_is_explained_up_to_the_same_date(procedure: Procedure, filed: Filed) -> None:
    whole = replace(procedure.clocks[0], budget=parse_budget("6m"))
    told = Told(replace(procedure, clocks=(whole, *procedure.clocks[1:])), filed, "2026-04-02 10:00")
    explained = explain(told.procedure, told.case)[0]
    assert explained.budget == "6m"
    assert explained.agrees
    counted = [line for line in explained.days if line.counted]
    assert (counted[-1].day, counted[-1].count, counted[-1].why) == (date(2026, 10, 2), 183, "same-date")
    assert [line.why for line in explained.days].count("rolled") == 6  # 10-03 to 10-08


def test_office_hours_are_explained_from_the_moment_they_run_and_skip_what_is_closed(
    procedure: Procedure, filed: Filed
) -> None:
    """Filed after closing on a Friday; the Saturday is worked in exchange for the holiday after it."""
    whole = replace(procedure.clocks[0], budget=parse_budget("10wh"))
    told = Told(replace(procedure, clocks=(whole, *procedure.clocks[1:])), filed, "2026-02-13 18:00")
    explained = explain(told.procedure, told.case)[0]
    lines = [(line.day.day, line.counted, line.count, line.why) for line in explained.days]
    assert lines[:2] == [(13, False, 0, "closed"), (14, True, 420, "time")]
    assert {line[3] for line in lines[2:-1]} == {"holiday"}
    assert lines[-1] == (24, True, 600, "time")
    assert explained.agrees


def test_what_is_explained_agrees_with_what_the_case_carries(tell: Tell) -> None:
    told = tell("2026-11-20 10:00").until("2026-12-30 10:00")
    explained = explain(told.procedure, told.case)
    assert all(each.agrees for each in explained)
    assert any(line.provisional for line in explained[0].days)


def test_a_limit_in_hours_counts_from_the_minute_it_starts(procedure: Procedure, filed: Filed) -> None:
    village = procedure.stage("village")
    assert village.clock
    hours = replace(village, clock=replace(village.clock, budget=parse_budget("2h"), pause=None, rungs=()))
    stages = tuple(hours if stage is village else stage for stage in procedure.stages)
    told = Told(replace(procedure, stages=stages), filed, "2026-03-02 23:30")
    own = next(e for e in explain(told.procedure, told.case) if e.clock == "village-clock")
    assert [(line.day.day, line.count, line.why) for line in own.days] == [(2, 30, "time"), (3, 120, "time")]
