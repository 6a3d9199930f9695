"""What tests of several parts share: databases to record in, SQLite and PostgreSQL, and figures to print."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, fresh_database, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that the whole run shares; it starts when the first test asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    return postgres.get_uri()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.db'}"
    return fresh_database(request.getfixturevalue("postgres"))


@pytest.fixture
def print_figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Prints a line at the end of the run, also when tests run in several processes."""
    return lambda line: record_property("figures", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [str(text) for each in reports for name, text in each.user_properties if name == "figures"]
    if lines:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(lines))
