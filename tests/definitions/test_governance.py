"""What the shipped procedures of mediation and governance promise at every one of their stages."""

import pytest

from casework.procedure import Procedure, Rung
from definitions.library import Library

CLEARED = {"township-cleared", "county-cleared"}


def rungs(procedure: Procedure) -> list[Rung]:
    clocks = (*procedure.clocks, *(clock for stage in procedure.stages for clock in stage.clocks))
    return [rung for clock in clocks for rung in clock.rungs]


def sources(procedure: Procedure, outcome: str) -> set[str]:
    """The stages from which an action leads to an outcome."""
    return {
        stage.name
        for stage in procedure.stages
        for action in stage.actions
        if any(way.to == outcome for way in action.to)
    }


def test_a_decision_is_taken_only_once_the_risk_is_low(library: Library) -> None:
    procedure = library.procedures["risk-assessment"]
    assert sources(procedure, "decided") == CLEARED
    leading = {stage for cleared in CLEARED for stage in sources(procedure, cleared)}
    assert leading == {"review"}


def test_no_silence_opens_the_gate_of_a_risk_assessment(library: Library) -> None:
    moved = [(r.escalate, r.silence, r.lapse) for r in rungs(library.procedures["risk-assessment"])]
    assert set(moved) == {(None, None, None)}


@pytest.mark.parametrize("level", ["village", "township"])
def test_after_a_clear_refusal_nothing_leads_back_to_mediation(library: Library, level: str) -> None:
    """人民调解法第17条."""
    stage = library.procedures["people-mediation"].stage(f"{level}-routes")
    assert {way.to for action in stage.actions for way in action.to} == {"other-routes", "withdrawn"}


def test_the_court_is_neither_carded_nor_supervised(library: Library) -> None:
    procedure = library.procedures["three-track-mediation"]
    stage = procedure.stage("judicial-track")
    receipt = procedure.clock("receipt")
    assert stage.clock
    assert [r for r in (*stage.clock.rungs, *receipt.rungs) if r.card or r.supervise] == []


def test_every_filing_of_a_grave_dispute_goes_straight_to_the_county_at_any_hour(library: Library) -> None:
    """突发事件应对法第17、61条: at once, past the levels between."""
    procedure = library.procedures["major-incident"]
    assert [procedure.stage(way.to).level for way in procedure.start] == ["county"]
    assert [grade.urgent for grade in procedure.grades] == [True]
