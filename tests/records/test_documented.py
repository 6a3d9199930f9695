"""Tables and columns are documented in both languages, and what the documents give to run works."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from casework.decision import EntryKind, NoticeKind
from records import tables
from records.ledger import hashes
from tests.records.conftest import Tell, Told, attack, record

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("records.md", "records.zh-CN.md")
OURS = {
    table.name: [column.name for column in table.columns]
    for table in SQLModel.metadata.sorted_tables
    if any(getattr(each, "__tablename__", "") == table.name for each in vars(tables).values())
}
EXPORT = "select case_id, number, seq, previous, hash, body from entry order by case_id, number"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)\n *```$", page(name), re.DOTALL | re.MULTILINE)


@pytest.fixture
def told(records: Engine, tell: Tell) -> Told:
    """A case that nobody handled for a month, recorded."""
    return record(records, tell("2026-03-02 10:00").until("2026-04-10 12:00"))


@pytest.mark.parametrize("name", PAGES)
def test_every_table_is_documented_with_just_its_columns(name: str) -> None:
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", page(name), re.DOTALL | re.MULTILINE))
    documented = {
        table: re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE) for table, told in sections.items()
    }
    assert documented == OURS


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_entry_and_notice_is_documented(name: str) -> None:
    missing = [
        kind for kind in (*get_args(EntryKind), *get_args(NoticeKind)) if f"`{kind}`" not in page(name)
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "yes"), [("records.md", "yes"), ("records.zh-CN.md", "是")])
def test_what_is_called_append_only_refuses_change(records: Engine, name: str, yes: str) -> None:
    rows = re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| .* \| (\S+) \|$", page(name), re.MULTILINE)
    query = "select tbl_name from sqlite_master where type = 'trigger'"
    if records.dialect.name == "postgresql":
        query = "select event_object_table from information_schema.triggers"
    with records.connect() as connection:
        guarded = set(connection.execute(text(query)).scalars())
    assert {table for table, said in rows if said == yes} == guarded
    assert (
        {table for table, _ in rows}
        == set(OURS)
        == set(inspect(records).get_table_names()) - {"alembic_version"}
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_query_of_the_documents_can_be_asked(records: Engine, told: Told, name: str) -> None:
    del told
    queries = blocks(name, "sql")
    assert len(queries) > 10
    for query in queries:
        other = {"sqlite": "-- PostgreSQL", "postgresql": "-- SQLite"}[records.dialect.name]
        if not query.strip().startswith(other):
            with records.connect() as connection:
                connection.exec_driver_sql(query)


@pytest.mark.parametrize("name", PAGES)
def test_the_documents_script_finds_a_whole_chain_and_tells_its_head(
    records: Engine, told: Told, name: str
) -> None:
    checked = check(records, name)
    assert checked.returncode == 0
    assert checked.stdout.split() == ["D-1", str(told.case.entries), hashes(records, "D-1")[-1]]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("update entry set body = replace(body, 'village', 'county') where number = 5", 5),
        ("update entry set hash = previous where number = 6", 6),
        ("update entry set seq = seq + 1 where number = 7", 7),
        ("delete from entry where number = 8", 8),
    ],
)
def test_the_documents_script_names_the_first_broken_entry(
    records: Engine, told: Told, statement: str, number: int
) -> None:
    del told
    attack(records, statement)
    checked = check(records, "records.md")
    assert checked.returncode == 1
    assert f"case D-1, entry {number}" in checked.stdout


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_one_query_finds_the_first_broken_entry(records: Engine, told: Told) -> None:
    del told
    (query,) = [query for query in blocks("records.md", "sql") if "sha256" in query]
    for statement, found in (
        ("select 1", []),
        ("update entry set body = replace(body, 'village', 'county') where number = 5", [("D-1", 5)]),
        ("delete from entry where number = 4", [("D-1", 5)]),
    ):
        attack(records, statement)
        with records.connect() as connection:
            assert [tuple(row) for row in connection.exec_driver_sql(query)] == found


def check(records: Engine, name: str) -> subprocess.CompletedProcess[str]:
    """The script of a document, given what its export would give it."""
    assert EXPORT in page(name)
    (script,) = blocks(name, "python")
    given = io.StringIO()
    with records.connect() as connection:
        csv.writer(given).writerows(connection.execute(text(EXPORT)))
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        input=given.getvalue(), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
