"""``fengqiao demo``: the whole ladder in a minute, on the real engine at drill speed."""

import asyncio
import os
import shutil
import webbrowser
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from rich.console import Console as Terminal

from cli import home as homes
from cli.client import Console, read_token
from cli.demo_story import play
from cli.embedded import Drill, Ports, embedded
from cli.failure import Exit, Failure
from cli.home import Addresses
from cli.language import say
from cli.login import link
from cli.signals import stopped_by_signal
from cli.terminal import rich
from cli.up import HOME_HELP, PORT_HELP, TEMPORAL_HELP, UI_HELP, told_on
from settings import Settings

# 0.4 s a day, from a Monday three weeks before the Spring Festival of 2026.
DRILL = Drill(216_000, date(2026, 1, 26), ZoneInfo("Asia/Shanghai"))
ONCE_HELP = say("讲完即结束，未全部发生则退出码为 1", "End after the story; exit 1 if not all of it happened")


def demo(
    *,
    home: Annotated[Path | None, Parameter(help=HOME_HELP)] = None,
    port: Annotated[int, Parameter(help=PORT_HELP)] = 0,
    temporal_port: Annotated[int, Parameter(help=TEMPORAL_HELP)] = 0,
    ui_port: Annotated[int, Parameter(help=UI_HELP)] = 0,
    once: Annotated[bool, Parameter(help=ONCE_HELP, negative=())] = False,
) -> int:
    """Play the demo."""
    once = once or os.environ.get("DEMO_ONCE", "") not in ("", "0")
    folder = (home or Settings().home_path / "demo").resolve()
    _empty(folder)
    return asyncio.run(_demo(folder, Ports(port, temporal_port, ui_port), once=once))


def _empty(folder: Path) -> None:
    """Begin with an empty folder. Only one that an engine made is emptied, and none that is in use."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / "temporal.version").exists():
        words = say(
            f"{folder} 不是演练目录，不会清空。", f"{folder} is no folder of a demo; it is left alone."
        )
        raise Failure(Exit.BAD_INPUT, words)
    with homes.locked(folder):
        for path in folder.iterdir():
            if path.name != "lock":
                shutil.rmtree(path) if path.is_dir() else path.unlink()


async def _demo(folder: Path, ports: Ports, *, once: bool) -> int:
    terminal, stop = rich(), stopped_by_signal()
    terminal.print(say("正在启动引擎…", "Starting the engine…"), style="dim")
    try:
        async with embedded(folder, ports, DRILL, told_on(terminal), stop) as addresses:
            missing = await _story(terminal, addresses, folder, stop)
            if once or stop.is_set():
                return Exit.UNEXPECTED if missing else Exit.OK
            _stays(terminal, addresses, folder)
            await stop.wait()
    except Failure as failure:
        if failure.code is not Exit.OK:
            raise
    return Exit.OK


async def _story(terminal: Terminal, addresses: Addresses, folder: Path, stop: asyncio.Event) -> list[str]:
    settings = Settings()
    page = link(addresses.console, folder, settings)
    _open(terminal, page, addresses)
    console = Console(addresses.console, read_token(settings, folder))
    missing = await asyncio.to_thread(play, console, terminal, stop.is_set)
    if stop.is_set():
        return missing
    if missing:
        lacks = "、".join(missing)
        terminal.print(
            say(f"没有全部发生，缺：{lacks}", f"Not all of it happened; missing: {lacks}"), style="bold red"
        )
        return missing
    verdict = console.get("/ledger/verify", {"recompute": "true"})
    terminal.print(
        say(
            f"讲完了。台账 {verdict['entries']} 条记录，重新推算{'一致' if verdict['ok'] else '不一致！'}。",
            f"That was it. The ledger has {verdict['entries']} entries; derived anew, "
            f"{'they agree' if verdict['ok'] else 'they DIFFER'}.",
        ),
        style="bold",
    )
    return [] if verdict["ok"] else ["ledger"]


def _open(terminal: Terminal, page: str, addresses: Addresses) -> None:
    terminal.print(say(f"县级看板： {page}", f"County page: {page}"), soft_wrap=True)
    terminal.print(
        say(f"Temporal： {addresses.temporal_ui}", f"Temporal: {addresses.temporal_ui}"), soft_wrap=True
    )
    told = say(
        "演练：一天约 0.4 秒，自 2026-01-26 起，途经春节。", "A drill: a day takes 0.4 s, from 2026-01-26."
    )
    terminal.print(told + "\n", style="dim")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        with suppress(Exception):
            webbrowser.open(page)


def _stays(terminal: Terminal, addresses: Addresses, folder: Path) -> None:
    again = link(addresses.console, folder, Settings())
    terminal.print(
        say(f"\n县级看板（新链接）： {again}", f"\nCounty page (a fresh link): {again}"), soft_wrap=True
    )
    terminal.print(
        say(f"Temporal： {addresses.temporal_ui}", f"Temporal: {addresses.temporal_ui}"), soft_wrap=True
    )
    terminal.print(
        say(
            f"试试： FENGQIAO_HOME={folder} fengqiao ls    按 Ctrl-C 结束。",
            f"Try: FENGQIAO_HOME={folder} fengqiao ls    Ctrl-C ends it.",
        ),
        soft_wrap=True,
    )
