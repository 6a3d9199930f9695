"""A real engine to test against: ``fengqiao up`` on free ports and a folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

COMMAND = (sys.executable, "-P", "-m", "cli.main")
FREE_PORTS = ("--port", "0", "--temporal-port", "0", "--ui-port", "0")


def until(condition: Callable[[], Any], what: str, seconds: float = 60) -> Any:
    """Wait for a condition, and give what it is."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"{what} did not happen in {seconds:g} s"
        time.sleep(0.05)
    return found


@dataclass(frozen=True)
class Running:
    """A running engine: its folder, its supervisor, and where it is reached."""

    home: Path
    supervisor: subprocess.Popen[bytes]
    console: str

    def fengqiao(self, *arguments: str, language: str = "zh") -> subprocess.CompletedProcess[str]:
        """A command line, as an operator on this machine gives it."""
        return fengqiao(self.home, *arguments, language=language)

    def http(self) -> httpx.Client:
        token = (self.home / "token").read_text().strip()
        return httpx.Client(
            base_url=self.console,
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            trust_env=False,
        )

    def children(self) -> dict[str, int]:
        """The processes that the supervisor keeps, by name."""
        return children_of(self.supervisor.pid)


def children_of(parent: int) -> dict[str, int]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            line = stat.with_name("cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            name = (
                "temporal"
                if "start-dev" in line
                else next((n for n in ("worker", "console") if n in line), "")
            )
            found[name] = int(stat.parent.name)
    return found


def fengqiao(home: Path, *arguments: str, language: str = "zh") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home, language),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def environment(home: Path, language: str = "zh") -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("FENGQIAO_", "TEMPORAL_"))
    }
    inherited.pop("DATABASE_URL", None)
    return inherited | {"FENGQIAO_HOME": str(home), "FENGQIAO_LANG": language, "PYTHONUTF8": "1"}


@contextmanager
def running(
    home: Path, *options: str, database: str = "", settings: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """An engine on a folder, ended by the handle that started it.

    ``database``: where its records are; ``settings``: further settings of its environment.
    """
    log = (home.parent / f"{home.name}.up.log").open("wb")
    supervisor = subprocess.Popen(
        [*COMMAND, "up", *FREE_PORTS, *options],
        env=environment(home) | {"DATABASE_URL": database} | dict(settings or {}),
        stdout=log,
        stderr=log,
    )
    try:
        place = home / "up.json"
        until(lambda: place.exists() or supervisor.poll() is not None, "the engine's start", 120)
        assert place.exists(), Path(log.name).read_text()
        yield Running(home, supervisor, json.loads(place.read_text())["console"])
    finally:
        log.close()
        supervisor.send_signal(signal.SIGINT)
        try:
            supervisor.wait(30)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            supervisor.wait()
