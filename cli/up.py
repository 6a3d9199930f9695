"""``fengqiao up``: the engine on this machine, until Ctrl-C."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter
from rich.console import Console as Terminal

from cli.calendars import lacking
from cli.client import Console, read_token
from cli.embedded import Drill, Ports, embedded
from cli.failure import Exit, Failure
from cli.home import Addresses
from cli.language import language, say
from cli.login import link
from cli.signals import stopped_by_signal
from cli.supervise import Told
from definitions.fault import DefinitionErrors
from definitions.library import Library
from settings import Settings

HOME_HELP = say("数据目录（默认 FENGQIAO_HOME）", "Data folder (default: FENGQIAO_HOME)")
PORT_HELP = say("控制台端口；0 为任选空闲端口", "Port of the console; 0: any free one")
TEMPORAL_HELP = say("Temporal 端口；0 为任选", "Port of Temporal; 0: any free one")
UI_HELP = say("Temporal 网页端口；0 为任选", "Port of Temporal's web pages; 0: any free one")
SPEED_HELP = say("演练：时间加快多少倍", "Drill: how many times as fast time runs")
EPOCH_HELP = say("演练起始日，如 2026-02-09（默认今天）", "Day on which the drill begins (default: today)")


def up(
    *,
    home: Annotated[Path | None, Parameter(help=HOME_HELP)] = None,
    port: Annotated[int, Parameter(help=PORT_HELP)] = 8180,
    temporal_port: Annotated[int, Parameter(help=TEMPORAL_HELP)] = 7233,
    ui_port: Annotated[int, Parameter(help=UI_HELP)] = 8233,
    speed: Annotated[float | None, Parameter(help=SPEED_HELP)] = None,
    epoch: Annotated[str | None, Parameter(help=EPOCH_HELP)] = None,
) -> int:
    """Start the engine on this machine."""
    settings = Settings()
    return asyncio.run(
        _up(
            settings,
            home or settings.home_path,
            Ports(port, temporal_port, ui_port),
            drill_of(speed, epoch, settings),
        )
    )


def drill_of(speed: float | None, epoch: str | None, settings: Settings) -> Drill | None:
    """The drill that the options ask for. Raises Failure for a speed below one or a day that is none."""
    if speed is None:
        if epoch is not None:
            raise Failure(Exit.BAD_INPUT, say("--epoch 只与 --speed 同用。", "--epoch goes with --speed."))
        return None
    if not 1 <= speed <= 1_000_000:  # noqa: PLR2004
        raise Failure(
            Exit.BAD_INPUT, say("--speed 应在 1 与 1000000 之间。", "--speed must be 1 to 1000000.")
        )
    zone = _zone(settings)
    try:
        day = date.fromisoformat(epoch) if epoch else datetime.now(zone).date()
    except ValueError as fault:
        raise Failure(
            Exit.BAD_INPUT, say(f"--epoch {epoch} 不是日期。", f"--epoch {epoch} is no date.")
        ) from fault
    return Drill(speed, day, zone)


def _zone(settings: Settings) -> ZoneInfo:
    """The time zone of the definitions in use. Raises Failure where they cannot be read."""
    folder = Path(settings.definitions) if settings.definitions else None
    try:
        return ZoneInfo(Library.load(folder, settings.county).local.zone)
    except DefinitionErrors as errors:
        told = "\n".join(fault.text(language()) for fault in errors.faults)
        raise Failure(Exit.BAD_INPUT, told) from errors


async def _up(settings: Settings, home: Path, ports: Ports, drill: Drill | None) -> int:
    terminal = Terminal(highlight=False)
    stop = stopped_by_signal()
    terminal.print(say(f"正在启动，数据目录 {home} …", f"Starting on {home} …"), soft_wrap=True)
    try:
        async with embedded(home, ports, drill, told_on(terminal), stop) as addresses:
            tell(terminal, addresses, home, settings, drill)
            await stop.wait()
            terminal.print(say("正在停止…", "Stopping…"))
    except Failure as failure:
        if failure.code is not Exit.OK:
            raise
    terminal.print(say("已停止。", "Stopped."))
    return Exit.OK


def told_on(terminal: Terminal) -> Told:
    def died(name: str, code: int, wait: float) -> None:
        terminal.print(
            say(
                f"{name} 退出（{code}），{wait:g} 秒后重新启动。",
                f"{name} ended ({code}); again in {wait:g} s.",
            ),
            style="yellow",
        )

    return died


def tell(
    terminal: Terminal, addresses: Addresses, home: Path, settings: Settings, drill: Drill | None
) -> None:
    """The addresses, with a link that signs in once."""
    lines = [
        (say("看板", "Board"), link(addresses.console, home, settings)),
        ("API", f"{addresses.console}/api/openapi.json"),
        ("Temporal", f"{addresses.temporal}  {addresses.temporal_ui}"),
        (say("日志", "Logs"), str(home / "logs")),
    ]
    if drill:
        lines.append((say("演练", "Drill"), f"{drill.epoch} ×{drill.speed:g}"))
    for label, value in lines:
        terminal.print(f"  {label}: {value}", soft_wrap=True)
    for warning in Console(addresses.console, read_token(settings, home)).get("/health")["calendars"]:
        terminal.print("  " + lacking(warning), style="yellow", soft_wrap=True)
    terminal.print(say("按 Ctrl-C 停止。", "Ctrl-C stops."))
