"""Reading and checking the ledger: of what was changed, deleted or reordered, the first entry is named."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casework.decision import Entry
from records.cases import definitions_of
from records.chain import GENESIS, entry_hash
from records.database import reading
from records.fault import Fault, Why
from records.tables import CaseRow, DecisionRow, DefinitionRow, EntryRow, PlaceRow, ResponsibilityRow

_ENTRY = TypeAdapter(Entry)


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many cases and entries were read, and the first fault of each bad case."""

    cases: int
    entries: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def entries(engine: Engine, case_id: str) -> list[Entry]:
    """The entries of a case, in order."""
    with reading(engine) as session:
        return [_ENTRY.validate_json(row.body) for row in entry_rows_of(session, case_id)]


def hashes(engine: Engine, case_id: str) -> list[str]:
    """The hash of each entry of a case, in order."""
    with reading(engine) as session:
        return [row.hash for row in entry_rows_of(session, case_id)]


def entry_rows_of(session: Session, case_id: str) -> Sequence[EntryRow]:
    query = select(EntryRow).where(EntryRow.case_id == case_id)
    return session.exec(query.order_by(col(EntryRow.number))).all()


def known_cases(engine: Engine) -> list[str]:
    """Every case that any table knows of: to delete a case from one of them is noticed."""
    named = (EntryRow, DecisionRow, PlaceRow, ResponsibilityRow)
    with reading(engine) as session:
        known = set(session.exec(select(CaseRow.id)))
        for table in named:
            known |= set(session.exec(select(table.case_id).distinct()))
    return sorted(known)


def verify(engine: Engine, case_id: str | None = None) -> Verdict:
    """Check every chain, or that of one case, against its own hashes and what its case says of it."""
    ids = [case_id] if case_id else known_cases(engine)
    definitions = _true_definitions(engine)
    read, faults = 0, []
    for each in ids:
        with reading(engine) as session:
            rows, case = entry_rows_of(session, each), session.get(CaseRow, each)
            seqs = set(session.exec(select(DecisionRow.seq).where(DecisionRow.case_id == each)))
        read += len(rows)
        under = _editions(engine, case, rows) if case else set()
        found = _chain_fault(rows) or _case_fault(rows, case, seqs, under <= definitions)
        if found:
            faults.append(Fault(each, *found))
    return Verdict(len(ids), read, tuple(faults))


def _true_definitions(engine: Engine) -> set[str]:
    """Hashes of the definitions whose body is what their hash says."""
    with reading(engine) as session:
        rows = session.exec(select(DefinitionRow)).all()
    return {row.hash for row in rows if hashlib.sha256(row.body.encode()).hexdigest() == row.hash}


def _chain_fault(rows: Sequence[EntryRow]) -> tuple[int, Why] | None:
    head = GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.number != expected:
            return (expected, "missing") if row.number > expected else (row.number, "added")
        if why := _entry_fault(row):
            return expected, why
        if row.previous != head:
            return expected, "unlinked"
        head = row.hash
    return None


def _entry_fault(row: EntryRow) -> Why | None:
    """Whether an entry matches its own hash, and the columns beside its body say the same as it does."""
    if row.hash != entry_hash(row.previous, row.case_id, row.seq, row.body):
        return "changed"
    try:
        body = json.loads(row.body)
        number, said = body["number"], (body["kind"], datetime.fromisoformat(body["at"]))
    except (ValueError, TypeError, KeyError):
        return "unreadable"
    if number != row.number:
        return "reordered"
    return None if said == (row.kind, row.at) else "changed"


def _editions(engine: Engine, case: CaseRow, rows: Sequence[EntryRow]) -> set[str]:
    """The editions that a case has run under, as its own events say."""
    if all(row.kind != "migrated" for row in rows):
        return {case.definition}
    try:
        return {case.definition, *definitions_of(engine, case.id)}
    except (ValueError, TypeError, KeyError):  # what is stored is none of ours: no edition can hold it
        return {""}


def _case_fault(
    rows: Sequence[EntryRow], case: CaseRow | None, seqs: set[int], definitions_hold: bool
) -> tuple[int, Why] | None:
    """Whether the entries are as many, and end as, the case says, and belong to recorded decisions.

    ``definitions_hold``: the editions that the case has run under are recorded, and are what they were.
    """
    if case is None:
        return len(rows) or 1, "case-missing"
    if case.entries != len(rows):
        return (len(rows) + 1, "missing") if case.entries > len(rows) else (case.entries + 1, "added")
    if rows and case.head != rows[-1].hash:
        return len(rows), "head"
    if lost := sorted(set(range(1, case.seq + 1)) - seqs):
        return next((row.number for row in rows if row.seq >= lost[0]), len(rows)), "decision-missing"
    return None if definitions_hold else (1, "definition")
