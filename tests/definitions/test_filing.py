"""Filing: what is given at the door is checked, and what is private leaves no plain text."""

from collections.abc import Mapping

import pytest

from casework.canonical import canonical, digest
from casework.case import Actor
from casework.decision import NotAllowed
from casework.event import Filed
from casework.predicate import Value
from definitions.filing import file_event
from definitions.library import Library

CLERK = Actor("official", "o-1", "登记员")
GIVEN: Mapping[str, Value] = {"summary": "争执", "parties": "甲与乙", "contact": "13800000000"}


def _file(
    library: Library,
    fields: Mapping[str, Value] = GIVEN,
    unit: str = "330681109290",
    procedure: str = "dispute-mediation",
) -> Filed:
    chosen = library.procedures[procedure]
    return file_event(
        library, chosen, unit, fields, lambda name, value: f"sealed-{len(value)}", CLERK, "case-1"
    )


def test_a_filing_carries_all_that_the_case_will_be_decided_by(library: Library) -> None:
    filed = _file(library)
    assert filed.definition == digest(library.procedures["dispute-mediation"])
    assert filed.calendar == library.calendars["cn"]
    assert [place.level for place in filed.places] == ["village", "township", "county"]
    assert filed.fields == {"summary": "争执", "people": 2, "violence_risk": False}


def test_private_fields_are_sealed_and_leave_no_plain_text(library: Library) -> None:
    filed = _file(library)
    assert filed.sealed == {"parties": "sealed-3", "contact": "sealed-11"}
    assert "甲与乙" not in canonical(filed)
    assert "13800000000" not in canonical(filed)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"summary": ""}, "missing-field"),
        ({"people": 0}, "bad-field"),
        ({"people": "两个"}, "bad-field"),
        ({"violence_risk": "yes"}, "bad-field"),
        ({"contact": "没有电话"}, "bad-field"),
        ({"sumary": "争执"}, "unknown-field"),
    ],
)
def test_a_bad_field_is_refused(change: Mapping[str, Value], code: str, library: Library) -> None:
    with pytest.raises(NotAllowed) as caught:
        _file(library, {**GIVEN, **change})
    assert caught.value.code == code


def test_a_missing_private_field_is_refused(library: Library) -> None:
    with pytest.raises(NotAllowed) as caught:
        _file(library, {"summary": "争执"})
    assert caught.value.code == "missing-field"


def test_an_unknown_village_code_is_refused(library: Library) -> None:
    with pytest.raises(NotAllowed) as caught:
        _file(library, unit="330681109999")
    assert caught.value.code == "unknown-unit"
