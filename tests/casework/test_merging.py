"""Cases about one matter are merged or linked: the earliest deadline wins, and each keeps its receipt."""

import pytest

from casework.case import Actor
from casework.decide import decide_at
from casework.decision import NotAllowed
from casework.event import CaseJoined, CaseLinked, CaseMerged, Event
from tests.casework.conftest import Tell, Told, beijing

CLERK = Actor("official", "o-village-lead", "x")


def learn(told: Told, at: str, event: Event) -> Told:
    told.decisions += decide_at(told.procedure, told.case, event, beijing(at))
    return told


def joined(older: Told) -> CaseJoined:
    return CaseJoined("D-0", older.case.clocks, CLERK, "同一事项", "key-1")


def test_of_two_deadlines_the_earlier_holds_for_the_merged_case(tell: Tell) -> None:
    older, newer = tell("2026-03-02 10:00"), tell("2026-03-04 10:00")
    learn(newer, "2026-03-05 10:00", joined(older))
    assert newer.dues() == older.dues()
    assert newer.case.joined == ("D-0",)
    assert [kind for _, kind in newer.kinds("joined", "recalculated")] == ["joined", "recalculated"]


def test_a_later_deadline_moves_nothing(tell: Tell) -> None:
    older, newer = tell("2026-03-02 10:00"), tell("2026-03-04 10:00")
    before = older.dues()
    assert learn(older, "2026-03-05 10:00", joined(newer)).dues() == before


def test_the_merged_case_ends_and_says_where_it_goes_on(tell: Tell) -> None:
    told = learn(tell("2026-03-02 10:00"), "2026-03-03 10:00", CaseMerged("D-9", CLERK, "同一事项"))
    assert (told.case.outcome, told.case.merged_into, told.case.open) == ("merged", "D-9", False)
    assert told.case.dues == ()


@pytest.mark.parametrize("event", [CaseJoined("D-1", (), CLERK, "x"), CaseLinked("D-1", CLERK, "x")])
def test_a_case_is_not_merged_with_itself(tell: Tell, event: Event) -> None:
    with pytest.raises(NotAllowed) as refusal:
        learn(tell("2026-03-02 10:00"), "2026-03-03 10:00", event)
    assert refusal.value.code == "not-mergeable"


def test_a_case_is_merged_once(tell: Tell) -> None:
    older, newer = tell("2026-03-02 10:00"), tell("2026-03-04 10:00")
    learn(newer, "2026-03-05 10:00", joined(older))
    with pytest.raises(NotAllowed):
        learn(newer, "2026-03-06 10:00", joined(older))


def test_linked_cases_go_their_own_ways(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    before = told.dues()
    learn(told, "2026-03-03 10:00", CaseLinked("D-7", CLERK, "同一地块"))
    assert told.case.linked == ("D-7",)
    assert told.dues() == before
