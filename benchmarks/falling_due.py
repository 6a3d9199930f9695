"""Cases that all fall due in the same second, soon: filed at a legal instant that lies as far back as needed.

Five working days after Monday, 2 March 2026 end with Monday the 9th, at 24:00. Before that, the lead is
reminded when the office opens on the last working day but one, Friday the 6th.
"""

import asyncio
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from temporalio.client import Client

from benchmarks.asking import FIELDS, units
from casework.case import Pace
from casework.event import Filed
from casework.holders import PARTY_ACTOR
from casework.procedure import Procedure
from cli.home import running as addresses
from console.numbers import case_number
from console.seal import Seal
from definitions.filing import file_event
from definitions.library import Library
from settings import Settings
from tests.running_engine import Running
from workflows.client import connect, file_case
from workflows.messages import CaseInput

FILED = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
REMINDED = datetime.fromisoformat("2026-03-06T08:30:00+08:00")
OVERDUE = datetime.fromisoformat("2026-03-10T00:00:00+08:00")
_AT_ONCE = 8


async def client_of(engine: Running) -> Client:
    """A client of the Temporal inside the engine."""
    found = addresses(engine.home)
    assert found
    return await connect(target_host=found.temporal, namespace="default")


async def file_due(
    engine: Running, name: str, count: int, legal: datetime, real: datetime, spread: float, speed: float = 1.0
) -> list[str]:
    """File disputes for which it will be ``legal`` at the ``real`` moment; their numbers.

    They are started as the console starts them: its API has no way to file into the past.
    """
    pace = Pace(real, legal, speed)
    library, client, gate = Library.load(None, "zhuji"), await client_of(engine), asyncio.Semaphore(_AT_ONCE)
    procedure = library.procedures["dispute-mediation"]
    filings = list(_filings(engine, library, procedure, name, count, pace))

    async def start(filed: Filed) -> None:
        async with gate:
            begin = CaseInput(procedure, pace.real_time(FILED), filed, spread=spread)
            await file_case(client, Settings().task_queue, begin)

    await asyncio.gather(*(start(filed) for filed in filings))
    return [filed.case_id for filed in filings]


def _filings(
    engine: Running, library: Library, procedure: Procedure, name: str, count: int, pace: Pace
) -> Iterator[Filed]:
    seal = Seal(b64decode((engine.home / "seal.key").read_text()))
    for number, unit in enumerate(islice(units(), count)):
        case_id = case_number(procedure.kind, f"{name}-{number}")

        def close(field: str, text: str, case_id: str = case_id) -> str:
            return seal.close(case_id, field, text)

        yield file_event(library, procedure, unit, FIELDS, close, PARTY_ACTOR, case_id, pace=pace)
