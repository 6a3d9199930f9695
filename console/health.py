"""Whether what the console depends on answers."""

import asyncio

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from console.answers import Health
from console.calendars import warnings
from console.desk import Desk
from console.problems import Problem


async def health_of(desk: Desk) -> Health:
    database, workers, lacking = await asyncio.gather(
        asyncio.to_thread(_database_answers, desk), _workers(desk), asyncio.to_thread(warnings, desk)
    )
    return Health(
        ok=database and bool(workers),
        temporal=workers is not None,
        database=database,
        workers=workers or 0,
        time=desk.case_time(),
        speed=desk.drill.speed if desk.drill else 1.0,
        calendars=lacking,
    )


def _database_answers(desk: Desk) -> bool:
    try:
        with desk.records.connect() as connection:
            connection.execute(text("select 1"))
    except SQLAlchemyError:
        return False
    return True


async def _workers(desk: Desk) -> int | None:
    """How many workers there are; None where Temporal does not answer."""
    try:
        return await desk.engine.workers()
    except Problem:
        return None
