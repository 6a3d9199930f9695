"""Where and with what it was measured, and how busy others kept the machine: figures mean little without."""

import os
import platform
import re
import sqlite3
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from tests.workflows.engine import TEMPORAL


@dataclass(frozen=True)
class Machine:
    """The machine, and the versions of what was measured on it."""

    cores: int
    processor: str
    python: str
    temporal: str
    temporal_sdk: str
    sqlite: str

    @property
    def told(self) -> str:
        return (
            f"{self.cores} × {self.processor}, Python {self.python}, Temporal {self.temporal} "
            f"(SDK {self.temporal_sdk}), SQLite {self.sqlite}"
        )


@dataclass(frozen=True)
class Use:
    """Seconds up to a moment: on the clock, of CPU in use on the machine, and of CPU that was ours."""

    clock: float
    busy: float
    ours: float

    def others_since(self, before: "Use") -> float:
        """How many cores others kept busy: whatever is no process of ours, nor ended by one of ours."""
        busy, ours = self.busy - before.busy, self.ours - before.ours
        return max(0.0, (busy - ours) / (self.clock - before.clock))


def use() -> Use:
    user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
    busy = sum(int(ticks) for ticks in (user, nice, system, *rest)) / os.sysconf("SC_CLK_TCK")
    return Use(monotonic(), busy, sum(os.times()[:4]))


def this_machine() -> Machine:
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        processor=_processor(),
        python=platform.python_version(),
        temporal=_temporal(),
        temporal_sdk=version("temporalio"),
        sqlite=sqlite3.sqlite_version,
    )


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _temporal() -> str:
    """The version of the server inside the program."""
    told = subprocess.run([TEMPORAL, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Server ([\d.]+)", told)
    return found[1] if found else told.strip()
