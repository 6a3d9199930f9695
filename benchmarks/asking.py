"""Cases filed and acted on over the console's API, as an operator's machine does it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import httpx
from sqlalchemy import Engine, func
from sqlmodel import col, select

from benchmarks.recorded import villages
from definitions.library import Library
from records.database import connect, reading
from records.tables import CaseRow, NoticeRow
from tests.running_engine import until

FIELDS = {"summary": "屋后排水沟被堵", "parties": "甲户与乙户"}


def units() -> Iterator[str]:
    """The county's villages, over and over."""
    return cycle(villages(Library.load(None, "zhuji")))


def file(http: httpx.Client, unit: str) -> str:
    """File a dispute; its number."""
    body = {"procedure": "dispute-mediation", "unit": unit, "fields": FIELDS}
    return str(http.post("/api/cases", json=body).raise_for_status().json()["id"])


def act(http: httpx.Client, number: str, action: str = "note", **fields: str) -> None:
    """Take an action as the lead; by default a note of progress."""
    body = {"action": action, "as": "lead", "fields": fields or {"progress": "已约双方"}}
    http.post(f"/api/cases/{number}/actions", json=body).raise_for_status()


def records_of(home: Path) -> Engine:
    return connect(f"sqlite:///{home / 'records.db'}")


def await_recorded(records: Engine, numbers: list[str], seq: int) -> None:
    """Wait until each of the cases has so many decisions on record."""
    until(lambda: recorded(records, numbers, seq) == len(numbers), f"decision {seq} of {len(numbers)} cases")


def await_delivered(records: Engine) -> None:
    """Wait until the postman has delivered what may be delivered by now."""
    query = select(func.count()).where(
        NoticeRow.state == "waiting", col(NoticeRow.next_at) <= datetime.now(UTC)
    )

    def none() -> bool:
        with reading(records) as session:
            return session.exec(query).one() == 0

    until(none, "the delivery of the notices")


def recorded(records: Engine, numbers: list[str], seq: int) -> int:
    """How many of the cases have so many decisions on record."""
    query = select(func.count()).where(col(CaseRow.id).in_(numbers), col(CaseRow.seq) >= seq)
    with reading(records) as session:
        return session.exec(query).one()
