"""What is offered for filing: editions of procedures and calendars, since when, and by whom.

An offer is never changed. The last one of a name is the edition that is offered. One that was offered before
can be offered again, but no other content can take the name of an edition.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from casework.calendar import Calendar
from casework.canonical import canonical
from casework.case import Actor
from casework.procedure import Procedure
from records.database import reading, writing
from records.tables import DefinitionRow, OfferRow

OfferKind = Literal["procedure", "calendar"]
_PROCEDURE = TypeAdapter(Procedure)
_CALENDAR = TypeAdapter(Calendar)


class EditionTaken(Exception):
    """The edition is recorded with other content: ``recorded``. A change needs another edition."""

    def __init__(self, recorded: Procedure | Calendar) -> None:
        super().__init__("the edition is recorded with other content")
        self.recorded = recorded


class Forged(Exception):
    """An offer's content is not what its hash says: someone changed it."""


@dataclass(frozen=True)
class Offer:
    """An edition, and since when (real time) and by whom it is offered."""

    number: int
    edition: Procedure | Calendar
    since: datetime
    official: str
    official_name: str


def newest(engine: Engine) -> int:
    """The number of the last offer; it changes whenever anything new is offered."""
    with reading(engine) as session:
        return _newest(session)


def offered(engine: Engine) -> list[Offer]:
    """What is offered now: the last offer of each kind and name. Raises Forged."""
    last = select(func.max(OfferRow.number)).group_by(col(OfferRow.kind), col(OfferRow.name))
    query = select(OfferRow).where(col(OfferRow.number).in_(last)).order_by(col(OfferRow.number))
    with reading(engine) as session:
        return [_offer(row) for row in session.exec(query)]


def find(engine: Engine, kind: OfferKind, name: str, edition: str) -> Offer | None:
    """An edition that is or was offered. Raises Forged."""
    with reading(engine) as session:
        row = _last(session, kind, name, edition)
        return _offer(row) if row else None


def of_hash(engine: Engine, content: str) -> Procedure | None:
    """The edition of a procedure with that content hash that is or was offered. Raises Forged."""
    query = select(OfferRow).where(OfferRow.kind == "procedure", OfferRow.hash == content)
    with reading(engine) as session:
        row = session.exec(query.limit(1)).first()
        edition = _offer(row).edition if row else None
    return edition if isinstance(edition, Procedure) else None


def standing(engine: Engine, edition: Procedure | Calendar) -> Offer | None:
    """The offer of exactly this edition, where it is the one that is offered now. Raises EditionTaken."""
    with reading(engine) as session:
        return _standing(session, edition)


def put(engine: Engine, edition: Procedure | Calendar, since: datetime, by: Actor) -> Offer:
    """Offer an edition from now on; one that is offered already stays as it is. Raises EditionTaken."""
    with writing(engine, "offers") as session:
        already = _standing(session, edition)
        if already:
            return already
        body = canonical(edition)
        row = OfferRow(
            number=_newest(session) + 1, kind=kind_of(edition), name=edition.name, edition=edition.edition,
            hash=_hash(body), body=body, since=since, official=by.id, official_name=by.name,
        )  # fmt: skip
        session.add(row)
        return _offer(row)


def _newest(session: Session) -> int:
    return session.exec(select(func.max(OfferRow.number))).one() or 0


def _last(session: Session, kind: OfferKind, name: str, edition: str = "") -> OfferRow | None:
    query = select(OfferRow).where(OfferRow.kind == kind, OfferRow.name == name)
    if edition:
        query = query.where(OfferRow.edition == edition)
    return session.exec(query.order_by(col(OfferRow.number).desc()).limit(1)).first()


def _standing(session: Session, edition: Procedure | Calendar) -> Offer | None:
    for other in _of_that_name(session, edition):
        if other != edition:
            raise EditionTaken(other)
    last = _last(session, kind_of(edition), edition.name)
    return _offer(last) if last and last.edition == edition.edition else None


def _of_that_name(session: Session, edition: Procedure | Calendar) -> Iterator[Procedure | Calendar]:
    """What is recorded under the name of an edition: offered, or by the cases that were filed under it.

    Values are compared, not texts, so that what an older version of this program recorded compares alike.
    """
    row = _last(session, kind_of(edition), edition.name, edition.edition)
    if row:
        yield _offer(row).edition
    if isinstance(edition, Procedure):
        query = select(DefinitionRow.body).where(
            DefinitionRow.procedure == edition.name, DefinitionRow.edition == edition.edition
        )
        yield from (_PROCEDURE.validate_json(body) for body in session.exec(query))


def _offer(row: OfferRow) -> Offer:
    if _hash(row.body) != row.hash:
        raise Forged(f"{row.kind} {row.name} {row.edition}")
    adapter: TypeAdapter[Procedure] | TypeAdapter[Calendar] = (
        _PROCEDURE if row.kind == "procedure" else _CALENDAR
    )
    return Offer(row.number, adapter.validate_json(row.body), row.since, row.official, row.official_name)


def kind_of(edition: Procedure | Calendar) -> OfferKind:
    return "procedure" if isinstance(edition, Procedure) else "calendar"


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
