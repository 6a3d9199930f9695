"""Records in both databases, and cases from the core's own small ladder to record in them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from casework.decision import Decision
from casework.procedure import Procedure
from records.commit import commit
from records.database import connect, migrate
from tests.casework.conftest import Tell, Told, calendar, filed, procedure, tell

__all__ = ["Tell", "Told", "calendar", "filed", "procedure", "tell"]

RECORDED_AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def records(database_url: str) -> Iterator[Engine]:
    """The records, migrated and empty, in each kind of database."""
    engine = connect(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


def record(engine: Engine, told: Told) -> Told:
    """Commit all that was decided about a case, decision by decision."""
    for decision in told.decisions:
        put(engine, told.procedure, decision)
    return told


def put(engine: Engine, procedure: Procedure, *decisions: Decision) -> None:
    """Commit decisions as one batch."""
    commit(engine, procedure, decisions, RECORDED_AT)


def dump(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without when it was recorded."""
    columns = {
        "definition": "*",
        "offer": "*",
        "case_row": "*",
        "case_place": "*",
        "decision": "case_id, seq, at, event, content_hash",
        "entry": "*",
        "responsibility": "*",
        "outbox": "*",
    }
    with engine.connect() as connection:
        return {
            table: sorted(tuple(row) for row in connection.execute(text(f"select {which} from {table}")))  # noqa: S608
            for table, which in columns.items()
        }


def attack(engine: Engine, *statements: str) -> None:
    """Change the records as someone would who has the database's files or its owner's password."""
    outsider = create_engine(engine.url)
    with outsider.begin() as connection:
        _disarm(connection)
        for statement in statements:
            connection.execute(text(statement))
    outsider.dispose()


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for table in (
            "definition",
            "offer",
            "case_row",
            "case_place",
            "decision",
            "entry",
            "responsibility",
            "outbox",
        ):
            connection.execute(text(f"alter table {table} disable trigger all"))
        return
    for (name,) in connection.execute(text("select name from sqlite_master where type = 'trigger'")).all():
        connection.execute(text(f"drop trigger {name}"))
