"""Offers and migrations in the records: immutable editions, and a case that has run under two."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from casework.calendar import Calendar
from casework.canonical import canonical, digest
from casework.case import Actor
from casework.decide import advance, decide_at
from casework.decision import NotAllowed
from casework.event import Filed
from casework.procedure import Procedure
from records import cases, ledger, offers
from records.audit import recompute
from records.commit import Diverged, commit
from records.offers import EditionTaken, Forged
from tests.casework.conftest import beijing
from tests.casework.editions import edition, migrate, migrated
from tests.casework.test_properties import lives
from tests.records.conftest import RECORDED_AT, Tell, Told, attack, dump, put, record

CLERK = Actor("official", "o-desk", "县信访局")


def offer(records: Engine, thing: Procedure | Calendar, minutes: int = 0) -> int:
    return offers.put(records, thing, RECORDED_AT + timedelta(minutes=minutes), CLERK).number


def test_what_is_offered_is_the_last_edition_of_each_name(
    records: Engine, procedure: Procedure, calendar: Calendar
) -> None:
    other = replace(procedure, name="other")
    for thing in (procedure, other, calendar, edition(procedure, village="6wd")):
        offer(records, thing)
    assert {(each.edition.name, each.edition.edition) for each in offers.offered(records)} == {
        ("ladder", "2"), ("other", "1"), ("cn", "2026"),
    }  # fmt: skip
    first = offers.find(records, "procedure", "ladder", "1")
    assert first
    assert first.edition == procedure
    assert offers.of_hash(records, digest(procedure)) == procedure
    assert offers.find(records, "procedure", "ladder", "9") is None


def test_an_offer_tells_since_when_and_by_whom(records: Engine, procedure: Procedure) -> None:
    offer(records, procedure)
    (told,) = offers.offered(records)
    assert (told.since, told.official, told.official_name) == (RECORDED_AT, "o-desk", "县信访局")
    assert told.edition == procedure


def test_offering_the_same_edition_again_changes_nothing(records: Engine, procedure: Procedure) -> None:
    first = offer(records, procedure)
    before = dump(records)
    assert offer(records, procedure, minutes=5) == first
    assert dump(records) == before


def test_an_edition_that_was_offered_before_can_be_offered_again(
    records: Engine, procedure: Procedure
) -> None:
    for each in (procedure, edition(procedure, village="6wd"), procedure):
        offer(records, each)
    assert [each.edition for each in offers.offered(records)] == [procedure]
    assert offers.newest(records) == 3


def test_the_same_edition_with_other_content_is_refused_and_told_what_is_recorded(
    records: Engine, procedure: Procedure
) -> None:
    offer(records, procedure)
    with pytest.raises(EditionTaken) as taken:
        offer(records, replace(procedure, example=False))
    assert taken.value.recorded == procedure
    assert offers.newest(records) == 1


def test_an_edition_that_cases_run_under_is_as_immutable_as_one_that_was_offered(
    records: Engine, tell: Tell
) -> None:
    told = record(records, tell("2026-03-02 10:00"))
    with pytest.raises(EditionTaken):
        offer(records, replace(told.procedure, example=False))
    offer(records, told.procedure)


def test_an_offer_that_was_changed_is_not_used(records: Engine, procedure: Procedure) -> None:
    offer(records, procedure)
    attack(records, "update offer set body = replace(body, '5', '6')")
    with pytest.raises(Forged):
        offers.offered(records)


@pytest.fixture
def moved(tell: Tell) -> Told:
    """A case that went over to a shorter edition, fell overdue by that, and was settled at the township."""
    told = tell("2026-03-02 10:00")
    migrate(told, "2026-03-06 10:00", edition(told.procedure, village="2wd", whole="80d"))
    return told.until("2026-03-09 10:00").act(
        "2026-03-09 11:00", "settle", "o-township-lead", agreement="a.pdf"
    )


def first_edition(told: Told) -> Procedure:
    return edition(told.procedure, village="5wd", whole="60d", edition="1")


def commit_all(records: Engine, told: Told, size: int) -> None:
    """Commit in batches, each with the edition its first decision was taken under, as the engine does."""
    procedure = first_edition(told)
    for start in range(0, len(told.decisions), size):
        batch = told.decisions[start : start + size]
        commit(records, procedure, batch, RECORDED_AT)
        if any(decision.event.kind == "migrated" for decision in batch):
            procedure = told.procedure


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_migrated_case_is_recorded_and_recomputed_across_the_change(
    records: Engine, moved: Told, size: int
) -> None:
    commit_all(records, moved, size)
    again = recompute(records, "D-1")
    assert again.difference == ""
    assert again.decisions == tuple(moved.decisions)
    assert cases.get_case(records, "D-1") == (moved.case, moved.procedure)
    assert ledger.verify(records).ok


def test_both_editions_of_a_migrated_case_stand_in_the_records(records: Engine, moved: Told) -> None:
    commit_all(records, moved, 1)
    both = [digest(first_edition(moved)), digest(moved.procedure)]
    assert cases.definitions_of(records, "D-1") == both
    assert set(cases.definitions(records)) == set(both)
    assert cases.definition(records, both[0]) == first_edition(moved)
    assert cases.definition(records, "0" * 64) is None


def test_the_edition_itself_is_not_stored_again_with_each_case(records: Engine, moved: Told) -> None:
    commit_all(records, moved, 1)
    stored = next(row for row in cases.decisions(records, "D-1") if '"kind":"migrated"' in row.event)
    assert len(stored.event) < len(canonical(moved.procedure)) / 10


def test_a_changed_edition_that_a_case_has_left_is_still_noticed(records: Engine, moved: Told) -> None:
    commit_all(records, moved, 1)
    attack(records, "update definition set body = replace(body, 'county', 'County') where edition = '1'")
    assert [fault.why for fault in ledger.verify(records).faults] == ["definition"]


def test_a_migration_to_another_edition_than_it_says_is_not_recorded(records: Engine, tell: Tell) -> None:
    told = record(records, tell("2026-03-02 10:00"))
    event = replace(migrated(edition(told.procedure, village="6wd")), definition="f" * 64)
    decisions = decide_at(told.procedure, told.case, event, beijing("2026-03-04 10:00"))
    with pytest.raises(Diverged):
        put(records, told.procedure, *decisions)


def test_open_cases_are_read_in_order_and_from_where_one_left_off(
    records: Engine, tell: Tell, filed: Filed
) -> None:
    procedure, at = tell("2026-03-02 10:00").procedure, "2026-03-02 10:00"
    for number in range(5):
        record(records, Told(procedure, replace(filed, case_id=f"D-{number}"), at))
    ended = Told(procedure, replace(filed, case_id="D-9"), at).act("2026-03-03 10:00", "withdraw", "party")
    record(records, ended)
    assert [case.id for case in cases.open_cases(records)] == [f"D-{n}" for n in range(5)]
    assert [case.id for case in cases.open_cases(records, "ladder", after="D-2")] == ["D-3", "D-4"]
    assert [case.id for case in cases.open_cases(records, ids=("D-1", "D-9"))] == ["D-1"]
    assert not list(cases.open_cases(records, "other"))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_life_that_goes_on_under_another_edition_is_recomputed_alike(
    records: Engine, procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    case_id = f"D-{uuid4()}"
    decisions = data.draw(lives(procedure, replace(filed, case_id=case_id)))
    new = edition(procedure, village=data.draw(st.sampled_from(("2wd", "7wd", "4d"))), whole="61d")
    try:
        decisions += decide_at(procedure, decisions[-1].case, migrated(new), decisions[-1].at)
    except NotAllowed:
        return
    decisions += advance(new, decisions[-1].case, beijing("2026-12-01 10:00"))
    cut = data.draw(st.integers(1, len(decisions)))
    put(records, procedure, *decisions[:cut])
    put(
        records,
        procedure if decisions[cut - 1].case.edition == "1" else new,
        *decisions[cut:] or decisions[-1:],
    )
    assert recompute(records, case_id).decisions == tuple(decisions)
    assert recompute(records, case_id).difference == ""
