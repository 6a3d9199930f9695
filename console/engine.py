"""The console's way to the running cases: connects when first needed, says plainly when nobody answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from casework.case import Case
from casework.event import ActionTaken, Filed
from casework.procedure import Procedure
from console.problems import engine_away
from workflows import client as running
from workflows.messages import Acted, ActRequest, CaseInput, Fact, TellRequest

_LOOK = timedelta(seconds=3)


class Engine:
    """Temporal, as the console uses it. Every method raises Problem (503 engine-away) where it is away."""

    def __init__(self, task_queue: str, spread: float) -> None:
        self._task_queue = task_queue
        self._spread = spread
        self._client: Client | None = None

    async def case(self, number: str) -> Case | None:
        """The case as its workflow holds it; None where Temporal knows none of that number."""
        with _told_plainly():
            try:
                return await running.running_case(await self._connected(), number)
            except running.CaseNotRunning:
                return None

    async def file(self, procedure: Procedure, filed: Filed, received: datetime) -> Case:
        """Start a case, unless it was started before. Raises NotAllowed."""
        start = CaseInput(procedure, received, filed, spread=self._spread)
        with _told_plainly():
            return await running.file_case(await self._connected(), self._task_queue, start)

    async def act(self, number: str, event: ActionTaken, received: datetime) -> Acted:
        """Take an action. Raises NotAllowed and CaseNotRunning."""
        with _told_plainly():
            return await running.act(await self._connected(), number, ActRequest(event, received))

    async def tell(self, number: str, fact: Fact, received: datetime, key: str) -> Acted:
        """Tell a case of a fact; the same key tells it once. Raises NotAllowed and CaseNotRunning."""
        with _told_plainly():
            return await running.tell(await self._connected(), number, TellRequest(fact, received), key)

    async def workers(self) -> int:
        """How many workers take work from the task queue."""
        with _told_plainly():
            client = await self._connected()
            told = await client.workflow_service.describe_task_queue(
                DescribeTaskQueueRequest(
                    namespace=client.namespace,
                    task_queue=TaskQueue(name=self._task_queue),
                    task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
                ),
                timeout=_LOOK,
            )
        return len(told.pollers)

    async def _connected(self) -> Client:
        if self._client is None:
            self._client = await running.connect()
        return self._client


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except (running.EngineAway, RPCError) as fault:
        raise engine_away() from fault
