"""Opening and migrating: the tables are what the code says, whoever migrates, however often."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import SQLModel

import records.tables  # noqa: F401  (registers the tables)
from records.database import connect, migrate


def test_the_migrations_give_the_very_tables_of_the_code(records: Engine) -> None:
    with records.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_again_changes_nothing(records: Engine) -> None:
    before = inspect(records).get_table_names()
    migrate(records)
    assert inspect(records).get_table_names() == before


def _migrate_at(url: str) -> list[str]:
    engine = connect(url)
    try:
        migrate(engine)
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_processes_that_migrate_at_once_take_turns(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=spawn) as processes:
        tables = list(processes.map(_migrate_at, [database_url] * 3))
    assert tables[0] == tables[1] == tables[2]
    assert "entry" in tables[0]


def test_sqlite_is_durable_and_keeps_its_references(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/records.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"pragma {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1500}


def test_a_reference_to_nothing_is_refused(records: Engine) -> None:
    with records.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("insert into case_place values ('D-nowhere', '330681', 'county')"))


def test_errors_do_not_tell_the_values_of_a_statement(records: Engine) -> None:
    secret = {"id": "D-1", "unit": "secret", "level": "county"}
    with records.begin() as connection, pytest.raises(IntegrityError) as refused:
        connection.execute(text("insert into case_place values (:id, :unit, :level)"), secret)
    assert "[SQL parameters hidden" in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["postgresql://u@127.0.0.1:1/x", "postgres://u@127.0.0.1:1/x", "postgresql+psycopg://u@127.0.0.1:1/x"],
)
def test_a_database_that_is_away_is_an_error_at_once(url: str) -> None:
    with pytest.raises(OperationalError):
        connect(url).connect()


def test_a_database_of_another_kind_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match=r"mysql: records live in SQLite or PostgreSQL; write sqlite:///"):
        connect("mysql://u:secret@h/x")
