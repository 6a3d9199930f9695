"""The real Temporal server with per-case virtual time, and stories played on it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowHistory
from temporalio.service import RPCError
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.worker import Replayer

from casework.case import Case, Pace
from casework.decision import Entry, NotAllowed
from casework.event import ActionTaken, Filed
from casework.procedure import Procedure
from casework.story import Step, Story, event_of
from records import cases, ledger
from worker import case_worker, sandbox
from workflows import attributes, client
from workflows.case import CaseWorkflow
from workflows.client import CaseNotRunning
from workflows.converter import CONVERTER
from workflows.messages import RUN_EVENTS, Acted, ActRequest, CaseInput, TellRequest

TEMPORAL = Path(sys.executable).with_name("temporal")
PATIENCE = 20.0


@asynccontextmanager
async def time_skipping_server() -> AsyncIterator[WorkflowEnvironment]:
    """A server in which each case's time stands on the real clock until it is moved forward."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),
        dev_server_existing_path=str(TEMPORAL),
        dev_server_extra_args=[
            "--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true",
            "--dynamic-config-value", 'history.timerProcessorMaxTimeShift="1ms"',
        ],
        dev_server_log_level="error",
        search_attributes=list(attributes.ALL),
        data_converter=CONVERTER,
    ) as environment:  # fmt: skip
        yield environment


@dataclass
class Bench:
    """A worker on a server of its own queue, with records of its own."""

    environment: WorkflowEnvironment
    records: Engine
    task_queue: str

    @property
    def client(self) -> Client:
        return self.environment.client

    async def file(
        self,
        procedure: Procedure,
        filed: Filed,
        at: datetime,
        run_events: int = RUN_EVENTS,
        speed: float = 1.0,
    ) -> "Running":
        """File a case whose time begins at ``at``, as if that were now."""
        begun = datetime.now(UTC).replace(microsecond=0)
        filed = replace(filed, pace=Pace(begun, at, speed))
        start = CaseInput(procedure, begun, filed, spread=0, run_events=run_events)
        await client.file_case(self.client, self.task_queue, start)
        return Running(self, procedure, filed, self.client.get_workflow_handle(filed.case_id))


@dataclass
class Running:
    """One case on the bench."""

    bench: Bench
    procedure: Procedure
    filed: Filed
    handle: WorkflowHandle[object, object]

    @property
    def id(self) -> str:
        return self.filed.case_id

    def real(self, at: datetime) -> datetime:
        assert self.filed.pace
        return self.filed.pace.real_time(at)

    async def case(self) -> Case:
        try:
            return await client.running_case(self.bench.client, self.id)
        except CaseNotRunning:  # it has ended, and by then all of it is recorded
            found = cases.get_case(self.bench.records, self.id)
            assert found
            return found[0]

    async def until(self, at: datetime) -> None:
        """Move the case's own time forward to ``at``."""
        if (await self.handle.describe()).status != WorkflowExecutionStatus.RUNNING:
            return
        wait = self.real(at) - await self.bench.environment.get_current_time(self.handle)
        if wait > timedelta():
            with suppress(RPCError):  # it may end on the way
                await self.bench.environment.fast_forward(self.handle, wait)

    async def take(self, at: datetime, event: ActionTaken) -> Acted:
        return await client.act(self.bench.client, self.id, ActRequest(event, self.real(at)))

    async def step(self, step: Step, number: int) -> str:
        """Play one step of a story; the code of its refusal, or ""."""
        await self.until(step.at)
        case = await self.case()
        try:
            event = event_of(self.procedure, case, step, number)
            if isinstance(event, ActionTaken):
                await self.take(step.at, event)
            else:
                request = TellRequest(event, self.real(step.at))  # type: ignore[arg-type]
                await client.tell(self.bench.client, self.id, request, f"step-{number}")
        except NotAllowed as refusal:
            return refusal.code
        except CaseNotRunning:
            return "case-ended"
        return ""

    async def entries(self, count: int = 1) -> list[Entry]:
        """The recorded entries, once there are so many."""
        await eventually(lambda: self._has(count))
        return ledger.entries(self.bench.records, self.id)

    async def _has(self, count: int) -> bool:
        found = await asyncio.to_thread(cases.get_case, self.bench.records, self.id)
        return found is not None and found[0].entries >= count

    async def at_rest(self) -> int:
        """The number of events in the history, once the case only waits."""
        events = 0

        async def resting() -> bool:
            nonlocal events
            history = (await self.handle.fetch_history()).events
            events = len(history)
            return history[-1].event_type == EventType.EVENT_TYPE_TIMER_STARTED

        await eventually(resting)
        return events

    async def histories(self) -> list[WorkflowHistory]:
        """The histories of all runs, first to last."""
        found: list[WorkflowHistory] = []
        run: str | None = None
        described = await self.handle.describe()
        run = described.run_id
        while run:
            history = await self.bench.client.get_workflow_handle(self.id, run_id=run).fetch_history()
            found.append(history)
            started = history.events[0].workflow_execution_started_event_attributes
            run = started.continued_execution_run_id or None
        return found[::-1]

    async def end(self) -> None:
        with suppress(RPCError):
            await self.handle.terminate()


async def play(bench: Bench, procedure: Procedure, story: Story) -> tuple[Running, tuple[str, ...]]:
    """Play a story on the server: the running case, and the refusal code each step met (or "")."""
    running = await bench.file(procedure, story.filed, story.filed_at)
    refusals = [await running.step(step, number) for number, step in enumerate(story.steps, start=1)]
    await running.until(story.until)
    return running, tuple(refusals)


def replayer() -> Replayer:
    return Replayer(workflows=[CaseWorkflow], data_converter=CONVERTER, workflow_runner=sandbox())


async def replay_seconds(history: WorkflowHistory) -> float:
    """CPU seconds of a warm replay."""
    await replayer().replay_workflow(history)
    begun = time.process_time()
    await replayer().replay_workflow(history)
    return time.process_time() - begun


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until a condition holds. Fails after a while."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not await holds():
        assert asyncio.get_running_loop().time() < deadline, "it did not come to hold in time"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def working(environment: WorkflowEnvironment, records: Engine, queue: str = "") -> AsyncIterator[Bench]:
    """A worker on a queue, one of its own if none is named, until the block is left."""
    queue = queue or f"test-{uuid4()}"
    with ThreadPoolExecutor(4) as threads:
        async with case_worker(environment.client, queue, records, threads):
            yield Bench(environment, records, queue)
