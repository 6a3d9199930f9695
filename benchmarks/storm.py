"""Three hundred cases fall due in the same second, and an operator goes on working."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx
from sqlalchemy import Engine
from sqlmodel import col, func, select

from benchmarks.asking import act, await_delivered, await_recorded, file, recorded, records_of, units
from benchmarks.falling_due import OVERDUE, file_due
from benchmarks.figures import MAX, Figure, Measured, p95
from casework.procedure import Text
from records import ledger
from records.database import reading
from records.tables import DecisionRow
from tests.running_engine import running, until
from workflows.messages import SPREAD_SECONDS

CASES = 300
OPERATORS_CASES = 20
LEAD = timedelta(seconds=70)
QUIET_SECONDS = 12
LONGEST_SECONDS = 90
PAUSE = 0.05
LIMIT = 1.0
_REMINDED, _ESCALATED = 2, 3


def measure(folder: Path) -> Measured:
    with running(folder / "storm") as engine, engine.http() as http:
        records = records_of(engine.home)
        own = [file(http, unit) for unit in islice(units(), OPERATORS_CASES)]
        await_recorded(records, own, 1)
        await_delivered(records)
        quiet = _latencies(http, own, _for_seconds(QUIET_SECONDS))
        falls_due = datetime.now(UTC) + LEAD
        due = asyncio.run(file_due(engine, "storm", CASES, OVERDUE, falls_due, SPREAD_SECONDS))
        await_recorded(records, due, _REMINDED)
        await_delivered(records)
        assert datetime.now(UTC) < falls_due, "too slow: they fell due before the reminders were done"
        until(lambda: recorded(records, due, _ESCALATED), "the first escalation", LEAD.total_seconds() * 2)
        busy = _latencies(http, own, _until_done(records, due))
        took = (_last_recorded(records, due) - falls_due).total_seconds()
        _check_instants(records, due)
        records.dispose()
    return Measured(
        Text(
            f"{CASES} 个事项在同一秒届满（超期、黄牌、提级），按默认错峰 {SPREAD_SECONDS:g} 秒执行；"
            f"其间一名办理人经控制台 API 办理别的事项 {len(busy)} 次，与无事届满时 {len(quiet)} 次相比。"
            f"已核对：{CASES} 个事项的台账记录均为法定的届满时刻。",
            f"{CASES} cases fall due in the same second (overdue, yellow card, escalated), carried out "
            f"over the default {SPREAD_SECONDS:g} s; meanwhile an operator acts in other cases over the "
            f"console's API, {len(busy)} times, against {len(quiet)} times with nothing due. Checked: all "
            f"{CASES} ledgers bear the exact legal instant.",
        ),
        (
            *_latency(Text("集中届满时", "in the storm"), busy, LIMIT),
            *_latency(Text("平时", "nothing due"), quiet),
            Figure(Text("中位数之比", "storm against quiet, median"), median(busy) / median(quiet), "×"),
            Figure(Text("95 百分位之比", "storm against quiet, p95"), p95(busy) / p95(quiet), "×"),
            Figure(Text("全部记入台账", "until all were on record"), took, "s"),
        ),
    )


def _latency(when: Text, took: list[float], limit: float | None = None) -> list[Figure]:
    return [
        Figure(Text(f"{when.zh}，中位数", f"{when.en}, median"), median(took), "s"),
        Figure(Text(f"{when.zh}，95 百分位", f"{when.en}, p95"), p95(took), "s", limit),
        Figure(Text(f"{when.zh}，{MAX.zh}", f"{when.en}, {MAX.en}"), max(took), "s"),
    ]


def _latencies(http: httpx.Client, numbers: list[str], done: Callable[[], bool]) -> list[float]:
    """Seconds that each action takes, one after the other over the cases, until ``done``."""
    took: list[float] = []
    for number in cycle(numbers):
        if done():
            return took
        began = perf_counter()
        act(http, number)
        took.append(perf_counter() - began)
        sleep(PAUSE)
    raise AssertionError("there are no cases to act in")


def _for_seconds(seconds: float) -> Callable[[], bool]:
    end = perf_counter() + seconds
    return lambda: perf_counter() > end


def _until_done(records: Engine, due: list[str]) -> Callable[[], bool]:
    """Whether all due cases are on record. Fails after a while."""
    too_long = _for_seconds(LONGEST_SECONDS)

    def done() -> bool:
        assert not too_long(), f"not all was carried out in {LONGEST_SECONDS} s"
        return recorded(records, due, _ESCALATED) == len(due)

    return done


def _last_recorded(records: Engine, due: list[str]) -> datetime:
    with reading(records) as session:
        query = select(func.max(DecisionRow.recorded_at)).where(
            col(DecisionRow.case_id).in_(due), DecisionRow.seq == _ESCALATED
        )
        return session.exec(query).one()


def _check_instants(records: Engine, due: list[str]) -> None:
    """What was carried out within half a minute is recorded as of the instant that the law says."""
    for number in due:
        entries = ledger.entries(records, number)
        first = next(n for n, entry in enumerate(entries) if entry.kind == "overdue")
        came = entries[first:]
        assert {"overdue", "carded", "escalated", "entered"} <= {entry.kind for entry in came}
        assert {entry.at for entry in came} == {OVERDUE}, f"{number} does not bear the legal instant"
