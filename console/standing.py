"""A case as it stands now: asked of its workflow first, because the records may still be catching up."""

import asyncio

from sqlalchemy.exc import OperationalError

from casework.case import Case
from console.desk import Desk
from records.cases import get_case


async def standing(desk: Desk, number: str) -> Case | None:
    """The case, or None where neither the engine nor the records know it. Raises Problem (503)."""
    return await desk.engine.case(number) or await asyncio.to_thread(_recorded, desk, number)


def _recorded(desk: Desk, number: str) -> Case | None:
    try:
        found = get_case(desk.records, number)
    except OperationalError:
        return None
    return found[0] if found else None
