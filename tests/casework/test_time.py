"""What time does by itself: reminds, warns, gives cards, escalates, and holds what has nowhere to go."""

from dataclasses import replace
from datetime import UTC, datetime

from casework.budget import Budget
from casework.decide import decide
from casework.event import Filed
from casework.procedure import Procedure, Rung
from tests.casework.conftest import Tell, Told, beijing


def test_a_dispute_nobody_handles_climbs_to_the_county_by_itself(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-03-31 10:00")
    assert told.kinds("reminded", "carded", "escalated") == [
        ("03-06 08:30", "reminded"),
        ("03-10 00:00", "carded"),
        ("03-10 00:00", "escalated"),
        ("03-16 08:30", "reminded"),
        ("03-18 00:00", "carded"),
        ("03-18 00:00", "escalated"),
        ("03-24 08:30", "reminded"),
        ("03-26 00:00", "carded"),
    ]
    assert told.case.stage == "county"


def test_escalation_is_recorded_at_the_exact_legal_instant_however_late_it_is_carried_out(tell: Tell) -> None:
    late = tell("2026-03-02 10:00").until("2026-06-30 10:00")
    escalated = [e.at for d in late.decisions for e in d.entries if e.kind == "escalated"]
    assert escalated == [beijing("2026-03-10 00:00"), beijing("2026-03-18 00:00")]


def test_a_case_overdue_at_the_top_is_held_and_reminded_for_ever(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-12-31 10:00")
    held = [moment for moment, _ in told.kinds("held")]
    assert len(set(held)) > 30
    assert told.case.dues


def test_an_official_is_reminded_before_the_holiday_and_in_office_hours(tell: Tell) -> None:
    """The limit ends on 02-24, the first working day after the Spring Festival: the reminder is on 02-14."""
    told = tell("2026-02-10 10:00").until("2026-03-01 10:00")
    assert told.dues()["township-clock"]
    assert told.kinds("reminded", "escalated")[:2] == [
        ("02-14 08:30", "reminded"),
        ("02-25 00:00", "escalated"),
    ]


def test_a_notice_at_midnight_waits_for_the_office_to_open(tell: Tell) -> None:
    told = tell("2026-02-09 10:00").until("2026-02-16 10:00")
    overdue = [n for d in told.decisions for n in d.notices if n.kind == "overdue"]
    assert {n.send_at for n in overdue} == {beijing("2026-02-24 08:30")}


def test_an_urgent_case_is_told_at_once_whatever_the_hour(tell: Tell) -> None:
    told = tell("2026-03-01 02:00", violence=True)
    assigned = [n for n in told.decisions[0].notices if n.kind == "assigned"]
    assert {n.send_at for n in assigned} == {beijing("2026-03-01 02:00")}


def test_an_urgent_case_starts_at_the_county(tell: Tell) -> None:
    """突发事件应对法 第17条: 必要时可以越级上报."""
    assert tell("2026-03-02 10:00", violence=True).case.stage == "county"


def test_a_repeated_reminder_comes_again_and_days_off_draw_repeats_together(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-06-10 10:00")
    again = [e.rung for d in told.decisions for e in d.entries if e.rung == "+5wd" and e.clock == "whole"]
    assert len(again) >= 3


def test_a_window_that_lapses_is_no_breach_of_an_office(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "serve", "o-village-lead", served_on="2026-03-03")
    told.act("2026-03-03 11:00", "refer-up", "o-village-lead", reason="x")
    told.act("2026-03-03 12:00", "refer-up", "o-township-lead", reason="x").until("2026-04-03 00:00")
    assert told.case.outcome == "settled"
    assert "window" not in [e.clock for d in told.decisions for e in d.entries if e.kind == "overdue"]


def test_a_window_that_ends_where_the_case_stays_reminds_the_lead_and_moves_nothing(
    procedure: Procedure, filed: Filed
) -> None:
    """农村土地承包经营纠纷调解仲裁法 第25条: 被申请人未答辩的,不影响仲裁程序的进行."""
    defence = replace(procedure.clock("window"), rungs=(Rung("breach", "breach", remind=("lead",)),))
    clocks = tuple(defence if clock.name == "window" else clock for clock in procedure.clocks)
    told = Told(replace(procedure, clocks=clocks), filed, "2026-03-02 10:00")
    told.act("2026-03-03 10:00", "serve", "o-village-lead", served_on="2026-03-03").until("2026-04-03 10:00")
    at_its_end = [e for d in told.decisions for e in d.entries if e.clock == "window"][1:]
    assert [(e.kind, e.rung) for e in at_its_end] == [("clock-stopped", ""), ("reminded", "breach")]
    assert told.case.open


def test_a_rung_before_the_clocks_start_leaves_an_entry_that_says_why(
    procedure: Procedure, filed: Filed
) -> None:
    village = procedure.stage("village")
    assert village.clock
    short = replace(village, clock=replace(village.clock, budget=Budget(1, "wd")))
    told = Told(replace(procedure, stages=(short, *procedure.stages[1:])), filed, "2026-03-02 10:00")
    skipped = [e for d in told.decisions for e in d.entries if e.kind == "rung-skipped"]
    assert [(e.rung, e.detail["why"]) for e in skipped] == [("-1wd", "before-start")]


def test_time_that_comes_before_an_action_is_decided_before_it(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-20 10:00", "note", "o-county-lead", note="seen")
    kinds = [kind for _, kind in told.kinds("escalated", "acted")]
    assert kinds == ["escalated", "escalated", "acted"]


def test_a_settled_case_has_nothing_due(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "settle", "o-village-lead", agreement="a.pdf")
    assert told.case.dues == ()
    assert not told.until("2027-01-01 10:00").case.overdue


def test_an_entry_reads_the_same_in_whatever_zone_its_moment_was_given(
    procedure: Procedure, filed: Filed
) -> None:
    """A drill's time begins in local time, and the record gives it back in UTC."""
    village, *rest = procedure.stages
    assert village.clock
    hours = replace(village, clock=replace(village.clock, budget=Budget(30, "h")))
    procedure = replace(procedure, stages=(hours, *rest))
    local = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
    here, there = (decide(procedure, None, filed, at) for at in (local, local.astimezone(UTC)))
    assert here.entries == there.entries
