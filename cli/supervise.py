"""Keeps the engine's processes alive: starts them, starts again what dies, and ends them in order."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

_LEASH = str(Path(__file__).with_name("leash.py"))
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 15.0
_GOOD_RUN = 30.0
_PATIENCE = 5.0


@dataclass(frozen=True)
class Program:
    """A program to keep running. ``environment`` is all of its environment; its output goes to ``log``."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path


Told = Callable[[str, int, float], None]


async def start(program: Program) -> asyncio.subprocess.Process:
    """Start it in its own session, so that Ctrl-C reaches it only through its supervisor."""
    with program.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", _LEASH, str(os.getpid()), *program.command,
            stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            env=program.environment, start_new_session=True,
        )  # fmt: skip


@asynccontextmanager
async def kept(program: Program, died: Told) -> AsyncIterator[None]:
    """The program running, started again whenever it dies, until the block is left.

    ``died`` is told its name, exit code and the seconds until the next start.
    """
    keeping = asyncio.create_task(_keep(program, died))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep(program: Program, died: Told) -> None:
    wait = _FIRST_WAIT
    clock = asyncio.get_running_loop().time
    while True:
        process, began = await start(program), clock()
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        wait = _FIRST_WAIT if clock() - began > _GOOD_RUN else wait
        died(program.name, code, wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
