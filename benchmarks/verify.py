"""``ledger verify`` over a county's cases, on both databases."""

from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Engine

from benchmarks.figures import Figure, Measured
from benchmarks.recorded import CASES, database_with_cases, record_cases
from casework.procedure import Text
from records import ledger
from records.database import connect
from tests.databases import fresh_database, postgres_server

TIMES = 3


def measure(folder: Path) -> Measured:
    entries, sqlite = _verified(connect(f"sqlite:///{database_with_cases(folder)}"))
    with postgres_server() as server:
        records = connect(fresh_database(server))
        record_cases(records)
        same, postgres = _verified(records)
    assert entries == same, "both databases hold the same ledger"
    return Measured(
        Text(
            f"核验 {CASES} 个事项、{entries} 条记录的台账（每库 {TIMES} 次取中位数），两库均在本机。",
            f"The ledger of {CASES:,} cases and {entries:,} entries verified, the median of {TIMES} times on "
            "each database, both on this machine.",
        ),
        (
            Figure(Text("SQLite 每秒记录", "SQLite, entries"), entries / sqlite, "/s"),
            Figure(Text("PostgreSQL 每秒记录", "PostgreSQL, entries"), entries / postgres, "/s"),
            Figure(Text("SQLite 全部", "SQLite, all of it"), sqlite, "s"),
            Figure(Text("PostgreSQL 全部", "PostgreSQL, all of it"), postgres, "s"),
        ),
    )


def _verified(records: Engine) -> tuple[int, float]:
    """How many entries there were, and the seconds that verifying took."""
    took = []
    for _ in range(TIMES):
        began = perf_counter()
        verdict = ledger.verify(records)
        took.append(perf_counter() - began)
        assert verdict.ok
        assert verdict.cases == CASES
    records.dispose()
    return verdict.entries, median(took)
