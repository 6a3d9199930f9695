"""What a decision costs: CPU of the Temporal server and of the worker, for filing, action and timer."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import httpx
from sqlalchemy import Engine

from benchmarks.asking import act, await_delivered, await_recorded, file, records_of, units
from benchmarks.falling_due import OVERDUE, REMINDED, file_due
from benchmarks.figures import Figure, Measured
from benchmarks.processes import Spent, idling, spent
from casework.procedure import Text
from tests.running_engine import Running, running

CASES, TIMES = 50, 5
DUE = 100
LEAD = timedelta(seconds=25)
SPREAD_SECONDS = 3.0
IDLE_SECONDS = 5.0
_SERVER, _WORKER = Text("Temporal 服务器", "Temporal server"), Text("办理进程", "worker")


def measure(folder: Path) -> Measured:
    with running(folder / "cost") as engine, engine.http() as http:
        records = records_of(engine.home)
        idle = idling(engine, IDLE_SECONDS)
        filing, numbers = _filings(engine, http, records, idle)
        action = _actions(engine, http, records, idle, numbers)
        reminder = _timers(engine, records, idle, "reminded", REMINDED, 2)
        escalation = _timers(engine, records, idle, "escalated", OVERDUE, 3)
        records.dispose()
    return Measured(
        Text(
            f"每个决定所耗 CPU（已减空闲消耗）：登记 {CASES} 件、记进展 {CASES * TIMES} 次、催办 {DUE} 次、"
            f"超期提级 {DUE} 次。办理动作含控制台先行查询。",
            f"CPU a decision, less what idling costs: {CASES} filings, {CASES * TIMES} notes of progress "
            f"(with the console's look at the case before), {DUE} reminders, {DUE} escalations at a breach.",
        ),
        (
            *_cpu(Text("登记", "a filing"), filing, CASES),
            *_cpu(Text("办理动作", "an action"), action, CASES * TIMES),
            *_cpu(Text("到时催办", "a timer: reminder"), reminder, DUE),
            *_cpu(Text("到时提级", "a timer: escalation"), escalation, DUE),
        ),
    )


def _cpu(what: Text, used: Spent, times: int) -> list[Figure]:
    return [
        Figure(Text(f"{what.zh}，{who.zh}", f"{what.en}, {who.en}"), used.cpu[name] * 1000 / times, "ms")
        for who, name in ((_SERVER, "temporal"), (_WORKER, "worker"))
    ]


def _filings(engine: Running, http: httpx.Client, records: Engine, idle: Spent) -> tuple[Spent, list[str]]:
    before = spent(engine)
    numbers = [file(http, unit) for unit in islice(units(), CASES)]
    await_recorded(records, numbers, 1)
    return spent(engine).since(before, idle), numbers


def _actions(engine: Running, http: httpx.Client, records: Engine, idle: Spent, numbers: list[str]) -> Spent:
    before = spent(engine)
    for _ in range(TIMES):
        for number in numbers:
            act(http, number)
    await_recorded(records, numbers, 1 + TIMES)
    return spent(engine).since(before, idle)


def _timers(engine: Running, records: Engine, idle: Spent, name: str, legal: datetime, seq: int) -> Spent:
    """What decision ``seq`` of many cases costs, which time brings at the legal instant."""
    real = datetime.now(UTC) + LEAD
    numbers = asyncio.run(file_due(engine, name, DUE, legal, real, SPREAD_SECONDS))
    await_recorded(records, numbers, seq - 1)
    await_delivered(records)
    before = spent(engine)
    assert datetime.now(UTC) < real, "this machine is too slow: they fell due while they were filed"
    await_recorded(records, numbers, seq)
    await_delivered(records)
    return spent(engine).since(before, idle)
