"""The engine's processes one by one, for those who run them apart: worker, console, provision."""

import asyncio
import importlib
import logging
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from cyclopts import Parameter
from sqlalchemy.exc import ArgumentError
from temporalio.service import RPCError, RPCStatusCode

from casework.case import Pace
from cli import logs
from cli.failure import Exit, Failure
from cli.language import language, say
from cli.signals import stopped_by_signal
from definitions.fault import DefinitionErrors
from definitions.library import Library
from records.database import connect
from settings import Settings
from workflows import client

_AGAIN_SECONDS, _NAMESPACE_SECONDS = 0.5, 30.0


def worker(
    *,
    provision: Annotated[
        bool,
        Parameter(help=say("先准备 Temporal 命名空间", "Prepare Temporal's namespace first"), negative=()),
    ] = False,
) -> int:
    """Run a worker until Ctrl-C or SIGTERM."""
    logs.configure()
    return asyncio.run(_worker(sound(Settings()), provision))


async def _worker(settings: Settings, prepare: bool) -> int:
    stop = stopped_by_signal()
    if prepare:
        await _provision()
    await _part("worker").run(settings, stop)
    return Exit.OK


def provision() -> int:
    """Create Temporal's namespace, its retention and search attributes, where they are missing."""
    asyncio.run(_provision())
    print(say("已准备好。", "Ready."))
    return Exit.OK


async def _provision() -> None:
    """Raises Failure where Temporal is away. It forgets for seconds that it has a new namespace."""
    end = asyncio.get_running_loop().time() + _NAMESPACE_SECONDS
    while True:
        try:
            await client.provision(await client.connect())
        except client.EngineAway as away:
            words = say(f"Temporal 没有应答（TEMPORAL_ADDRESS）：{away}", f"{away}: see TEMPORAL_ADDRESS.")
            raise Failure(Exit.AWAY, words) from away
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND or asyncio.get_running_loop().time() > end:
                raise
            await asyncio.sleep(_AGAIN_SECONDS)
        else:
            return


def console(
    *,
    host: Annotated[str, Parameter(help=say("监听地址", "Address to listen on"))] = "127.0.0.1",
    port: Annotated[int, Parameter(help=say("端口", "Port"))] = 8180,
    drill: Annotated[
        str,
        Parameter(help=say("演练时间：开始，起始时刻，倍数", "Drill time: begun,epoch,speed"), show=False),
    ] = "",
) -> int:
    """Run a console until Ctrl-C or SIGTERM."""
    logs.configure()
    settings = sound(Settings())
    pace = pace_of(drill) if drill else None
    try:
        app = _part("console.app").create_app(settings, pace)
    except RuntimeError as missing:  # SecretMissing
        raise Failure(Exit.BAD_INPUT, say(f"缺少控制台的密钥或令牌：{missing}", str(missing))) from missing
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, server_header=False,
                       timeout_graceful_shutdown=3)
    )  # fmt: skip
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    try:
        server.run()
    except SystemExit as refused:
        taken = say(
            f"不能在 {host}:{port} 监听，或已被占用。", f"Cannot listen on {host}:{port}; is it taken?"
        )
        raise Failure(Exit.BAD_INPUT, taken) from refused
    return Exit.OK


def pace_of(text: str) -> Pace:
    """Read ``begun,epoch,speed``. Raises Failure."""
    try:
        begun, epoch, speed = text.split(",")
        return Pace(datetime.fromisoformat(begun), datetime.fromisoformat(epoch), float(speed))
    except ValueError as fault:
        raise Failure(Exit.BAD_INPUT, f"--drill {text}: {fault}") from fault


def sound(settings: Settings) -> Settings:
    """The settings, if each can be read. Raises Failure, and not only when the setting is first used."""
    for name, value, read in (
        ("DATABASE_URL", settings.records_url(), lambda url: connect(url).dispose()),
        ("FENGQIAO_SPREAD", settings.spread, float),
        ("FENGQIAO_METRICS", settings.metrics, lambda place: int(place.rpartition(":")[2] or 0)),
    ):
        try:
            read(value)
        except (ValueError, ArgumentError) as fault:
            words = say(f"设置 {name} 有误：{fault}", f"The setting {name} is wrong: {fault}")
            raise Failure(Exit.BAD_INPUT, words) from fault
    try:
        Library.load(Path(settings.definitions) if settings.definitions else None, settings.county)
    except DefinitionErrors as errors:
        raise Failure(
            Exit.BAD_INPUT, "\n".join(fault.text(language()) for fault in errors.faults)
        ) from errors
    return settings


def _part(name: str) -> Any:
    """A part of the engine by its name: this package imports neither."""
    return importlib.import_module(name)
