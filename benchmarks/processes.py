"""Times fresh processes, and the CPU that an engine's processes spend (Linux)."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter, sleep

from tests.running_engine import Running, environment

FENGQIAO = str(Path(sys.executable).with_name("fengqiao"))
_TICKS = os.sysconf("SC_CLK_TCK")


def timed(command: Sequence[str], home: Path) -> float:
    """Seconds that a command takes in a fresh process. It must succeed."""
    began = perf_counter()
    subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True, timeout=60)
    return perf_counter() - began


@dataclass(frozen=True)
class Spent:
    """CPU seconds by process, and those on the clock: up to a moment, or between two."""

    clock: float
    cpu: Mapping[str, float]

    def since(self, before: "Spent", idle: "Spent | None" = None) -> "Spent":
        """What was spent after ``before``, less what as long a time of ``idle`` would have cost."""
        took = self.clock - before.clock
        base = {name: idle.cpu[name] * took / idle.clock if idle else 0.0 for name in self.cpu}
        return Spent(took, {name: cpu - before.cpu[name] - base[name] for name, cpu in self.cpu.items()})


def spent(engine: Running) -> Spent:
    """What the engine's processes have spent so far."""
    return Spent(monotonic(), {name: _cpu(pid) for name, pid in engine.children().items()})


def idling(engine: Running, seconds: float) -> Spent:
    """What they spend over some seconds of doing nothing."""
    before = spent(engine)
    sleep(seconds)
    return spent(engine).since(before)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
