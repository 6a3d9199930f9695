"""Writing decisions down: one transaction for all that belongs to them; the same again changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.canonical import digest
from casework.case import Case
from casework.decision import Decision
from casework.migrating import edition_after
from casework.procedure import Procedure
from records.chain import GENESIS
from records.database import take_turns, writing
from records.rows import (
    case_row,
    content_hash,
    decision_row,
    definition_row,
    entry_rows,
    follow_spans,
    notice_rows,
    place_rows,
)
from records.tables import CaseRow, DecisionRow, DefinitionRow, ResponsibilityRow


class Diverged(Exception):
    """The record already says otherwise (a restored backup, a reset, tampering). Someone must look."""


class Gap(Exception):
    """Decisions are missing between what is recorded and what came."""


def commit(
    engine: Engine, procedure: Procedure, decisions: Sequence[Decision], recorded_at: datetime
) -> None:
    """Record decisions of one case, in order, in one transaction. ``recorded_at`` is real time.

    ``procedure`` is the edition that the first of them was taken under. Those recorded already are compared
    by hash and passed over. Raises Diverged where they differ, and Gap where the first new one does not
    follow the last recorded one; then nothing is recorded.
    """
    case = decisions[-1].case
    with writing(engine, case.id) as session:
        row = session.get(CaseRow, case.id)
        recorded = row.seq if row else 0
        for decision in decisions:
            if decision.seq <= recorded:
                _compare(session, decision)
        fresh = [decision for decision in decisions if decision.seq > recorded]
        _check_order(case, recorded, fresh)
        if fresh:
            procedure = _define_all(session, procedure, decisions, recorded)
            _write(session, procedure, fresh, row.head if row else GENESIS, recorded_at)


def _compare(session: Session, decision: Decision) -> None:
    row = session.get(DecisionRow, (decision.case.id, decision.seq))
    if row is None or row.content_hash != content_hash(decision):
        raise Diverged(f"case {decision.case.id}: decision {decision.seq} is recorded with other content")


def _check_order(case: Case, recorded: int, fresh: Sequence[Decision]) -> None:
    for expected, decision in enumerate(fresh, start=recorded + 1):
        if decision.seq != expected:
            raise Gap(f"case {case.id}: decision {decision.seq} came, {expected - 1} is the last recorded")


def _define_all(
    session: Session, procedure: Procedure, decisions: Sequence[Decision], recorded: int
) -> Procedure:
    """Record every edition that the new decisions leave the case under; gives the last."""
    for decision in decisions:
        procedure = edition_after(procedure, (decision,))
        if decision.seq > recorded:
            _define(session, procedure, decision.case)
    return procedure


def _define(session: Session, procedure: Procedure, case: Case) -> None:
    """Record the edition that the case runs under, the first time any case does."""
    if session.get(DefinitionRow, case.definition):
        return
    if digest(procedure) != case.definition:
        raise Diverged(f"case {case.id}: the procedure that came is not the one it was filed under")
    take_turns(session, case.definition)
    if not session.get(DefinitionRow, case.definition):
        session.add(definition_row(procedure, case.definition))
        session.flush()


def _write(
    session: Session, procedure: Procedure, fresh: Sequence[Decision], head: str, recorded_at: datetime
) -> None:
    """Write in the order in which the tables refer to each other."""
    case = fresh[-1].case
    entries = entry_rows(fresh, head)
    session.merge(case_row(procedure, case, entries[-1].hash if entries else head))
    session.flush()
    if fresh[0].seq == 1 or any(decision.case.came_from for decision in fresh):
        for row in {row.unit: row for decision in fresh for row in place_rows(decision.case)}.values():
            session.merge(row)
    session.add_all(decision_row(decision, recorded_at) for decision in fresh)
    session.flush()
    session.add_all(entries)
    session.add_all(row for decision in fresh for row in notice_rows(decision))
    _write_spans(session, fresh)


def _write_spans(session: Session, fresh: Sequence[Decision]) -> None:
    case_id = fresh[-1].case.id
    query = select(ResponsibilityRow).where(
        ResponsibilityRow.case_id == case_id, col(ResponsibilityRow.closed).is_(None)
    )
    spans = {span.number: span for span in session.exec(query)}
    for decision in fresh:
        try:
            session.add_all(follow_spans(spans, decision))
        except KeyError as missing:
            raise Diverged(f"case {case_id}: responsibility {missing} is not recorded as open") from missing
