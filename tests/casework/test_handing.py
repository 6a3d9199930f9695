"""Handing a case to another unit and back; recusal; silence; joint handling."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from casework.budget import parse_budget
from casework.case import Actor, Holder, Place
from casework.decide import decide_at
from casework.decision import NotAllowed
from casework.event import ActionTaken, Filed
from casework.predicate import FieldTest
from casework.procedure import Action, ClockRule, FieldRule, Procedure, Responsible, Rung, Stage, Way
from tests.casework.conftest import Told, beijing, text

OTHER = (Place("township", "8", "other township"), Place("county", "2", "county"))
THEIRS = (Holder("township-lead", "8", "o-other-lead", "other"),)
COUNTY = (
    Holder("county-leader", "2", "o-county-leader", "x"),
    Holder("county-lead", "2", "o-county-lead", "x"),
)
Start = Callable[[Procedure], Told]


@pytest.fixture
def start(filed: Filed) -> Start:
    """File at the township on a Monday morning."""
    return lambda procedure: Told(procedure, replace(filed, places=filed.places[1:]), "2026-03-02 10:00")


def with_stage(procedure: Procedure, changed: Stage) -> Procedure:
    stages = tuple(changed if stage.name == changed.name else stage for stage in procedure.stages)
    first = (Way("township"),)
    return replace(procedure, stages=stages, start=first)


@pytest.fixture
def handing(procedure: Procedure) -> Procedure:
    """The township may hand a case to another one, which may hand it back once (FACTS §8.5)."""
    unit = FieldRule("unit", text("unit"), "unit")
    transfer = Action(
        "transfer", text("transfer"), ("lead",), (unit,), to=(Way("township"),), hands_to="unit"
    )
    once = FieldTest("bounces", "at_most", (0,))
    back = Action("return", text("return"), ("lead",), when=once, to=(Way("township"),), hands_back=True)
    township = procedure.stage("township")
    return with_stage(procedure, replace(township, actions=(*township.actions, transfer, back)))


def hand_on(told: Told, at: str = "2026-03-03 10:00", unit: str = "8", by: str = "o-township-lead") -> Told:
    event = ActionTaken(
        "transfer", Actor("official", by, by), {"unit": unit}, places=OTHER, holders=(*THEIRS, *COUNTY)
    )
    told.decisions += decide_at(told.procedure, told.case, event, beijing(at))
    return told


def leads(told: Told) -> list[str]:
    return [r.official for r in told.case.responsibilities if r.role == "lead"]


def test_a_case_handed_on_is_answered_for_by_the_other_unit(start: Start, handing: Procedure) -> None:
    told = hand_on(start(handing))
    assert leads(told) == ["o-other-lead"]
    assert told.case.place("township") == OTHER[0]
    assert told.case.origin.code == "1"
    assert {place.code for place in told.case.units} == {"1", "2", "8"}


def test_a_clock_from_receipt_runs_on_when_the_case_is_handed_on(start: Start, handing: Procedure) -> None:
    told = start(handing)
    before = told.dues()["whole"]
    assert hand_on(told).dues()["whole"] == before


def test_a_case_handed_back_is_a_bounce_and_lies_where_it_came_from(start: Start, handing: Procedure) -> None:
    told = hand_on(start(handing)).act("2026-03-04 10:00", "return", "o-other-lead")
    assert leads(told) == ["o-township-lead"]
    assert told.case.bounces == 1
    assert told.kinds("handed-on", "handed-back") == [
        ("03-03 10:00", "handed-on"),
        ("03-04 10:00", "handed-back"),
    ]


def test_the_cap_on_bounces_is_a_condition_that_the_procedure_sets(start: Start, handing: Procedure) -> None:
    told = hand_on(start(handing)).act("2026-03-04 10:00", "return", "o-other-lead")
    hand_on(told, "2026-03-05 10:00")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-06 10:00", "return", "o-other-lead")
    assert refusal.value.code == "condition-not-met"


def test_what_came_from_nowhere_cannot_be_handed_back(start: Start, handing: Procedure) -> None:
    with pytest.raises(NotAllowed) as refusal:
        start(handing).act("2026-03-03 10:00", "return", "o-township-lead")
    assert refusal.value.code == "nowhere-back"


def test_a_case_is_not_handed_to_the_unit_that_has_it(start: Start, handing: Procedure) -> None:
    with pytest.raises(NotAllowed) as refusal:
        hand_on(start(handing), unit="1")
    assert refusal.value.code == "same-unit"


def test_a_case_is_handed_only_to_a_unit_that_can_take_the_next_stage(
    start: Start, handing: Procedure
) -> None:
    village = replace(handing.stage("township"), actions=tuple(
        replace(action, to=(Way("village"),)) if action.hands_to else action
        for action in handing.stage("township").actions
    ))  # fmt: skip
    with pytest.raises(NotAllowed) as refusal:
        hand_on(start(with_stage(handing, village)))
    assert refusal.value.code == "unknown-unit"


def test_the_silence_of_an_office_can_mean_something(start: Start, procedure: Procedure) -> None:
    """行政复议法第30条: what was not refused within five working days counts as accepted."""
    township = procedure.stage("township")
    assert township.clock
    silent = replace(township.clock, rungs=(Rung("breach", "breach", silence="county"),))
    told = start(with_stage(procedure, replace(township, clock=silent))).until("2026-03-10 00:00")
    assert told.kinds("overdue", "silent", "escalated")[-1] == ("03-10 00:00", "silent")
    assert told.case.stage == "county"


def test_what_silence_starts_runs_from_the_last_day_of_the_limit(start: Start, procedure: Procedure) -> None:
    """行政复议法第30条: accepted as of the day on which the five days end, so day one is the day after it."""
    township = procedure.stage("township")
    assert township.clock
    rung = Rung("breach", "breach", silence="county", marks=("accepted",))
    review = ClockRule(
        "review", text("review"), parse_budget("60d"), (Rung("breach", "breach"),), start="accepted"
    )
    changed = with_stage(procedure, replace(township, clock=replace(township.clock, rungs=(rung,))))
    told = start(replace(changed, clocks=(*changed.clocks, review))).until("2026-03-10 00:00")
    assert told.case.stage == "county"
    assert told.dues()["review"] == "2026-05-08"  # 60 days after 03-09, the fifth working day


@pytest.fixture
def recusing(procedure: Procedure) -> Procedure:
    who = FieldRule("whom", text("whom"), "official")
    recuse = Action("recuse", text("recuse"), ("leader",), (who,), recuses="whom")
    township = procedure.stage("township")
    return with_stage(procedure, replace(township, actions=(*township.actions, recuse)))


def test_a_recused_official_answers_no_more_and_is_reminded_of_nothing(
    start: Start, recusing: Procedure
) -> None:
    """信访工作条例第28条."""
    told = start(recusing).act("2026-03-03 10:00", "recuse", "o-township-leader", whom="o-township-lead")
    assert leads(told) == ["o-county-lead"]
    told.until("2026-04-01 00:00")
    later = [n for d in told.decisions[1:] for n in d.notices]
    assert later
    assert "o-township-lead" not in {notice.official for notice in later}


def test_a_recusal_is_told_apart_from_a_vacancy(start: Start, recusing: Procedure) -> None:
    told = start(recusing).act("2026-03-03 10:00", "recuse", "o-township-leader", whom="o-township-lead")
    (vacant,) = [e for d in told.decisions for e in d.entries if e.kind == "vacant"]
    assert vacant.detail["recused"] is True


def test_a_case_about_an_official_never_reaches_them_even_where_they_would_answer(
    procedure: Procedure, filed: Filed
) -> None:
    """信访工作条例第22、30条."""
    about = replace(
        procedure,
        intake=(*procedure.intake, FieldRule("accused", text("accused"), "official")),
        recuses="accused",
    )
    event = replace(filed, fields={**filed.fields, "accused": "o-village-leader"})
    told = Told(about, event, "2026-03-02 10:00").until("2026-06-01 00:00")
    reached = {notice.official for decision in told.decisions for notice in decision.notices}
    answered = {opened.official for decision in told.decisions for opened in decision.opened}
    assert "o-village-leader" not in reached | answered
    assert "accused" not in told.decisions[0].entries[0].detail


def test_a_case_about_a_unit_is_answered_for_by_none_of_its_people(
    procedure: Procedure, filed: Filed
) -> None:
    about = replace(
        procedure,
        intake=(*procedure.intake, FieldRule("accused", text("accused"), "unit")),
        recuses="accused",
    )
    event = replace(filed, fields={**filed.fields, "accused": filed.places[0].code})
    told = Told(about, event, "2026-03-02 10:00")
    assert {r.unit for r in told.case.responsibilities} == {filed.places[2].code}


@pytest.fixture
def joint(procedure: Procedure) -> Procedure:
    """The township leads; its leader and the county assist, each with ten working days of its own."""
    rungs = (Rung("-2wd", "before", 2, "wd", remind=("assist",)), Rung("breach", "breach", card="yellow"))
    own = ClockRule("township-joint", text("joint"), parse_budget("3wd"), rungs)
    opinion = FieldRule("opinion", text("opinion"))
    deliver = Action("deliver", text("deliver"), ("assist",), (opinion,), delivers=True)
    done = FieldTest("awaited", "is", (0,))
    township = procedure.stage("township")
    settle = replace(township.actions[0], when=done)
    who = Responsible("township-leader", "township-lead", ("township-leader", "county-leader"), "county-lead")
    actions = (settle, *township.actions[1:], deliver)
    return with_stage(procedure, replace(township, responsible=who, actions=actions, joint=own))


def test_each_assisting_unit_has_a_clock_of_its_own(start: Start, joint: Procedure) -> None:
    told = start(joint)
    own = {
        clock.post: clock.deadline.day.isoformat()
        for clock in told.case.clocks
        if clock.post and clock.deadline
    }
    assert own == {"township-leader": "2026-03-05", "county-leader": "2026-03-05"}


def test_the_lead_settles_only_when_every_assisting_unit_has_done_its_part(
    start: Start, joint: Procedure
) -> None:
    told = start(joint).act("2026-03-03 10:00", "deliver", "o-county-leader", opinion="x")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-03 11:00", "settle", "o-township-lead", agreement="a.pdf")
    assert refusal.value.code == "condition-not-met"
    told.act("2026-03-03 12:00", "deliver", "o-township-leader", opinion="x")
    assert told.act("2026-03-03 13:00", "settle", "o-township-lead", agreement="a.pdf").case.outcome


def test_only_the_assisting_unit_that_is_late_is_reminded_and_carded(start: Start, joint: Procedure) -> None:
    told = (
        start(joint)
        .act("2026-03-02 11:00", "deliver", "o-county-leader", opinion="x")
        .until("2026-03-06 00:00")
    )
    about = {
        (entry.kind, entry.official)
        for decision in told.decisions
        for entry in decision.entries
        if entry.clock == "township-joint" and entry.kind in ("reminded", "carded")
    }
    assert about == {("reminded", "o-township-leader"), ("carded", "o-township-leader")}


def test_the_assisting_unit_is_due_by_its_own_clock_and_the_lead_by_the_stage(
    start: Start, joint: Procedure
) -> None:
    due = {(r.role, r.post): r.due for r in start(joint).case.responsibilities}
    assert due["assist", "county-leader"] == beijing("2026-03-06 00:00")
    assert due["lead", "township-lead"] == beijing("2026-03-10 00:00")


def test_who_has_nothing_to_deliver_is_told_so(start: Start, joint: Procedure) -> None:
    told = start(joint).act("2026-03-02 11:00", "deliver", "o-county-leader", opinion="x")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-02 12:00", "deliver", "o-county-leader", opinion="x")
    assert refusal.value.code == "nothing-awaited"
