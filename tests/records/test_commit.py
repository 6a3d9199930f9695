"""Recording decisions: all or nothing, once, in order, whoever else is at it."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from casework.canonical import digest
from casework.case import SYSTEM
from casework.decision import Decision
from casework.event import Filed
from casework.procedure import Procedure
from records import cases, ledger
from records.audit import recompute
from records.commit import Diverged, Gap, commit
from records.database import connect
from records.offers import put as put_offer
from tests.casework.test_properties import lives
from tests.records.conftest import RECORDED_AT, Tell, Told, attack, dump, put, record

APPEND_ONLY = ("definition", "decision", "entry", "offer")


@pytest.fixture
def told(tell: Tell) -> Told:
    """A case that time took to the county, then settled there: 60 days, extended, suspended, resumed."""
    life = tell("2026-03-02 10:00").act("2026-03-03 09:00", "suspend", "o-village-lead", reason="away")
    life.act("2026-03-05 09:00", "resume", "o-village-lead")
    life.act("2026-03-05 09:30", "extend", "o-village-leader", reason="complex")
    return life.until("2026-04-20 00:00").act(
        "2026-04-20 09:00", "settle", "o-county-lead", agreement="a.pdf"
    )


def test_all_that_was_decided_can_be_read_again(records: Engine, told: Told) -> None:
    record(records, told)
    assert cases.get_case(records, "D-1") == (told.case, told.procedure)
    assert ledger.entries(records, "D-1") == [e for d in told.decisions for e in d.entries]


def test_the_same_decisions_again_change_nothing(records: Engine, told: Told) -> None:
    record(records, told)
    before = dump(records)
    put(records, told.procedure, *told.decisions)
    put(records, told.procedure, told.decisions[0])
    assert dump(records) == before


def test_the_record_does_not_depend_on_how_decisions_were_batched(
    records: Engine, told: Told, tmp_path_factory: pytest.TempPathFactory
) -> None:
    put(records, told.procedure, *told.decisions[:3])
    put(records, told.procedure, *told.decisions[2:])
    together = dump(records)
    attack(records, *(f"delete from {table}" for table in reversed(together)))  # noqa: S608
    record(records, told)
    assert dump(records) == together


def test_another_decision_under_a_recorded_number_is_refused_loudly(records: Engine, told: Told) -> None:
    record(records, told)
    before = dump(records)
    with pytest.raises(Diverged, match="decision 2"):
        put(records, told.procedure, replace(told.decisions[1], opened=told.decisions[0].opened))
    assert dump(records) == before


def test_a_batch_that_parts_from_the_record_adds_nothing_of_its_rest(records: Engine, told: Told) -> None:
    put(records, told.procedure, *told.decisions[:2])
    before = dump(records)
    with pytest.raises(Diverged):
        put(
            records,
            told.procedure,
            replace(told.decisions[1], opened=told.decisions[0].opened),
            *told.decisions[2:],
        )
    assert dump(records) == before


def test_a_decision_that_does_not_follow_is_refused(records: Engine, told: Told) -> None:
    with pytest.raises(Gap, match="decision 2 came, 0 is the last"):
        put(records, told.procedure, told.decisions[1])
    with pytest.raises(Gap, match="decision 3 came, 1 is the last"):
        put(records, told.procedure, told.decisions[0], told.decisions[2])
    assert cases.get_case(records, "D-1") is None


def test_a_procedure_other_than_the_case_was_filed_under_is_refused(records: Engine, told: Told) -> None:
    with pytest.raises(Diverged, match="not the one it was filed under"):
        put(records, replace(told.procedure, edition="2"), told.decisions[0])


def test_a_case_whose_open_responsibility_was_removed_stops_loudly(records: Engine, told: Told) -> None:
    put(records, told.procedure, told.decisions[0])
    attack(records, "delete from responsibility where number = 2")
    with pytest.raises(Diverged, match="responsibility 2"):
        put(records, told.procedure, told.decisions[1])


def test_a_failure_before_the_end_leaves_nothing(records: Engine, told: Told) -> None:
    put(records, told.procedure, told.decisions[0])
    before = dump(records)

    @event.listens_for(records, "commit")
    def fail(_connection: object) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        put(records, told.procedure, *told.decisions[1:])
    event.remove(records, "commit", fail)
    assert dump(records) == before
    put(records, told.procedure, *told.decisions)
    assert ledger.verify(records).ok


def _die_at_commit(url: str, procedure: Procedure, decisions: list[Decision]) -> None:
    engine = connect(url)
    event.listen(engine, "commit", lambda _connection: os._exit(9))
    commit(engine, procedure, decisions, RECORDED_AT)


def _commit_at(url: str, procedure: Procedure, decisions: list[Decision]) -> str:
    engine = connect(url)
    try:
        commit(engine, procedure, decisions, RECORDED_AT)
    except Diverged:
        return "diverged"
    finally:
        engine.dispose()
    return "recorded"


def test_a_process_that_dies_in_the_middle_leaves_nothing(
    records: Engine, told: Told, database_url: str
) -> None:
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=_die_at_commit, args=(database_url, told.procedure, told.decisions))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert ledger.known_cases(records) == []
    put(records, told.procedure, *told.decisions)
    assert ledger.verify(records).ok


def test_processes_that_record_the_same_at_once_record_it_once(
    records: Engine, told: Told, database_url: str
) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as processes:
        asked = [
            processes.submit(_commit_at, database_url, told.procedure, told.decisions[: n + 1])
            for n in range(len(told.decisions))
            for _ in range(2)
        ]
        assert {answer.result() for answer in asked} == {"recorded"}
    assert recompute(records, "D-1").fault is None
    assert ledger.verify(records).entries == told.case.entries


def _at_once(*asked: Callable[[], object]) -> list[BaseException | None]:
    """Call all of them at the same moment; what each raised."""
    barrier = Barrier(len(asked))

    def call(each: Callable[[], object]) -> None:
        barrier.wait()
        each()

    with ThreadPoolExecutor(len(asked)) as threads:
        return [answer.exception() for answer in [threads.submit(call, each) for each in asked]]


def test_of_different_decisions_at_once_one_is_recorded(records: Engine, told: Told) -> None:
    first, procedure = told.decisions[0], told.procedure
    versions = [replace(first, notices=first.notices[:n]) for n in range(3)]
    raised = _at_once(*(lambda version=version: put(records, procedure, version) for version in versions))
    assert sorted(type(each).__name__ for each in raised) == ["Diverged", "Diverged", "NoneType"]
    assert ledger.verify(records).entries == len(first.entries)


def test_first_cases_of_a_procedure_may_come_at_once(records: Engine, tell: Tell, filed: Filed) -> None:
    lives = [tell("2026-03-02 10:00") for _ in range(4)]
    for number, life in enumerate(lives):
        event_ = replace(filed, case_id=f"D-{number}")
        life.decisions = Told(life.procedure, event_, "2026-03-02 10:00").decisions
    raised = _at_once(*(lambda life=life: record(records, life) for life in lives))
    assert raised == [None] * 4
    assert ledger.known_cases(records) == ["D-0", "D-1", "D-2", "D-3"]


def _refused(records: Engine, statement: str) -> None:
    with records.begin() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_itself_refuses_to_change_what_was_recorded(
    records: Engine, told: Told, table: str
) -> None:
    record(records, told)
    put_offer(records, told.procedure, RECORDED_AT, SYSTEM)
    column = {"decision": "event"}.get(table, "body")
    _refused(records, f"update {table} set {column} = {column}")  # noqa: S608
    _refused(records, f"delete from {table}")  # noqa: S608


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_postgresql_refuses_to_empty_a_table(records: Engine, table: str) -> None:
    _refused(records, f"truncate {table} cascade")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_sqlite_refuses_to_replace_a_row_by_inserting_it(records: Engine, told: Told, table: str) -> None:
    record(records, told)
    put_offer(records, told.procedure, RECORDED_AT, SYSTEM)
    _refused(records, f"insert or replace into {table} select * from {table}")  # noqa: S608


def test_responsibilities_are_spans_with_an_end_a_result_and_the_due_of_the_time(
    records: Engine, tell: Tell
) -> None:
    life = record(records, tell("2026-03-02 10:00").until("2026-03-10 12:00"))
    spans = cases.responsibilities(records, "D-1")
    assert [(s.role, s.stage, s.result, s.overdue, s.closed is None) for s in spans] == [
        ("leader", "village", "escalated", True, False),
        ("lead", "village", "escalated", True, False),
        ("leader", "township", "", False, True),
        ("lead", "township", "", False, True),
    ]
    assert {s.due for s in spans if s.closed is None} == {r.due for r in life.case.responsibilities}


def test_an_open_responsibility_follows_its_deadline(records: Engine, tell: Tell) -> None:
    life = record(records, tell("2026-03-02 10:00"))
    before = cases.responsibilities(records, "D-1")[0].due
    life.act("2026-03-03 09:00", "suspend", "o-village-lead", reason="away")
    record(records, life.act("2026-03-05 09:00", "resume", "o-village-lead"))
    after = cases.responsibilities(records, "D-1")[0].due
    assert before
    assert after == life.case.responsibilities[0].due
    assert after
    assert after > before


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_life_of_a_case_is_recorded_as_the_core_told_it(
    records: Engine, procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    """However it is cut into batches, and whichever of them come twice."""
    case_id = f"D-{uuid4()}"
    decisions = data.draw(lives(procedure, replace(filed, case_id=case_id)))
    done = 0
    while done < len(decisions):
        start = data.draw(st.integers(0, done))
        done = data.draw(st.integers(done + 1, len(decisions)))
        put(records, procedure, *decisions[start:done])
    told = recompute(records, case_id)
    assert told.fault is None
    assert told.decisions == tuple(decisions)
    assert ledger.verify(records, case_id).ok
    assert digest(told.case) == digest(decisions[-1].case)
