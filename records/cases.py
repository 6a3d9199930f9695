"""The read model: cases to list, count and open. Lists come from here, never from the engine."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Engine, case, func
from sqlmodel import col, select

from casework.case import Case
from casework.procedure import Procedure
from records.database import reading
from records.tables import CaseRow, DecisionRow, DefinitionRow, EntryRow, PlaceRow, ResponsibilityRow

_CASE = TypeAdapter(Case)
_PROCEDURE = TypeAdapter(Procedure)
_AT_ONCE = 200


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to list; None leaves a matter open.

    ``unit`` is a unit's code and takes the cases filed there or anywhere below it; ``begins`` is the
    beginning of a case's id.
    """

    level: str | None = None
    stage: str | None = None
    unit: str | None = None
    procedure: str | None = None
    overdue: bool | None = None
    open: bool | None = True
    begins: str | None = None


@dataclass(frozen=True)
class LevelCount:
    """How a level stands: cases open, overdue, and due soon."""

    level: str
    open: int
    overdue: int
    due_soon: int


def list_cases(engine: Engine, wanted: CaseFilter, limit: int = 100, offset: int = 0) -> list[CaseRow]:
    """Overdue cases first, then by due moment; those that nothing is due for come last."""
    order = (col(CaseRow.overdue).desc(), col(CaseRow.due).asc().nulls_last(), col(CaseRow.id))
    page = select(CaseRow.id).where(*_conditions(wanted)).order_by(*order).limit(limit).offset(offset)
    query = select(CaseRow).where(col(CaseRow.id).in_(page)).order_by(*order)  # sorts ids, not whole cases
    with reading(engine) as session:
        return list(session.exec(query))


def _conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (CaseRow.level, wanted.level),
        (CaseRow.stage, wanted.stage),
        (CaseRow.procedure, wanted.procedure),
        (CaseRow.overdue, wanted.overdue),
        (CaseRow.open, wanted.open),
    ):
        if value is not None:
            yield col(column) == value
    if wanted.unit is not None:
        below = select(PlaceRow.case_id).where(PlaceRow.unit == wanted.unit)
        yield col(CaseRow.id).in_(below)
    if wanted.begins:
        yield col(CaseRow.id).startswith(wanted.begins, autoescape=True)


def count_by_level(engine: Engine, soon: datetime) -> list[LevelCount]:
    """Open cases by level; ``due_soon`` are those due by ``soon`` and not overdue."""
    late = case((col(CaseRow.overdue), 1), else_=0)
    near = case((~col(CaseRow.overdue) & (col(CaseRow.due) <= soon), 1), else_=0)
    query = (
        select(CaseRow.level, func.count(), func.sum(late), func.sum(near))
        .where(col(CaseRow.open))
        .group_by(CaseRow.level)
    )
    with reading(engine) as session:
        return [LevelCount(level, opened, late, near) for level, opened, late, near in session.exec(query)]


def begin_with(engine: Engine, prefix: str, limit: int) -> list[str]:
    """Case ids that begin so, in order."""
    query = select(CaseRow.id).where(col(CaseRow.id).startswith(prefix, autoescape=True))
    with reading(engine) as session:
        return list(session.exec(query.order_by(CaseRow.id).limit(limit)))


def get_case(engine: Engine, case_id: str) -> tuple[Case, Procedure] | None:
    """A case whole, with the procedure it runs under; None where it is not recorded."""
    with reading(engine) as session:
        row = session.get(CaseRow, case_id)
        if row is None:
            return None
        definition = session.get_one(DefinitionRow, row.definition)
        return _CASE.validate_json(row.body), _PROCEDURE.validate_json(definition.body)


def decisions(engine: Engine, case_id: str) -> list[DecisionRow]:
    """The recorded decisions of a case, in order."""
    query = select(DecisionRow).where(DecisionRow.case_id == case_id).order_by(col(DecisionRow.seq))
    with reading(engine) as session:
        return list(session.exec(query))


def responsibilities(engine: Engine, case_id: str) -> list[ResponsibilityRow]:
    """Every span of a case, open and closed, in the order they were opened."""
    query = select(ResponsibilityRow).where(ResponsibilityRow.case_id == case_id)
    with reading(engine) as session:
        return list(session.exec(query.order_by(col(ResponsibilityRow.number))))


def open_cases(
    engine: Engine, procedure: str | None = None, after: str = "", ids: Collection[str] = ()
) -> Iterator[Case]:
    """Open cases whole, in the order of their ids, a few in memory at a time; all where ``ids`` is empty."""
    query = select(CaseRow.body).where(CaseRow.open, CaseRow.id > after).order_by(CaseRow.id)
    if procedure is not None:
        query = query.where(CaseRow.procedure == procedure)
    if ids:
        query = query.where(col(CaseRow.id).in_(ids))
    with reading(engine) as session:
        for body in session.exec(query, execution_options={"yield_per": _AT_ONCE}):
            yield _CASE.validate_json(body)


def definition(engine: Engine, content: str) -> Procedure | None:
    """The edition with that hash, where cases ran or run under it."""
    with reading(engine) as session:
        row = session.get(DefinitionRow, content)
    return _PROCEDURE.validate_json(row.body) if row else None


def definitions(engine: Engine) -> list[str]:
    """The hashes of all editions that cases ran or run under."""
    with reading(engine) as session:
        return list(session.exec(select(DefinitionRow.hash)))


def definitions_of(engine: Engine, case_id: str) -> list[str]:
    """The hashes of the editions a case has run under: the one it was filed under, then each migrated to."""
    migrated = select(EntryRow.seq).where(EntryRow.case_id == case_id, EntryRow.kind == "migrated")
    told = (col(DecisionRow.seq) == 1) | col(DecisionRow.seq).in_(migrated)
    query = select(DecisionRow.event).where(DecisionRow.case_id == case_id, told)
    with reading(engine) as session:
        events = session.exec(query.order_by(col(DecisionRow.seq)))
        return [str(json.loads(event)["definition"]) for event in events]
