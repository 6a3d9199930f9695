"""One time-skipping server a session, one database and worker a test."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.testing import WorkflowEnvironment

from casework.case import SYSTEM
from casework.event import Filed
from casework.procedure import Procedure
from definitions.filing import file_event
from definitions.library import Library
from records.database import connect, migrate
from tests.workflows.engine import Bench, time_skipping_server, working

Dispute = tuple[Procedure, Filed]


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load(None, "zhuji")


@pytest.fixture(scope="session")
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    async with time_skipping_server() as environment:
        yield environment


@pytest.fixture
async def bench(environment: WorkflowEnvironment, tmp_path: Path) -> AsyncIterator[Bench]:
    records = connect(f"sqlite:///{tmp_path / 'records.db'}")
    migrate(records)
    async with working(environment, records) as bench:
        yield bench
    records.dispose()


@pytest.fixture
def dispute(library: Library) -> Dispute:
    """A dispute in 枫源村 under the shipped procedure, not filed yet."""
    procedure = library.procedures["dispute-mediation"]
    unit = library.territory.find("枫桥镇/枫源村")[0]
    fields = {"summary": "两户因宅基地滴水争执", "parties": "甲与乙"}

    def sealed(_field: str, text: str) -> str:
        return f"sealed:{len(text)}"

    return procedure, file_event(
        library, procedure, unit.code, fields, sealed, SYSTEM, f"D-{uuid4().hex[:8]}"
    )
