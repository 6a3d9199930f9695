"""The history of a case that climbs to the county: its events, and what replaying them costs."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from temporalio.client import Client, WorkflowHistory

from benchmarks.asking import act, records_of
from benchmarks.falling_due import FILED, client_of, file_due
from benchmarks.figures import Figure, Measured
from casework.procedure import Text
from records import cases, ledger
from tests.running_engine import Running, running, until
from tests.workflows.engine import replay_seconds

DAYS_A_SECOND = 2
REPLAYS = 5
EVENTS_LIMIT, REPLAY_LIMIT = 100, 100


def measure(folder: Path) -> Measured:
    with running(folder / "history") as engine, engine.http() as http:
        number, histories = asyncio.run(_climbed(engine, http))
        records = records_of(engine.home)
        decisions, told = len(cases.decisions(records, number)), ledger.entries(records, number)
        records.dispose()
    assert [entry.kind for entry in told].count("escalated") == 2
    longest = max(histories, key=lambda history: len(history.events))
    events = sum(len(history.events) for history in histories)
    replays = asyncio.run(_replays(longest))
    return Measured(
        Text(
            f"一个事项登记、两级催办、超期、提级，县级接手、化解、销号（演练，一秒 {DAYS_A_SECOND} 天）："
            f"{decisions} 个决定、{len(told)} 条记录、{len(histories)} 次运行；"
            f"最长一次运行有 {len(longest.events)} 个事件，热重放 {REPLAYS} 次取中位数。",
            "One case that is filed, reminded, overdue and escalated twice, taken on by the county, settled "
            f"and struck off (a drill, {DAYS_A_SECOND} days a second): {decisions} decisions, {len(told)} "
            f"entries, {len(histories)} run(s). The longest has {len(longest.events)} events; it is replayed "
            f"warm, the median of {REPLAYS}.",
        ),
        (
            Figure(Text("历史事件", "events of history"), events, "", EVENTS_LIMIT),
            Figure(Text("每个决定的事件", "events a decision"), events / decisions, ""),
            Figure(Text("重放 CPU", "CPU of the replay"), median(replays) * 1000, "ms", REPLAY_LIMIT),
        ),
    )


async def _climbed(engine: Running, http: httpx.Client) -> tuple[str, list[WorkflowHistory]]:
    """Let a case climb and end; its number and the histories of its runs."""
    [number] = await file_due(
        engine, "climb", 1, FILED, datetime.now(UTC), spread=0, speed=DAYS_A_SECOND * 86_400
    )
    await asyncio.to_thread(_taken_on_and_settled, http, number)
    client = await client_of(engine)
    await client.get_workflow_handle(number).result()
    return number, await _histories(client, number)


def _taken_on_and_settled(http: httpx.Client, number: str) -> None:
    until(lambda: _stage(http, number) == "county-mediation", "the climb to the county")
    act(http, number, "note", progress="县级受理")
    act(http, number, "settle", agreement="协议.pdf")
    act(http, number, "strike-off", visited_on="2026-04-02", proof="收条.pdf")


def _stage(http: httpx.Client, number: str) -> str:
    answer = http.get(f"/api/cases/{number}")
    return str(answer.json()["stage"]["name"]) if answer.is_success else ""


async def _histories(client: Client, number: str) -> list[WorkflowHistory]:
    """The histories of all runs of a case, last to first."""
    found: list[WorkflowHistory] = []
    run = (await client.get_workflow_handle(number).describe()).run_id
    while run:
        found.append(await client.get_workflow_handle(number, run_id=run).fetch_history())
        run = found[-1].events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return found


async def _replays(history: WorkflowHistory) -> list[float]:
    return [await replay_seconds(history) for _ in range(REPLAYS)]
