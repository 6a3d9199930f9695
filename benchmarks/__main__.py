"""``python -m benchmarks [NAME…]``: measure, print, and with ``--write`` renew docs/benchmarks.md."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import cost, help, history, impact, ls, proving, storm, throughput, verify  # noqa: A004
from benchmarks.figures import Measured
from benchmarks.machine import this_machine, use
from benchmarks.report import Report, tell, write

BENCHMARKS: Mapping[str, Callable[[Path], Measured]] = {
    "help": help.measure,
    "ls": ls.measure,
    "cost": cost.measure,
    "history": history.measure,
    "impact": impact.measure,
    "storm": storm.measure,
    "throughput": throughput.measure,
    "proving": proving.measure,
    "verify": verify.measure,
}
LONGEST_SECONDS = 240
UNSATISFIED = 1


def run(names: list[str], *, write_down: bool) -> int:
    """Measure what is named, one after the other. 1 where a target was missed or a benchmark failed."""
    terminal = Console(highlight=False)
    machine, results = this_machine(), dict[str, Measured]()
    with tempfile.TemporaryDirectory(prefix="fengqiao-benchmarks-") as folder:
        for name in names:
            try:
                results[name] = _bounded(BENCHMARKS[name], Path(folder))
            except Exception:  # the others are worth knowing all the same
                terminal.print_exception()
            else:
                tell(terminal, name, results[name], machine)
    if failed := set(names) - set(results):
        terminal.print(f"failed 失败: {', '.join(sorted(failed))}", style="bold red")
    elif write_down:
        write(Report(datetime.now(UTC), machine, results))
    missed = any(figure.missed for measured in results.values() for figure in measured.figures)
    return UNSATISFIED if failed or missed else 0


def _bounded(measure: Callable[[Path], Measured], folder: Path) -> Measured:
    """Measure; a benchmark that takes too long is ended, and its engine with it."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST_SECONDS)
    before = use()
    try:
        measured = measure(folder)
    finally:
        signal.alarm(0)
    return replace(measured, others=use().others_since(before))


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"not done in {LONGEST_SECONDS} s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)} (all)")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and .json, from all")
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    if given.write and given.names:
        parser.error("--write takes all benchmarks: the page is of one run")
    return run(given.names or list(BENCHMARKS), write_down=given.write)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # the Temporal client can crash the interpreter's own way out after success
