"""The composition root of a worker: it connects the parts and runs them until told to stop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from prometheus_client import start_http_server
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.runtime import LoggingConfig, PrometheusConfig, Runtime, TelemetryConfig
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.channels import channels
from activities.commit import Recorder
from activities.letter import Address
from activities.postman import Postman
from casework.decision import NotAllowed
from casework.event import NoticeFailed
from definitions.library import Library
from records.database import connect, migrate
from settings import Settings
from workflows import client as cases
from workflows.case import CaseWorkflow
from workflows.client import CaseNotRunning, EngineAway
from workflows.messages import TellRequest

THREADS = 8
CASES_AT_ONCE = 8
"""How many cases are decided at the same time. They share one interpreter lock, and one that has not had its
turn within two seconds counts as stuck: after a worker's death hundreds are replayed together."""
AGAIN_SECONDS = 2.0
_log = structlog.get_logger()


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Run a worker and its postman until ``stop``. Waits for a database or a Temporal that is away."""
    records = connect(settings.records_url())
    if not await _migrated(records, stop):
        return
    client = await _connected(_runtime(settings), stop)
    if client is None:
        return
    with ThreadPoolExecutor(THREADS) as threads:
        async with case_worker(client, settings.task_queue, records, threads):
            _log.info("worker ready", task_queue=settings.task_queue, namespace=client.namespace)
            await _postman(settings, records, client).work(stop)
    records.dispose()


def case_worker(client: Client, task_queue: str, records: Engine, threads: ThreadPoolExecutor) -> Worker:
    """The worker itself."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[CaseWorkflow],
        activities=[Recorder(records).commit],
        activity_executor=threads,
        workflow_runner=sandbox(),
        max_concurrent_workflow_tasks=CASES_AT_ONCE,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=3),
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


def sandbox() -> SandboxedWorkflowRunner:
    """The sandbox of workflows. Our packages, deterministic where they must be, pass through: loading them
    anew for each case costs ten times the CPU."""
    ours = SandboxRestrictions.default.with_passthrough_modules("casework", "workflows", "pydantic")
    return SandboxedWorkflowRunner(restrictions=ours)


def _postman(settings: Settings, records: Engine, client: Client) -> Postman:
    folder = Path(settings.definitions) if settings.definitions else None
    officials = Library.load(folder, settings.county).roster.officials
    addresses = {each.id: Address(each.email, each.webhook) for each in officials.values()}

    async def tell(case_id: str, event: NoticeFailed) -> bool:
        try:
            await cases.tell(client, case_id, TellRequest(event, datetime.now(UTC)), f"failed:{event.notice}")
        except (CaseNotRunning, NotAllowed):
            return False
        except EngineAway as error:
            raise ConnectionError(str(error)) from error
        return True

    known = channels(settings.smtp_url, settings.mail_from, settings.webhook_url)
    return Postman(records, known, addresses, tell, language=settings.language)


async def _migrated(records: Engine, stop: asyncio.Event) -> bool:
    while not stop.is_set():
        try:
            await asyncio.to_thread(migrate, records)
        except SQLAlchemyError as error:
            _log.warning("the database does not answer; trying again", error=type(error).__name__)
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return True
    return False


async def _connected(runtime: Runtime, stop: asyncio.Event) -> Client | None:
    while not stop.is_set():
        try:
            return await cases.connect(runtime=runtime)
        except EngineAway as error:
            _log.warning("Temporal does not answer; trying again", error=str(error))
            await asyncio.sleep(AGAIN_SECONDS)
    return None


def _runtime(settings: Settings) -> Runtime:
    """The SDK's runtime: its metrics on the port after ours, its own log quiet."""
    metrics = None
    if settings.metrics:
        host, _, port = settings.metrics.rpartition(":")
        start_http_server(int(port), host or "127.0.0.1")
        metrics = PrometheusConfig(bind_address=f"{host or '127.0.0.1'}:{int(port) + 1}")
    return Runtime(telemetry=TelemetryConfig(metrics=metrics, logging=LoggingConfig.default))
