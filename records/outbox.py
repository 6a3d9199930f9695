"""The outbox: notices waiting to be delivered, claimed by one worker at a time under a lease."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from casework.decision import Notice
from records.database import writing
from records.tables import NoticeRow

_NOTICE = TypeAdapter(Notice)
_ORDER = (col(NoticeRow.next_at), col(NoticeRow.case_id), col(NoticeRow.seq), col(NoticeRow.number))


@dataclass(frozen=True)
class Message:
    """A claimed notice, the ``number``-th of its decision. ``attempts`` counts those begun, this one too."""

    case_id: str
    seq: int
    number: int
    notice: Notice
    attempts: int


def claim(engine: Engine, now: datetime, limit: int, lease: timedelta) -> list[Message]:
    """Take up to ``limit`` notices that may be sent by now, the longest waiting first. All times are real.

    Those of one case that wait equally long come in the order in which they were decided. No other worker is
    given them within the lease. One that is not settled by then (its worker died) can be claimed again, so a
    notice may be delivered twice and is never lost.
    """
    due = (
        select(NoticeRow.id)
        .where(NoticeRow.state == "waiting", col(NoticeRow.next_at) <= now)
        .order_by(*_ORDER)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite a writer is alone
        .cte("due")
    )
    taken = (
        update(NoticeRow)
        .where(col(NoticeRow.id).in_(select(due.c.id)))
        .values(next_at=now + lease, attempts=NoticeRow.attempts + 1)
        .returning(
            col(NoticeRow.case_id),
            col(NoticeRow.seq),
            col(NoticeRow.number),
            col(NoticeRow.body),
            col(NoticeRow.attempts),
        )
    )
    with writing(engine) as session:
        rows = session.connection().execute(taken).all()
    messages = [Message(*row[:3], _NOTICE.validate_json(row.body), row.attempts) for row in rows]
    return sorted(messages, key=lambda each: (each.notice.send_at, each.case_id, each.seq, each.number))


def mark_sent(engine: Engine, notice_id: str, channel: str, at: datetime) -> None:
    """A channel took the notice."""
    with writing(engine) as session:
        if row := _unsettled(session, notice_id):
            row.state, row.channel, row.error, row.settled = "sent", channel, "", at


def mark_failed(engine: Engine, notice_id: str, channel: str, error: str, at: datetime) -> None:
    """Give a notice up. ``error`` must hold no personal data."""
    with writing(engine) as session:
        if row := _unsettled(session, notice_id):
            row.state, row.channel, row.error, row.settled = "failed", channel, error, at


def mark_retry(engine: Engine, notice_id: str, channel: str, error: str, next_at: datetime) -> None:
    """Let a notice wait until ``next_at`` for its next attempt. ``error`` must hold no personal data."""
    with writing(engine) as session:
        if row := _unsettled(session, notice_id):
            row.channel, row.error, row.next_at = channel, error, next_at


def _unsettled(session: Session, notice_id: str) -> NoticeRow | None:
    """The notice, unless it was settled already: a worker whose lease ran out changes nothing any more.

    Raises sqlalchemy's NoResultFound for an id that there is not.
    """
    row = session.get_one(NoticeRow, notice_id, with_for_update=True)
    return row if row.state == "waiting" else None
