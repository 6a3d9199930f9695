"""The ledger: what an outsider with the files can do to it, and that it is noticed and named."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import Engine, text

from records import ledger
from records.audit import recompute
from records.chain import entry_hash
from records.fault import Fault
from records.ledger import Verdict
from tests.records.conftest import Tell, Told, attack, record

FORGED = """{"kind":"acted"}"""


@pytest.fixture
def told(records: Engine, tell: Tell) -> Told:
    """A case that nobody handled for a month, recorded."""
    return record(records, tell("2026-03-02 10:00").until("2026-04-10 12:00"))


def first_fault(records: Engine) -> tuple[int, str]:
    (fault,) = ledger.verify(records).faults
    assert fault.case_id == "D-1"
    return fault.number, fault.why


def row(records: Engine, number: int) -> dict[str, Any]:
    with records.connect() as connection:
        found = connection.execute(text("select * from entry where number = :n"), {"n": number})
        return dict(found.mappings().one())


def test_an_untouched_ledger_is_whole(records: Engine, told: Told) -> None:
    assert ledger.verify(records) == Verdict(1, told.case.entries, ())


def test_an_outsider_can_check_the_chain_with_a_hash_function_alone(records: Engine, told: Told) -> None:
    previous = "0" * 64
    for number in range(1, told.case.entries + 1):
        entry = row(records, number)
        parts = {
            "case_id": entry["case_id"],
            "entry": json.loads(entry["body"]),
            "previous": previous,
            "seq": entry["seq"],
        }
        canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(canonical.encode()).hexdigest()
        assert previous == entry["hash"]


@pytest.mark.parametrize(
    "change",
    [
        "body = replace(body, 'overdue', 'reminded')",
        "kind = 'acted'",
        "seq = 1",
        "at = '2026-03-01 00:00:00'",
        "hash = previous",
    ],
)
def test_a_changed_entry_is_named(records: Engine, told: Told, change: str) -> None:
    number = next(n for n in range(5, told.case.entries) if row(records, n)["kind"] == "overdue")
    attack(records, f"update entry set {change} where number = {number}")  # noqa: S608
    assert first_fault(records) == (number, "changed")


def test_an_entry_rewritten_with_a_new_hash_breaks_from_the_next(records: Engine, told: Told) -> None:
    old = row(records, 5)
    body = old["body"].replace("village", "county")
    forged = entry_hash(old["previous"], "D-1", int(old["seq"]), body)
    attack(
        records,
        f"update entry set body = replace(body, 'village', 'county'), hash = '{forged}' where number = 5",  # noqa: S608
    )
    assert first_fault(records) in {(5, "changed"), (6, "unlinked")}


def test_a_deleted_entry_is_named(records: Engine, told: Told) -> None:
    attack(records, "delete from entry where number = 7")
    assert first_fault(records) == (7, "missing")


def test_the_deletion_of_the_last_entry_is_noticed(records: Engine, told: Told) -> None:
    last = told.case.entries
    attack(records, f"delete from entry where number = {last}")  # noqa: S608
    assert first_fault(records) == (last, "missing")


def test_the_deletion_of_the_last_entry_is_noticed_though_the_count_was_lowered(
    records: Engine, told: Told
) -> None:
    last = told.case.entries
    attack(
        records,
        f"delete from entry where number = {last}",  # noqa: S608
        f"update case_row set entries = {last - 1}",  # noqa: S608
    )
    assert first_fault(records) == (last - 1, "head")


def test_entries_that_changed_places_are_named(records: Engine, told: Told) -> None:
    attack(
        records,
        "update entry set number = 1000 where number = 4",
        "update entry set number = 4 where number = 5",
        "update entry set number = 5 where number = 1000",
    )
    assert first_fault(records) == (4, "reordered")


def test_an_entry_moved_to_the_end_is_named(records: Engine, told: Told) -> None:
    attack(records, "update entry set number = 1000 where number = 4")
    assert first_fault(records) == (4, "missing")


def test_an_added_entry_is_named(records: Engine, told: Told) -> None:
    last = row(records, told.case.entries)
    number, seq = told.case.entries + 1, int(last["seq"])
    body = last["body"].replace(f'"number":{told.case.entries}', f'"number":{number}')
    made = entry_hash(last["hash"], "D-1", seq, body)
    attack(
        records,
        f"insert into entry select case_id, {number}, seq, at, kind, "  # noqa: S608
        f"replace(body, '\"number\"\\:{told.case.entries}', '\"number\"\\:{number}'), hash, '{made}' "
        f"from entry where number = {told.case.entries}",
    )
    assert first_fault(records) == (number, "added")


def test_a_decision_that_was_removed_is_noticed(records: Engine, told: Told) -> None:
    attack(records, "delete from decision where seq = 2")
    number = next(n for n in range(1, told.case.entries) if row(records, n)["seq"] == 2)
    assert first_fault(records) == (number, "decision-missing")


@pytest.mark.parametrize("kept", ["entry", "decision", "case_place", "responsibility"])
def test_a_case_removed_from_some_tables_is_noticed(records: Engine, told: Told, kept: str) -> None:
    gone = {"outbox", "entry", "decision", "case_place", "responsibility", "case_row"} - {kept}
    attack(records, *(f"delete from {table}" for table in sorted(gone)))  # noqa: S608
    assert first_fault(records)[1] == "case-missing"


def test_a_changed_procedure_is_noticed(records: Engine, told: Told) -> None:
    attack(records, "update definition set body = replace(body, '60', '90')")
    assert first_fault(records) == (1, "definition")


def test_a_procedure_that_was_removed_is_noticed(records: Engine, told: Told) -> None:
    attack(records, "delete from definition")
    assert first_fault(records) == (1, "definition")
    assert recompute(records, "D-1").fault == Fault("D-1", 1, "definition")


def test_an_entry_forged_into_nonsense_with_its_hash_is_named(records: Engine, told: Told) -> None:
    last = row(records, told.case.entries)
    made = entry_hash(last["previous"], "D-1", int(last["seq"]), "nonsense")
    attack(records, f"update entry set body = 'nonsense', hash = '{made}' where number = {last['number']}")  # noqa: S608
    assert first_fault(records) == (last["number"], "unreadable")


@pytest.mark.parametrize("forged", ["case_row set body", "decision set event", "outbox set body"])
def test_what_can_no_longer_be_read_is_told_and_not_tripped_over(
    records: Engine, told: Told, forged: str
) -> None:
    attack(records, f"update {forged} = 'nonsense'")
    assert recompute(records, "D-1").fault == Fault("D-1", told.case.entries, "unreadable")


def test_each_bad_case_is_named_and_the_good_ones_are_not(records: Engine, tell: Tell, told: Told) -> None:
    other = tell("2026-03-02 10:00")
    del told
    assert other.case.id == "D-1"
    attack(records, "delete from entry where number = 3")
    assert [fault.number for fault in ledger.verify(records, "D-1").faults] == [3]
    assert ledger.verify(records, "D-2").faults == (Fault("D-2", 1, "case-missing"),)


def test_a_fault_is_told_in_both_languages() -> None:
    fault = Fault("D-1", 3, "missing")
    assert (fault.zh, fault.en) == ("该条记录缺失", "the entry is missing")
