"""What the shipped petition procedures promise, beyond what a scenario can tell."""

from datetime import UTC, datetime

import pytest

from casework.case import Actor
from casework.decide import advance, decide
from casework.decision import Decision, NotAllowed
from casework.predicate import Value
from definitions.filing import file_event
from definitions.library import Library

CLERK = Actor("official", "o-clerk", "x")
FILED = datetime(2026, 3, 2, 2, tzinfo=UTC)
YEAR_LATER = datetime(2027, 3, 2, 2, tzinfo=UTC)
COUNTY, FENGQIAO = "330681", "330681109"


def filed(library: Library, procedure: str, unit: str, **fields: Value) -> Decision:
    rules = library.procedures[procedure]
    event = file_event(library, rules, unit, fields, lambda name, text: "sealed", CLERK, "c-1")
    return decide(rules, None, event, FILED)


def a_silent_year(library: Library, accused: str) -> list[Decision]:
    """An accusation that nobody does anything about for a year."""
    first = filed(library, "petition-accusation", COUNTY, summary="x", accused=accused)
    return [first, *advance(library.procedures["petition-accusation"], first.case, YEAR_LATER)]


def test_a_group_sends_no_more_than_five_representatives(library: Library) -> None:
    """信访工作条例第20条. The group itself may be larger."""
    group: dict[str, Value] = {"summary": "x", "petitioner": "y", "people": 300}
    assert filed(library, "petition", FENGQIAO, **group, representatives=5).case.open
    with pytest.raises(NotAllowed) as refusal:
        filed(library, "petition", FENGQIAO, **group, representatives=6)
    assert refusal.value.code == "bad-field"


def test_no_township_or_village_receives_an_accusation(library: Library) -> None:
    """信访工作条例第22、30条."""
    for unit in (FENGQIAO, "枫桥镇/枫源村"):
        code = library.territory.find(unit)[0].code
        with pytest.raises(NotAllowed) as refusal:
            filed(library, "petition-accusation", code, summary="x")
        assert refusal.value.code == "unknown-unit"


@pytest.mark.parametrize(
    "post",
    [
        "county-discipline-leader",
        "county-discipline",
        "county-discipline-inquiry",
        "county-leader",
        "county-desk",
    ],
)
def test_an_accusation_never_reaches_the_accused_whatever_post_they_hold(library: Library, post: str) -> None:
    """信访工作条例第30条; and yet somebody hears of it, again and again."""
    accused = library.roster.held[COUNTY, post].official
    decisions = a_silent_year(library, accused)
    told = {notice.official for decision in decisions for notice in decision.notices}
    answering = {held.official for decision in decisions for held in decision.opened}
    written = {entry.official for decision in decisions for entry in decision.entries}
    assert accused not in told | answering | written
    assert len(told) >= 2


def test_an_accusation_reaches_the_discipline_office_alone(library: Library) -> None:
    accused = library.roster.held[FENGQIAO, "township-leader"].official
    decisions = a_silent_year(library, accused)
    assert {notice.post for decision in decisions for notice in decision.notices} == {
        "county-discipline-leader",
        "county-discipline",
        "county-discipline-inquiry",
    }
    assert {place.level for place in decisions[-1].case.units} == {"county", "city"}


def test_the_ledger_of_an_accusation_does_not_say_whom_it_is_about(library: Library) -> None:
    accused = library.roster.held[COUNTY, "county-leader"].official
    details = [entry.detail for decision in a_silent_year(library, accused) for entry in decision.entries]
    assert details
    assert not any(accused in detail.values() for detail in details)
