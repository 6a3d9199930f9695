"""What people may do, and why not."""

from dataclasses import replace

import pytest

from casework.allowed import allowed
from casework.case import Actor, Holder
from casework.decide import decide, decide_at
from casework.decision import NotAllowed
from casework.event import ActionTaken, HoldersChanged, NoticeFailed
from tests.casework.conftest import Tell, beijing


@pytest.mark.parametrize(
    ("action", "who", "fields", "code"),
    [
        ("settel", "o-village-lead", {}, "unknown-action"),
        ("settle", "o-township-lead", {"agreement": "a.pdf"}, "not-yours"),
        ("settle", "o-village-leader", {"agreement": "a.pdf"}, "not-yours"),
        ("settle", "party", {"agreement": "a.pdf"}, "not-yours"),
        ("settle", "o-village-lead", {}, "missing-field"),
        ("settle", "o-village-lead", {"agreement": "  "}, "bad-field"),
        ("settle", "o-village-lead", {"agreement": 3}, "bad-field"),
        ("settle", "o-village-lead", {"agrement": "a.pdf"}, "unknown-field"),
        ("resume", "o-village-lead", {}, "not-suspended"),
        ("serve", "o-village-lead", {"served_on": "2026-2-3"}, "bad-field"),
        ("extend", "o-village-lead", {"reason": "x"}, "not-yours"),
    ],
)
def test_what_may_not_be_done_is_refused_with_its_reason(
    tell: Tell, action: str, who: str, fields: dict[str, str], code: str
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        tell("2026-03-02 10:00").act("2026-03-03 10:00", action, who, **fields)
    assert refusal.value.code == code
    assert refusal.value.zh
    assert refusal.value.en


def test_a_refusal_names_what_is_allowed_now(tell: Tell) -> None:
    with pytest.raises(NotAllowed) as refusal:
        tell("2026-03-02 10:00").act("2026-03-03 10:00", "settel", "o-village-lead")
    assert "settle" in refusal.value.allowed
    assert "resume" not in refusal.value.allowed
    assert "settle" in refusal.value.en


def test_an_ended_case_takes_no_action(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "withdraw", "party")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-04 10:00", "note", "o-village-lead", note="x")
    assert refusal.value.code == "case-ended"
    assert allowed(told.procedure, told.case) == ()


def test_of_two_officers_the_second_is_told_that_the_case_moved(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "refer-up", "o-village-lead", reason="x")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-03 10:00", "settle", "o-village-lead", agreement="a.pdf")
    assert refusal.value.code == "not-yours"


def test_an_action_meant_for_a_stage_that_the_case_has_left_is_not_taken_elsewhere(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "refer-up", "o-village-lead", reason="x")
    before, lead = told.case, Actor("official", "o-township-lead", "o-township-lead")
    meant = ActionTaken("note", lead, {"progress": "x"}, stage="village")
    with pytest.raises(NotAllowed, match="moved to stage township") as refusal:
        decide_at(told.procedure, told.case, meant, beijing("2026-03-03 10:00"))
    assert refusal.value.code == "overtaken"
    assert told.case == before


def test_a_suspended_case_cannot_be_suspended_again(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "suspend", "o-village-lead", reason="x")
    with pytest.raises(NotAllowed) as refusal:
        told.act("2026-03-03 11:00", "suspend", "o-village-lead", reason="x")
    assert refusal.value.code == "already-suspended"


def test_leaving_a_stage_ends_its_suspension(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "suspend", "o-village-lead", reason="x")
    told.act("2026-03-04 10:00", "refer-up", "o-village-lead", reason="x")
    assert told.case.suspended is None
    assert "whole" in told.dues()


def test_the_case_is_untouched_by_what_it_refuses(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    before = told.case
    event = ActionTaken("settle", Actor("official", "o-village-lead", "x"))
    with pytest.raises(NotAllowed):
        decide_at(told.procedure, told.case, event, beijing("2026-03-03 10:00"))
    assert told.case == before


def test_a_request_is_remembered_by_its_key(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    actor = Actor("official", "o-village-lead", "x")
    note = ActionTaken("note", actor, {"note": "x"}, key="k-1")
    decision = decide(told.procedure, told.case, note, beijing("2026-03-03 10:00"))
    handled = decision.case.handled_as("k-1")
    assert handled is not None
    assert handled.seq == decision.seq
    assert decision.case.handled_as("k-2") is None


def test_a_vacant_post_is_itself_recorded_and_someone_answers(tell: Tell) -> None:
    told = tell("2026-03-02 10:00", vacant=("village-lead",))
    vacant = [e for e in told.decisions[0].entries if e.kind == "vacant"]
    assert [e.detail["post"] for e in vacant] == ["village-lead"]
    lead = next(r for r in told.case.responsibilities if r.role == "lead")
    assert (lead.official, lead.vacant) == ("o-county-lead", "village-lead")


def test_a_case_with_every_post_vacant_still_climbs(tell: Tell) -> None:
    names = tuple(
        f"{level}-{role}" for level in ("village", "township", "county") for role in ("leader", "lead")
    )
    told = tell("2026-03-02 10:00", vacant=names).until("2026-04-30 10:00")
    assert told.case.stage == "county"
    assert told.kinds("held")


def test_a_handover_passes_open_responsibilities_with_an_entry(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    heir = Holder("village-lead", "0", "o-new", "new lead")
    holders = tuple(h for h in told.case.holders if h.post != "village-lead")
    event = HoldersChanged((*holders, heir), "transfer", Actor("official", "o-desk", "desk"))
    told.decisions += decide_at(told.procedure, told.case, event, beijing("2026-03-03 10:00"))
    assert [e.detail["to"] for e in told.decisions[-1].entries if e.kind == "handed-over"] == ["new lead"]
    assert [r.result for r in told.decisions[-1].released] == ["handed-over"]
    told.act("2026-03-03 11:00", "settle", "o-new", agreement="a.pdf")
    assert told.case.outcome == "settled"


def test_a_notice_that_failed_is_on_record_even_after_the_end(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "withdraw", "party")
    failed = NoticeFailed("D-1:1:1", "mail", "o-village-lead", "mailbox full")
    told.decisions += decide_at(told.procedure, told.case, failed, beijing("2026-03-04 10:00"))
    assert told.kinds("notice-failed") == [("03-04 10:00", "notice-failed")]
    assert told.case.dues == ()


def test_a_case_filed_at_a_level_its_procedure_does_not_start_from_is_refused(tell: Tell) -> None:
    with pytest.raises(NotAllowed) as refusal:
        tell("2026-03-02 10:00", origin="township")
    assert refusal.value.code == "unknown-unit"


def test_sealed_fields_enter_the_ledger_as_ciphertext_only(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    procedure = told.procedure
    rule = replace(procedure.intake[2], required=True)
    note = replace(procedure.stage("village").actions[2], requires=(rule,))
    village = replace(procedure.stage("village"), actions=(note,))
    sealing = replace(procedure, stages=(village, *procedure.stages[1:]))
    event = ActionTaken("note", Actor("official", "o-village-lead", "x"), {}, {"contact": "c1ph3r"})
    decision = decide(sealing, told.case, event, beijing("2026-03-03 10:00"))
    assert decision.entries[0].detail["sealed.contact"] == "c1ph3r"
