"""``fengqiao ls`` in a fresh process, with a county's cases in the records."""

import shutil
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure, Measured, middle_and_p95
from benchmarks.processes import FENGQIAO, timed
from benchmarks.recorded import CASES, database_with_cases
from casework.procedure import Text
from cli.home import prepare
from tests.running_engine import Running, running

TIMES = 20
LIMIT = 1.0


def measure(folder: Path) -> Measured:
    home = folder / "ls"
    prepare(home)
    shutil.copy(database_with_cases(folder), home / "records.db")
    with running(home) as engine:
        timed([FENGQIAO, "ls"], home)
        took = [timed([FENGQIAO, "ls"], home) for _ in range(TIMES)]
        answers = _answers(engine)
    return Measured(
        Text(
            f"台账（SQLite）中有 {CASES} 个未结事项，新进程运行 fengqiao ls（列出 50 个）{TIMES} 次。"
            "事项由纯核心推算、经正式提交写入，未逐个登记。",
            f"fengqiao ls (its first 50 lines) in a fresh process, {TIMES} times, with {CASES:,} open cases "
            "in SQLite. They were decided by the pure core and committed as all are, not filed one by one.",
        ),
        (
            *middle_and_p95(took, "s", LIMIT),
            Figure(Text("其中控制台应答", "of which the console's answer"), median(answers), "s"),
        ),
    )


def _answers(engine: Running) -> list[float]:
    """Seconds that the console takes for the same list."""
    took = []
    with engine.http() as http:
        for _ in range(TIMES):
            began = perf_counter()
            assert len(http.get("/api/cases").raise_for_status().json()["cases"]) == 50
            took.append(perf_counter() - began)
    return took
