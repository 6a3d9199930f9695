"""What holds for every case, whatever happens to it: thousands of random stories told to ``decide``."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from casework.allowed import allowed
from casework.budget import parse_budget
from casework.canonical import canonical, digest
from casework.case import Actor, Case, Holder, Place
from casework.decide import advance, decide_at, next_due
from casework.decision import Decision, NotAllowed
from casework.event import (
    ActionTaken,
    CalendarPublished,
    CaseJoined,
    CaseMerged,
    Event,
    Filed,
    HoldersChanged,
)
from casework.explain import explain
from casework.holders import PARTY_ACTOR
from casework.procedure import Action, ClockRule, FieldRule, Procedure, Responsible, Rung, Way
from tests.casework.conftest import beijing, text

LONGEST_SILENCE = timedelta(days=120)
ELSEWHERE = (Place("township", "8", "other township"), Place("county", "2", "county"))
THEIRS = (Holder("township-lead", "8", "o-other-lead", "other"),)
START = beijing("2026-01-05 10:00")
CASE = TypeAdapter(Case)


@pytest.fixture(scope="session", params=["ladder", "whole language"])
def procedure(request: pytest.FixtureRequest, procedure: Procedure) -> Procedure:
    """The small ladder, and the same with all that a procedure can say."""
    return procedure if request.param == "ladder" else with_everything(procedure)


def with_everything(procedure: Procedure) -> Procedure:
    """At the township handing on and back, joint handling, recusal; at the county a meaningful silence."""
    township, county = procedure.stage("township"), procedure.stage("county")
    unit, whom = FieldRule("unit", text("unit"), "unit"), FieldRule("whom", text("whom"), "official")
    more = (
        Action("transfer", text("transfer"), ("lead",), (unit,), to=(Way("township"),), hands_to="unit"),
        Action("return", text("return"), ("lead",), to=(Way("township"),), hands_back=True),
        Action("recuse", text("recuse"), ("leader",), (whom,), recuses="whom"),
        Action("deliver", text("deliver"), ("assist",), delivers=True),
    )
    own = ClockRule("own", text("own"), parse_budget("3wd"), (Rung("breach", "breach", card="yellow"),))
    who = Responsible("township-leader", "township-lead", ("township-leader", "county-leader"), "county-lead")
    assert county.clock
    silent = replace(county.clock, rungs=(Rung("breach", "breach", silence="settled"),))
    changed = {
        "township": replace(township, actions=(*township.actions, *more), joint=own, responsible=who),
        "county": replace(county, clock=silent),
    }
    return replace(procedure, stages=tuple(changed.get(stage.name, stage) for stage in procedure.stages))


def value_for(rule: FieldRule, now: datetime) -> bool | int | str:
    match rule.type:
        case "integer":
            return rule.minimum or 1
        case "flag":
            return True
        case "date":
            return now.date().isoformat()
        case "choice":
            return rule.choices[0]
        case "phone":
            return "13800000000"
        case "unit":
            return ELSEWHERE[0].code
        case "official":
            return "o-township-lead"
        case _:
            return "x"


def random_event(procedure: Procedure, case: Case, now: datetime, draw: st.DrawFn) -> Event:
    """An action that is open, one that is not, posts that fall vacant, a new calendar, or another case."""
    kind = draw(st.sampled_from(["action"] * 6 + ["wrong", "vacancy", "calendar", "joined", "merged"]))
    people = [Actor("official", h.official, h.name) for h in case.holders] + [PARTY_ACTOR]
    actor = draw(st.sampled_from(people))
    if kind == "vacancy":
        kept = draw(st.integers(0, len(case.holders)))
        return HoldersChanged(case.holders[:kept] or case.holders[:1], "transfer", actor)
    if kind == "calendar":
        years = case.calendar.years[: draw(st.integers(0, len(case.calendar.years)))]
        return CalendarPublished(replace(case.calendar, edition="other", years=years))
    if kind == "joined":
        return CaseJoined(f"D-{draw(st.integers(2, 4))}", case.clocks, actor, "x")
    if kind == "merged" and draw(st.integers(0, 5)) == 0:
        return CaseMerged("D-9", actor, "x")
    choices = [(a, actor) for stage in procedure.stages for a in stage.actions]
    if kind == "action":
        choices = [(a.action, who) for a in allowed(procedure, case) for who in a.holders] or choices
    action, actor = draw(st.sampled_from(choices))
    fields = {rule.name: value_for(rule, now) for rule in action.requires if not rule.private}
    sealed = {rule.name: "sealed" for rule in action.requires if rule.private}
    places, holders = (ELSEWHERE, THEIRS) if action.hands_to else ((), ())
    return ActionTaken(action.name, actor, fields, sealed, places=places, holders=holders)


@st.composite
def lives(draw: st.DrawFn, procedure: Procedure, filed: Filed) -> list[Decision]:
    """All decisions of a random life of a case."""
    decisions = list(decide_at(procedure, None, filed, START))
    now = START
    for _ in range(draw(st.integers(1, 12))):
        now += timedelta(hours=draw(st.integers(0, 24 * 20)))
        decisions += advance(procedure, decisions[-1].case, now)
        case = decisions[-1].case
        if not case.open:
            break
        with suppress(NotAllowed):
            decisions += decide_at(procedure, case, random_event(procedure, case, now, draw), now)
    return decisions


TELLING = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@TELLING
@given(st.data())
def test_a_case_is_ended_or_has_a_bounded_next_event(
    procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    for decision in data.draw(lives(procedure, filed)):
        due = next_due(procedure, decision.case)
        if decision.case.open:
            assert due is not None
            assert timedelta() <= due - decision.at <= LONGEST_SILENCE
        else:
            assert due is None


@TELLING
@given(st.data())
def test_the_ledger_of_a_case_is_numbered_without_a_gap_and_never_goes_back_in_time(
    procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    decisions = data.draw(lives(procedure, filed))
    entries = [entry for decision in decisions for entry in decision.entries]
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert [decision.seq for decision in decisions] == list(range(1, len(decisions) + 1))


@TELLING
@given(st.data())
def test_someone_answers_for_every_open_case(procedure: Procedure, filed: Filed, data: st.DataObject) -> None:
    for decision in data.draw(lives(procedure, filed)):
        roles = {r.role for r in decision.case.responsibilities}
        assert roles - {"assist"} == ({"leader", "lead"} if decision.case.open else set())


@TELLING
@given(st.data())
def test_every_deadline_can_be_derived_anew(procedure: Procedure, filed: Filed, data: st.DataObject) -> None:
    for decision in data.draw(lives(procedure, filed)):
        assert all(each.agrees for each in explain(procedure, decision.case))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_case_written_and_read_back_is_the_same_case(
    procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    case = data.draw(lives(procedure, filed))[-1].case
    assert CASE.validate_json(canonical(case)) == case
    assert digest(CASE.validate_json(canonical(case))) == digest(case)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.integers(1, 200))
def test_time_passes_the_same_in_one_step_or_in_two(
    procedure: Procedure, filed: Filed, data: st.DataObject, days: int
) -> None:
    case = data.draw(lives(procedure, filed))[-1].case
    half, whole = case.as_of + timedelta(days=days / 2), case.as_of + timedelta(days=days)
    once = advance(procedure, case, whole)
    first = advance(procedure, case, half)
    assert once == (*first, *advance(procedure, first[-1].case if first else case, whole))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_responsibility_opened_is_released_once(
    procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    decisions = data.draw(lives(procedure, filed))
    opened = {entry.number for d in decisions for entry in d.opened}
    released = [r.number for d in decisions for r in d.released]
    still = {r.number for r in decisions[-1].case.responsibilities}
    assert len(released) == len(set(released))
    assert still.isdisjoint(released)
    assert still <= opened
