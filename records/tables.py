"""The tables. Every column is described in docs/records.md, which a test compares."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from records.instants import Instant

# The constructors of tables do not validate: what goes in comes from the core's own typed values (rows.py).


class DefinitionRow(SQLModel, table=True):
    """An edition of a procedure as cases were filed under it, by content hash. Append-only."""

    __tablename__: ClassVar[str] = "definition"
    hash: str = Field(primary_key=True)
    procedure: str
    edition: str
    body: str


class OfferRow(SQLModel, table=True):
    """An edition of a procedure or calendar that was put on offer for filing. Append-only; the last of a
    name is the one that is offered."""

    __tablename__: ClassVar[str] = "offer"
    __table_args__ = (Index("ix_offer_kind_name", "kind", "name", "number"),)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    name: str
    edition: str
    hash: str
    body: str
    since: datetime = Field(sa_type=Instant)
    official: str
    official_name: str


class CaseRow(SQLModel, table=True):
    """A case as of its last recorded decision: the whole of it, and columns to list it by."""

    __tablename__: ClassVar[str] = "case_row"
    __table_args__ = (
        Index("ix_case_row_open_overdue_due", "open", "overdue", "due"),
        Index("ix_case_row_open_level_overdue_due", "open", "level", "overdue", "due"),
    )
    id: str = Field(primary_key=True)
    kind: str
    procedure: str
    edition: str
    definition: str = Field(foreign_key="definition.hash")
    stage: str
    level: str
    unit: str
    origin: str
    grade: str
    urgent: bool
    open: bool
    overdue: bool
    due: datetime | None = Field(sa_type=Instant)
    due_day: date | None
    provisional: bool
    filed: datetime = Field(sa_type=Instant)
    entered: datetime = Field(sa_type=Instant)
    ended: datetime | None = Field(sa_type=Instant)
    outcome: str | None
    seq: int
    entries: int
    head: str
    body: str


class PlaceRow(SQLModel, table=True):
    """A unit on a case's ladder: what finds the cases of a unit and of all units below it."""

    __tablename__: ClassVar[str] = "case_place"
    __table_args__ = (Index("ix_case_place_unit", "unit", "case_id"),)
    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    unit: str = Field(primary_key=True)
    level: str


class DecisionRow(SQLModel, table=True):
    """One decision: the event that came, and the hash of all that was decided. Append-only."""

    __tablename__: ClassVar[str] = "decision"
    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    event: str
    content_hash: str
    recorded_at: datetime = Field(sa_type=Instant)


class EntryRow(SQLModel, table=True):
    """One entry of the ledger, chained to the one before it in its case. Append-only."""

    __tablename__: ClassVar[str] = "entry"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "seq"], ["decision.case_id", "decision.seq"]),
        Index("ix_entry_kind_at", "kind", "at"),
    )
    case_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seq: int
    at: datetime = Field(sa_type=Instant)
    kind: str
    body: str
    previous: str
    hash: str


class ResponsibilityRow(SQLModel, table=True):
    """A span: who answered for a case in which role, from when to when, until when due, with what result."""

    __tablename__: ClassVar[str] = "responsibility"
    case_id: str = Field(primary_key=True, foreign_key="case_row.id")
    number: int = Field(primary_key=True)
    role: str
    post: str
    unit: str
    official: str = Field(index=True)
    name: str
    stage: str
    vacant: str
    opened: datetime = Field(sa_type=Instant)
    due: datetime | None = Field(sa_type=Instant)
    closed: datetime | None = Field(sa_type=Instant)
    result: str
    overdue: bool


class NoticeRow(SQLModel, table=True):
    """A notice on its way: what to tell whom, not before when, and how the attempts went."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (Index("ix_outbox_state_next_at", "state", "next_at"),)
    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case_row.id")
    seq: int
    number: int
    official: str
    state: str
    next_at: datetime = Field(sa_type=Instant)
    attempts: int
    channel: str
    error: str
    body: str
    settled: datetime | None = Field(sa_type=Instant)
