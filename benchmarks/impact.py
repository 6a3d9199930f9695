"""A draft of a procedure, and one of its calendar, played over ten thousand open cases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure, Measured
from benchmarks.recorded import villages
from casework.canonical import digest
from casework.case import Case
from casework.decide import advance, decide_at
from casework.holders import PARTY_ACTOR
from casework.procedure import Procedure, Text
from cli.home import prepare
from definitions.filing import file_event
from definitions.library import SHIPPED, Library
from records.chain import GENESIS
from records.database import connect, migrate, writing
from records.rows import case_row, definition_row
from tests.running_engine import Running, running

CASES = 10_000
LIMIT = 30.0
NAME = "dispute-mediation"
_AGE = timedelta(days=60)
_FIELDS = {"summary": "两户因宅基地滴水争执", "parties": "甲与乙"}
_INVENTED = """  - year: 2099
    notice: 虚构通知，仅供测试
    source: 虚构
    holidays: [{name: 元旦, first: 2099-01-01, last: 2099-01-03}]
"""


def measure(folder: Path) -> Measured:
    home = folder / "impact"
    prepare(home)
    _record(home / "records.db")
    procedure = (SHIPPED / "procedures" / f"{NAME}.yaml").read_text(encoding="utf-8")
    calendar = (SHIPPED / "calendars" / "cn.yaml").read_text(encoding="utf-8")
    with running(home) as engine:
        drafted = _played(engine, "procedures", _next(procedure).replace("budget: 60d", "budget: 50d"))
        dated = _played(engine, "calendars", _next(calendar) + _INVENTED)
    return Measured(
        Text(
            f"草案套用到 {CASES} 个在办事项(SQLite),由控制台单线程推算。事项由纯核心推算至今,未逐个登记。",
            f"A draft played over {CASES:,} open cases in SQLite by one thread of the console. They were "
            "decided by the pure core up to now, not filed one by one.",
        ),
        (
            Figure(Text("程序草案", "draft of a procedure"), drafted, "s", LIMIT),
            Figure(Text("日历草案", "draft of a calendar"), dated, "s", LIMIT),
        ),
    )


def _next(text: str) -> str:
    return text.replace('edition: "2026.1"', 'edition: "draft"')


def _record(database: Path) -> None:
    """Record the cases as they stand, which is all that is read."""
    records, library = connect(f"sqlite:///{database}"), Library.load(None, "zhuji")
    migrate(records)
    procedure = library.procedures[NAME]
    with writing(records) as session:
        session.add(definition_row(procedure, digest(procedure)))
        session.flush()
        for case in _open_cases(library, procedure):
            session.add(case_row(procedure, case, GENESIS))
    records.dispose()


def _open_cases(library: Library, procedure: Procedure) -> Iterator[Case]:
    """Cases of all villages, filed over two months until now, that nobody has ended."""
    now, units = datetime.now(UTC).replace(microsecond=0), villages(library)
    for number in range(CASES):
        at = now - _AGE * (CASES - number) / CASES
        filed = file_event(
            library, procedure, units[number % len(units)], _FIELDS, lambda _field, text: text,
            PARTY_ACTOR, f"D-impact-{number:06d}",
        )  # fmt: skip
        opened = decide_at(procedure, None, filed, at.replace(microsecond=0))
        yield (*opened, *advance(procedure, opened[-1].case, now))[-1].case


def _played(engine: Running, kind: str, text: str) -> float:
    """Seconds that the console takes to answer."""
    with engine.http() as http:
        began = perf_counter()
        body = {"file": "draft.yaml", "text": text, "limit": 50}
        told = http.post(f"/api/{kind}/impact", json=body, timeout=240).raise_for_status().json()
        took = perf_counter() - began
    assert told["total"]["cases"] == CASES
    return took
