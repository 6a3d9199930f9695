"""Checking the record against the pure core: the stored events, told again, must give all that is stored."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session, col, select

from casework.case import Case
from casework.decide import decide, next_due
from casework.decision import Decision, Entry, NotAllowed, Notice
from casework.event import Event, Filed, TimeReached
from casework.migrating import edition_after
from casework.procedure import Procedure
from records.database import reading
from records.fault import Fault, Why
from records.ledger import entry_rows_of
from records.rows import case_row, follow_spans
from records.tables import CaseRow, DecisionRow, DefinitionRow, NoticeRow, ResponsibilityRow

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_CASE = TypeAdapter(Case)
_ENTRY = TypeAdapter(Entry)
_NOTICE = TypeAdapter(Notice)
_PROCEDURE = TypeAdapter(Procedure)


@dataclass(frozen=True)
class Recomputed:
    """What the core answers for a case's stored events, and the first fault of the record against it."""

    decisions: tuple[Decision, ...]
    fault: Fault | None

    @property
    def case(self) -> Case:
        return self.decisions[-1].case

    @property
    def entries(self) -> list[Entry]:
        return [entry for decision in self.decisions for entry in decision.entries]

    @property
    def difference(self) -> str:
        """The fault in English, or ""."""
        return self.fault.en if self.fault else ""


def recompute(engine: Engine, case_id: str) -> Recomputed:
    """Tell the core a case's recorded events again and compare all that came of them.

    Values are compared, not texts or hashes, so that an older version's records compare alike. Raises
    sqlalchemy's NoResultFound for a case that is not recorded.
    """
    with reading(engine) as session:
        row = session.get_one(CaseRow, case_id)
        try:
            return _told_again(session, row)
        except NoResultFound:
            return Recomputed((), Fault(case_id, 1, "definition"))
        except ValueError:  # what is stored is no JSON, or none of ours
            return Recomputed((), Fault(case_id, row.entries, "unreadable"))


def _told_again(session: Session, row: CaseRow) -> Recomputed:
    query = select(DecisionRow).where(DecisionRow.case_id == row.id)
    stored = session.exec(query.order_by(col(DecisionRow.seq))).all()
    events = [_event(session, each) for each in stored]
    first = events[0].definition if events and isinstance(events[0], Filed) else row.definition
    procedure = _procedure(session, first)
    decisions, why = _decide_again(procedure, stored, events)
    told = Recomputed(tuple(decisions), None)
    if why:
        return Recomputed(told.decisions, Fault(row.id, len(told.entries) + 1, why))
    return Recomputed(told.decisions, _differs(session, edition_after(procedure, decisions), row, told))


def _procedure(session: Session, definition: str) -> Procedure:
    return _PROCEDURE.validate_json(session.get_one(DefinitionRow, definition).body)


def _event(session: Session, row: DecisionRow) -> Event:
    """A stored event, the procedure of a migration put back into it."""
    told = json.loads(row.event)
    if isinstance(told, dict) and told.get("kind") == "migrated":
        told["procedure"] = json.loads(session.get_one(DefinitionRow, told["definition"]).body)
    return _EVENT.validate_python(told)


def _decide_again(
    procedure: Procedure, stored: Sequence[DecisionRow], events: Sequence[Event]
) -> tuple[list[Decision], Why | None]:
    """Decide every stored event again. Time must have come exactly when it was due."""
    decisions: list[Decision] = []
    for row, event in zip(stored, events, strict=True):
        case = decisions[-1].case if decisions else None
        due = next_due(procedure, case) if case else None
        if isinstance(event, TimeReached) and due != row.at:
            return decisions, "untimely"
        if not isinstance(event, TimeReached) and due and due <= row.at:
            return decisions, "skipped"
        try:
            decisions.append(decide(procedure, case, event, row.at))
            procedure = edition_after(procedure, decisions[-1:])
        except NotAllowed:
            return decisions, "refused"
    return decisions, None


def _differs(session: Session, procedure: Procedure, row: CaseRow, told: Recomputed) -> Fault | None:
    """What is stored beside the events, compared with what the core gave."""
    stored = [_ENTRY.validate_json(entry.body) for entry in entry_rows_of(session, row.id)]
    if stored != told.entries:
        pairs = enumerate(zip(stored, told.entries, strict=False), start=1)
        first = next((n for n, (mine, theirs) in pairs if mine != theirs), None)
        return Fault(row.id, first or min(len(stored), len(told.entries)) + 1, "entries")
    checks: tuple[tuple[Why, bool], ...] = (
        ("case", _CASE.validate_json(row.body) == told.case),
        ("columns", _columns(case_row(procedure, told.case, row.head)) == _columns(row)),
        ("spans", _stored_spans(session, row.id) == _told_spans(told)),
        ("notices", _stored_notices(session, row.id) == _told_notices(told)),
    )
    return next((Fault(row.id, len(stored), why) for why, same in checks if not same), None)


def _columns(row: CaseRow) -> dict[str, object]:
    return row.model_dump(exclude={"body"})


def _stored_spans(session: Session, case_id: str) -> list[dict[str, object]]:
    query = select(ResponsibilityRow).where(ResponsibilityRow.case_id == case_id)
    return [span.model_dump() for span in session.exec(query.order_by(col(ResponsibilityRow.number)))]


def _told_spans(told: Recomputed) -> list[dict[str, object]]:
    running: dict[int, ResponsibilityRow] = {}
    spans = [span for decision in told.decisions for span in follow_spans(running, decision)]
    return [span.model_dump() for span in sorted(spans, key=lambda span: span.number)]


def _stored_notices(session: Session, case_id: str) -> dict[str, Notice]:
    query = select(NoticeRow).where(NoticeRow.case_id == case_id)
    return {row.id: _NOTICE.validate_json(row.body) for row in session.exec(query)}


def _told_notices(told: Recomputed) -> dict[str, Notice]:
    return {notice.id: notice for decision in told.decisions for notice in decision.notices}
