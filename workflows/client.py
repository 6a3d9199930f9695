"""The client of running cases: file one, act on one, tell one. Its waits are bounded."""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from google.protobuf.duration_pb2 import Duration
from pydantic import TypeAdapter
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import (
    Priority,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.runtime import Runtime
from temporalio.service import RPCError, RPCStatusCode

from casework.case import Case
from casework.decide import decide_at
from casework.decision import Decision
from casework.procedure import Procedure
from workflows import attributes
from workflows.case import CaseWorkflow
from workflows.converter import CONVERTER
from workflows.details import summary
from workflows.messages import NOT_ALLOWED, STANDING, Acted, ActRequest, CaseInput, Refusal, TellRequest

ANSWER = timedelta(seconds=10)
RETENTION = timedelta(days=90)
_AWAY = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)
_T = TypeVar("_T")
_CASE = TypeAdapter(Case)


class EngineAway(Exception):
    """Temporal, or every worker, did not answer in time. The same request may be sent again."""


class CaseNotRunning(Exception):
    """No case of that id is running: it never was, or it has ended."""


async def connect(*, lazy: bool = False, runtime: Runtime | None = None, **overrides: str) -> Client:
    """Connect as Temporal's own environment configuration says (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, …).

    ``overrides`` replace ``target_host`` or ``namespace``. Raises EngineAway.
    """
    found: dict[str, Any] = {**ClientConfig.load_client_connect_config(), **overrides}
    target = found.pop("target_host", None) or "localhost:7233"
    try:
        return await Client.connect(target, data_converter=CONVERTER, lazy=lazy, runtime=runtime, **found)
    except RuntimeError as error:
        raise EngineAway(f"Temporal at {target} does not answer") from error


def opened(start: CaseInput) -> tuple[Decision, ...]:
    """What filing will decide: the workflow's own answer, for it is the same function. Raises NotAllowed."""
    assert start.filed
    pace = start.filed.pace
    at = pace.drill_time(start.filed_at) if pace else start.filed_at
    return decide_at(start.procedure, None, start.filed, at.replace(microsecond=0))


async def file_case(client: Client, task_queue: str, start: CaseInput) -> Case:
    """Start a case's workflow; one of the same id that runs already, or ran, is left as it is.

    Returns the case as it begins. Raises NotAllowed before anything is started, and EngineAway.
    """
    case = opened(start)[-1].case
    starting = client.start_workflow(
        CaseWorkflow.run,
        start,
        id=case.id,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        search_attributes=_attributes(start.procedure, case),
        static_summary=summary(start.procedure, case),
        priority=_priority(start.procedure, case),
        rpc_timeout=ANSWER,
    )
    with suppress(WorkflowAlreadyStartedError):
        await _answered(starting)
    return case


def _priority(procedure: Procedure, case: Case) -> Priority:
    """The units right below the top take turns: a township in a storm does not hold up the others."""
    inner = [level.name for level in procedure.levels if not level.external]
    takes_turns = next(filter(None, map(case.place, inner[-2:])), case.places[0])
    return Priority(fairness_key=takes_turns.code)


def _attributes(procedure: Procedure, case: Case) -> TypedSearchAttributes:
    updates = attributes.of(procedure, case)
    return TypedSearchAttributes(
        [SearchAttributePair(each.key, each.value) for each in updates if each.value is not None]
    )


async def act(client: Client, case_id: str, request: ActRequest) -> Acted:
    """Take an action. Raises NotAllowed, CaseNotRunning or EngineAway; the same key acts once."""
    return await _update(client, case_id, "act", request, request.event.key or str(uuid4()))


async def tell(client: Client, case_id: str, request: TellRequest, key: str) -> Acted:
    """Tell a case of a fact; the same key tells it once. Raises NotAllowed, CaseNotRunning or EngineAway."""
    return await _update(client, case_id, "tell", request, key)


async def running_case(client: Client, case_id: str) -> Case:
    """The case as its workflow holds it now. Raises CaseNotRunning or EngineAway."""
    looking = client.get_workflow_handle(case_id).execute_update("look", rpc_timeout=ANSWER)
    try:
        await _answered(looking)
    except WorkflowUpdateFailedError as answered:
        cause = answered.cause
        if isinstance(cause, ApplicationError) and cause.type == STANDING:
            return _CASE.validate_python(cause.details[0])
        if isinstance(cause, ApplicationError) and cause.type == NOT_ALLOWED:  # its filing was refused
            raise CaseNotRunning from answered
        raise
    raise AssertionError("a look is never accepted")


async def _update(
    client: Client, case_id: str, name: str, request: ActRequest | TellRequest, key: str
) -> Acted:
    handle = client.get_workflow_handle(case_id)
    updating = handle.execute_update(name, request, id=key, result_type=Acted, rpc_timeout=ANSWER)
    try:
        return await _answered(updating)
    except WorkflowUpdateFailedError as failed:
        cause = failed.cause
        if isinstance(cause, ApplicationError) and cause.type == NOT_ALLOWED:
            raise _refusal(cause.details[0]).raised() from None
        raise


def _refusal(detail: Mapping[str, object]) -> Refusal:
    return Refusal(detail["code"], str(detail["zh"]), str(detail["en"]), tuple(detail["allowed"]))  # type: ignore[arg-type]


async def _answered(waiting: Awaitable[_T]) -> _T:
    """The answer within the time allowed, in this module's errors."""
    try:
        return await asyncio.wait_for(waiting, ANSWER.total_seconds())
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
        raise EngineAway("no worker answered in time") from error
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            raise CaseNotRunning from error
        if error.status in _AWAY:
            raise EngineAway("Temporal did not answer") from error
        raise


async def provision(client: Client, retention: timedelta = RETENTION) -> None:
    """Create the namespace, its retention and the search attributes where they are missing. Idempotent."""
    await _namespace(client, retention)
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    missing = {
        key.name: IndexedValueType.ValueType(key.indexed_value_type)
        for key in attributes.ALL
        if key.name not in known.custom_attributes
    }
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )


async def _namespace(client: Client, retention: timedelta) -> None:
    service, kept = client.workflow_service, Duration(seconds=int(retention.total_seconds()))
    try:
        await service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    except RPCError as error:
        if error.status != RPCStatusCode.NOT_FOUND:
            raise
        await service.register_namespace(
            RegisterNamespaceRequest(namespace=client.namespace, workflow_execution_retention_period=kept)
        )
        return
    config = NamespaceConfig(workflow_execution_retention_ttl=kept)
    await service.update_namespace(UpdateNamespaceRequest(namespace=client.namespace, config=config))
