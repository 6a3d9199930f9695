"""Filing a case: checked, sealed, given its number, and started."""

import asyncio

from casework.case import Case
from casework.event import Filed
from casework.holders import PARTY_ACTOR
from casework.procedure import PARTY
from console import telling
from console.answers import Done, FileRequest
from console.desk import Desk, procedure_named
from console.numbers import case_number
from console.persons import on_the_roster
from console.problems import Problem
from console.standing import standing
from console.units import unit_meant
from definitions.filing import file_event
from definitions.typed import typed
from workflows.client import opened
from workflows.messages import CaseInput


async def file(desk: Desk, request: FileRequest, key: str, *, may_repeat: bool) -> Done:
    """File a case under a request key. Raises Problem or NotAllowed, and then nothing was filed.

    The answer is the core's own for this filing; the engine decides the same.
    """
    library = await asyncio.to_thread(desk.offered)
    procedure = procedure_named(library, request.procedure)
    number = case_number(procedure.kind, key)
    before = await standing(desk, number) if may_repeat else None
    if before and before.procedure == procedure.name:
        procedure = desk.edition_of(before)
    unit = unit_meant(library.territory, request.unit)
    filed = file_event(
        library,
        procedure,
        unit.code,
        typed(procedure.intake, request.fields),
        lambda field, text: desk.seal.close(number, field, text),
        PARTY_ACTOR if request.as_ == PARTY else on_the_roster(desk, request.as_),
        number,
        key,
        desk.drill,
    )
    if before:
        return _as_before(desk, before, filed)
    received = desk.now()
    decision = opened(CaseInput(procedure, received, filed))[-1]
    await desk.engine.file(procedure, filed, received)
    kinds = tuple(entry.kind for entry in decision.entries)
    return telling.done(procedure, decision.case, kinds, repeated=False)


def _as_before(desk: Desk, case: Case, filed: Filed) -> Done:
    """The answer to a filing sent before. Raises Problem (409) where the key was another filing's."""
    asked = (filed.places, dict(filed.fields), _opened(desk, case.id, dict(filed.sealed)))
    if asked != (case.places, dict(case.fields), _opened(desk, case.id, dict(case.sealed))) and case.seq == 1:
        zh, en = "此请求号已用于另一份登记", "this request key was used for another filing"
        raise Problem(409, "key-reused", zh, en)
    return telling.done(desk.edition_of(case), case, (), repeated=True)


def _opened(desk: Desk, number: str, sealed: dict[str, str]) -> dict[str, str]:
    return {name: desk.seal.open(number, name, text) for name, text in sealed.items()}
