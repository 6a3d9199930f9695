"""Opening the records: SQLite in write-ahead mode for one machine, PostgreSQL beyond."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import TimeoutError as DatabaseBusy
from sqlmodel import Session

MIGRATIONS = Path(__file__).parent / "migrations"
_AWAY_SECONDS = 2
_BUSY_SECONDS = 1.5  # within the two seconds that a commit has before it is retried at leisure


def connect(url: str) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql://…``. It fails fast when the database is away.

    Nothing is opened yet. Raises ValueError for a database that is neither. Values never show in errors.
    """
    where = make_url(url.replace("postgres://", "postgresql://", 1))
    match where.get_backend_name():
        case "sqlite":
            return _sqlite(where)
        case "postgresql":
            return _postgresql(where)
    raise ValueError(
        f"{where.drivername}: records live in SQLite or PostgreSQL; write sqlite:///path or postgresql://…"
    )


def _postgresql(where: URL) -> Engine:
    patience = {"connect_timeout": _AWAY_SECONDS, "tcp_user_timeout": _AWAY_SECONDS * 1000}
    return create_engine(
        where.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_timeout=_AWAY_SECONDS,
        connect_args=patience,
        hide_parameters=True,
    )


def _sqlite(where: URL) -> Engine:
    """SQLite with transactions that we begin ourselves: the driver would begin them late, and deferred.

    Its writers of one process wait for each other at a lock: at SQLite's own they would poll, and starve.
    """
    waiting = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    turns = {"turns": threading.Lock()}
    engine = create_engine(where, connect_args=waiting, hide_parameters=True, execution_options=turns)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on"):
            connection.execute(f"pragma {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


@contextmanager
def writing(engine: Engine, about: str = "") -> Iterator[Session]:
    """One write transaction, all or nothing. Two that are ``about`` the same thing take turns."""
    connected = engine.connect().execution_options(writes=True)
    with connected as connection, _turn(engine), connection.begin(), Session(connection) as session:
        if about:
            take_turns(session, about)
        yield session
        session.flush()


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Among the writers of this process. Raises DatabaseBusy where one holds the records up."""
    turns: threading.Lock | None = engine.get_execution_options().get("turns")
    if turns is None:
        yield
        return
    if not turns.acquire(timeout=_BUSY_SECONDS):
        raise DatabaseBusy("another writer holds the records")
    try:
        yield
    finally:
        turns.release()


def take_turns(session: Session, about: str) -> None:
    """Wait for other transactions about the same thing. On SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        lock = text("select pg_advisory_xact_lock(hashtextextended(:about, 0))")
        session.connection().execute(lock, {"about": about})


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One read transaction that sees the records as of one moment, whatever is committed meanwhile."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    connected = engine.connect().execution_options(**level)
    with connected as connection, Session(connection, expire_on_commit=False) as session:
        yield session


def migrate(engine: Engine) -> None:
    """Bring the database to the newest tables. Several processes may do so at once: they take turns."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine, "fengqiao migrations") as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
