"""``procedures verify`` over the shipped procedures, each by itself on one core."""

from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.figures import Figure, Measured
from casework.procedure import Text
from casework.verify.explore import Bounds
from casework.verify.verdict import Verdict
from definitions.library import SHIPPED, Library
from definitions.statutes import load_statutes
from definitions.verifying import verify_file

TIMES = 3
LIMIT = 5.0
LARGEST = "petition"


def measure(_folder: Path) -> Measured:
    library = Library.load(None, "zhuji")
    paths = sorted((SHIPPED / "procedures").glob("*.yaml"))
    took = {path.stem: median(_proved(path, library)[0] for _ in range(TIMES)) for path in paths}
    _, verdict = _proved(SHIPPED / "procedures" / f"{LARGEST}.yaml", library)
    slowest = max(took, key=lambda name: took[name])
    return Measured(
        Text(
            f"逐个证明 {len(paths)} 个随附程序，单线程，各 {TIMES} 次取中位数。环节最多的 {LARGEST} 有"
            f" {verdict.shapes} 种情形、{verdict.decisions} 次决定。",
            f"The {len(paths)} shipped procedures proved one by one on one thread, the median of {TIMES} "
            f"times each. {LARGEST}, which has the most stages, comes to {verdict.shapes} shapes and "
            f"{verdict.decisions:,} decisions.",
        ),
        (
            Figure(Text(LARGEST, LARGEST), took[LARGEST], "s", LIMIT),
            Figure(Text(f"最慢的（{slowest}）", f"the slowest ({slowest})"), took[slowest], "s"),
            Figure(Text("全部", "all of them"), sum(took.values()), "s"),
        ),
    )


def _proved(path: Path, library: Library) -> tuple[float, Verdict]:
    began = perf_counter()
    report = verify_file(path, library, load_statutes(), Bounds())
    took = perf_counter() - began
    assert report.proven
    assert report.verdict is not None
    return took, report.verdict
