"""``fengqiao --help`` in a fresh process."""

import sys
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, Measured, middle_and_p95
from benchmarks.processes import FENGQIAO, timed
from casework.procedure import Text

TIMES = 20
LIMIT = 0.5


def measure(folder: Path) -> Measured:
    timed([FENGQIAO, "--help"], folder)  # the first one reads from the disk
    took = [timed([FENGQIAO, "--help"], folder) for _ in range(TIMES)]
    bare = [timed([sys.executable, "-c", ""], folder) for _ in range(TIMES)]
    return Measured(
        Text(
            f"新进程运行 fengqiao --help {TIMES} 次，与 Python 空启动相比。",
            f"fengqiao --help in a fresh process, {TIMES} times, and against the bare start of Python.",
        ),
        (
            *middle_and_p95(took, "s", LIMIT),
            Figure(
                Text("相当于 Python 空启动", "against Python's bare start"), median(took) / median(bare), "×"
            ),
        ),
    )
