"""The database is away for a minute while cases go on: entries come late, each at its own instant."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import Session, col, select

from records.database import connect
from records.tables import DecisionRow
from tests.databases import PostgresServer, fresh_database, postgres_server
from tests.faults.county import County, check, wait_for, wait_for_answers
from tests.running_engine import running

DRILL = ("--epoch", "2026-03-02", "--speed", "20000")
VILLAGE_IS_OVERDUE = datetime(2026, 3, 13, tzinfo=UTC)  # within a minute of the filing: while it is away
MINUTE = 60.0
CASES = 20
Away = Callable[[], AbstractContextManager[None]]


def test_a_database_that_is_away_for_a_minute_delays_entries_and_loses_none(tmp_path: Path) -> None:
    """SQLite held by another program, PostgreSQL stopped: both in the same minute, each under an engine."""
    with postgres_server() as server, ThreadPoolExecutor(2) as both:
        lite, post = f"sqlite:///{tmp_path / 'records.db'}", fresh_database(server)
        counties = [
            both.submit(live_through, tmp_path / "lite", lite, partial(held, lite)),
            both.submit(live_through, tmp_path / "post", post, partial(stopped, server)),
        ]
        for county in counties:
            county.result()


def live_through(home: Path, database: str, away: Away) -> None:
    """A county's minute without its records."""
    records = connect(database)
    with running(home, *DRILL, database=database) as engine:
        county = County(engine, seed=1)
        county.file(CASES)
        wait_for(records, county, datetime(2026, 3, 2, 1, tzinfo=UTC))
        with county.acting(leave=CASES // 2):
            with away():
                began = datetime.now(UTC)
                time.sleep(MINUTE)  # the outage itself, not a wait for something
                ended = datetime.now(UTC)
            wait_for(records, county, VILLAGE_IS_OVERDUE)
        wait_for_answers(records, county)
    kinds = check(records, county, VILLAGE_IS_OVERDUE)
    with Session(records) as session:
        meanwhile = col(DecisionRow.recorded_at).between(began, ended)
        assert session.exec(select(DecisionRow).where(meanwhile)).all() == []
    records.dispose()
    assert county.taken
    assert kinds["overdue"] >= CASES // 2


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another program holds the file against every writer."""
    other = sqlite3.connect(make_url(url).database or "", isolation_level=None, timeout=30)
    other.execute("begin exclusive")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


@contextmanager
def stopped(server: PostgresServer) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()
