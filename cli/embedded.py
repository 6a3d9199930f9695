"""The engine on one machine: Temporal on a file, a worker and a console, in one process group."""

import asyncio
import os
import shutil
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from cli import home as homes
from cli.failure import Exit, Failure
from cli.home import Addresses
from cli.language import say
from cli.supervise import Program, Told, kept

LOCAL = "127.0.0.1"
_OPENING = time(9)
_START_SECONDS = 90.0
_START_DEATHS = 3
_DRILL_WAITS = timedelta(seconds=4)  # about what the parts take to start, so that a drill begins on its day


@dataclass(frozen=True)
class Drill:
    """Drill time: how many times as fast, and the day on which it begins, at nine in the morning there."""

    speed: float
    epoch: date
    zone: ZoneInfo

    def pace(self, begins: datetime) -> str:
        """As the console takes it: when it begins, at what time of the drill, and how fast."""
        start = datetime.combine(self.epoch, _OPENING, self.zone)
        return f"{begins.isoformat()},{start.isoformat()},{self.speed:g}"


@dataclass(frozen=True)
class Ports:
    """The three ports; 0 takes any that is free."""

    console: int
    temporal: int
    temporal_ui: int


@asynccontextmanager
async def embedded(
    home: Path, ports: Ports, drill: Drill | None, died: Told, given_up: asyncio.Event
) -> AsyncIterator[Addresses]:
    """The engine running on a home folder, ready to be used, until the block is left.

    Leaves early when ``given_up`` is set while it starts. Raises Failure.
    """
    home = home.resolve()
    homes.prepare(home)
    start = _Start(home, given_up, died)
    async with AsyncExitStack() as stack:
        stack.enter_context(homes.locked(home))
        console, temporal, temporal_ui = (
            _port(port) for port in (ports.console, ports.temporal, ports.temporal_ui)
        )
        addresses = Addresses(
            f"http://{LOCAL}:{console}", f"{LOCAL}:{temporal}", f"http://{LOCAL}:{temporal_ui}", os.getpid()
        )
        environment = _environment(home, addresses, drill)
        await stack.enter_async_context(kept(_temporal(home, temporal, temporal_ui), start.died))
        await start.until(lambda: _listens(temporal), "Temporal")
        await stack.enter_async_context(kept(_own(home, "worker", environment, "--provision"), start.died))
        begins = datetime.now(UTC) + (_DRILL_WAITS if drill else timedelta())
        pace = ("--drill", drill.pace(begins)) if drill else ()
        arguments = ("--port", str(console), *pace)
        await stack.enter_async_context(kept(_own(home, "console", environment, *arguments), start.died))
        await start.until(lambda: _healthy(addresses.console), say("控制台", "the console"))
        await asyncio.sleep((begins - datetime.now(UTC)).total_seconds())
        stack.enter_context(homes.announced(home, addresses))
        yield addresses


def _environment(home: Path, addresses: Addresses, drill: Drill | None) -> dict[str, str]:
    """The environment of the engine's own processes; whatever else Temporal is configured for stays out."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    own = {
        "FENGQIAO_HOME": str(home),
        "FENGQIAO_URL": addresses.console,
        "TEMPORAL_ADDRESS": addresses.temporal,
        "TEMPORAL_NAMESPACE": "default",
        "TEMPORAL_CONFIG_FILE": os.devnull,
        "PYTHONUTF8": "1",
    }
    return rest | own | ({"FENGQIAO_SPREAD": "0"} if drill else {})


def _temporal(home: Path, port: int, ui_port: int) -> Program:
    beside = Path(sys.executable).with_name("temporal")
    server = str(beside) if beside.exists() else shutil.which("temporal")
    if server is None:
        raise Failure(
            Exit.UNEXPECTED, say("找不到 temporal 程序，请重新安装。", "The program temporal is missing.")
        )
    command = (
        server, "server", "start-dev", "--db-filename", str(home / "temporal.db"), "--ip", LOCAL,
        "--port", str(port), "--ui-port", str(ui_port), "--namespace", "default",
        "--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=full",
        "--log-level", "warn", "--log-format", "json",
    )  # fmt: skip
    return Program("temporal", command, dict(os.environ), home / "logs" / "temporal.log")


def _own(home: Path, name: str, environment: dict[str, str], *arguments: str) -> Program:
    command = (sys.executable, "-P", "-m", "cli.main", name, *arguments)
    return Program(name, command, environment, home / "logs" / f"{name}.log")


def _port(wanted: int) -> int:
    """The port, or a free one for 0. Raises Failure if it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCAL, wanted))
        except OSError as taken:
            words = say(
                f"端口 {wanted} 已被占用。请用 --port、--temporal-port、--ui-port 另选，0 表示任选空闲端口。",
                f"Port {wanted} is taken. Choose another: --port, --temporal-port, --ui-port; 0 is any.",
            )
            raise Failure(Exit.BAD_INPUT, words) from taken
        return int(probe.getsockname()[1])


class _Start:
    """A start under way: waits for the parts to answer, until it was given up or one of them keeps dying."""

    def __init__(self, home: Path, given_up: asyncio.Event, told: Told) -> None:
        self._logs = home / "logs"
        self._given_up = given_up
        self._told = told
        self._deaths: Counter[str] = Counter()

    def died(self, name: str, code: int, wait: float) -> None:
        self._deaths[name] += 1
        self._told(name, code, wait)

    async def until(self, ready: Callable[[], Awaitable[bool]], what: str) -> None:
        """Wait for a part. Raises Failure."""
        end = asyncio.get_running_loop().time() + _START_SECONDS
        while not await ready():
            if self._given_up.is_set():
                raise Failure(Exit.OK, "")
            name, deaths = max(self._deaths.items(), key=itemgetter(1), default=("", 0))
            if deaths >= _START_DEATHS:
                raise self._failed(name, self._logs / f"{name}.log")
            if asyncio.get_running_loop().time() > end:
                raise self._failed(what, self._logs)
            await asyncio.sleep(0.05)

    def _failed(self, what: str, look: Path) -> Failure:
        last = look.read_text(errors="replace").strip().rpartition("\n")[2] if look.is_file() else ""
        words = say(f"{what} 没有启动，请看 {look}。", f"{what} did not start: see {look}.")
        return Failure(Exit.UNEXPECTED, f"{words}\n{last}".strip())


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOCAL, port)
    except OSError:
        return False
    writer.close()
    return True


async def _healthy(url: str) -> bool:
    """Whether the console answers that Temporal, the database and a worker are there."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=5) as http:
        try:
            return bool((await http.get("/api/health")).json()["ok"])
        except (httpx.HTTPError, ValueError, KeyError):
            return False
