"""The JSON API. Every change goes through here, whoever asks."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from casework.canonical import digest
from casework.procedure import Procedure
from console import acting, filing, merging, reading, telling
from console.access import CODE_SECONDS
from console.answers import (
    ActRequest,
    CaseAnswer,
    CaseList,
    Done,
    ExplainAnswer,
    FileRequest,
    Health,
    LedgerAnswer,
    LinkRequest,
    LoginCode,
    MergeRequest,
    Named,
    ProcedureAnswer,
    StageAnswer,
    UnitAnswer,
    UnitList,
    VerdictAnswer,
)
from console.desk import Desk
from console.health import health_of
from console.lists import Asked, case_list
from console.problems import Problem, ProblemDocument
from records.offers import Offer

_bearer = HTTPBearer(auto_error=False)
_LONGEST_KEY = 200


def desk_of(request: Request) -> Desk:
    """The desk of the application that was asked."""
    desk: Desk = request.app.state.desk
    return desk


def authorised(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Desk:
    """The desk, for whoever brings the token. Raises Problem (401)."""
    desk = desk_of(request)
    if given is None or not desk.access.token_is(given.credentials):
        raise Problem(
            401,
            "not-signed-in",
            "令牌不对或没有令牌（Authorization: Bearer …）。",
            "The bearer token is missing or wrong.",
        )
    return desk


Authorised = Annotated[Desk, Depends(authorised)]
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", max_length=_LONGEST_KEY, description="The same key acts only once"),
]
problems: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument} for status in (401, 403, 404, 409, 422, 503)
}
router = APIRouter(prefix="/api", responses=problems)


@router.post("/cases", status_code=201)
async def file_case(desk: Authorised, body: FileRequest, key: Key = None) -> Done:
    """File a case. Without a key, each request is a case of its own."""
    return await filing.file(desk, body, key or uuid4().hex, may_repeat=key is not None)


@router.get("/cases")
def list_cases(
    desk: Authorised,
    level: str = "",
    unit: str = "",
    stage: str = "",
    procedure: str = "",
    overdue: bool = False,
    ended: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> CaseList:
    """Open cases (or ended ones), overdue first and then by days left."""
    return case_list(desk, Asked(level, unit, stage, procedure, overdue, ended, limit, offset))


@router.get("/cases/{number}")
def show_case(desk: Authorised, number: str) -> CaseAnswer:
    """A case whole; private fields are opened."""
    return reading.told(desk, desk.full_number(number))


@router.get("/cases/{number}/explain")
def explain_case(desk: Authorised, number: str) -> ExplainAnswer:
    """How each deadline of a case comes about, day by day."""
    case, procedure = desk.recorded(desk.full_number(number))
    return telling.explained(procedure, case)


@router.post("/cases/{number}/actions")
async def act(desk: Authorised, number: str, body: ActRequest, key: Key = None) -> Done:
    """Take an action in a case."""
    full = await asyncio.to_thread(desk.full_number, number)
    return await acting.act(desk, full, body, key or uuid4().hex)


@router.post("/cases/{number}/merge")
async def merge(desk: Authorised, number: str, body: MergeRequest, key: Key = None) -> Done:
    """Merge a case into another one about the same matter: of two deadlines the earlier holds."""
    full = await asyncio.to_thread(desk.full_number, number)
    into = await asyncio.to_thread(desk.full_number, body.into)
    return await merging.merge(desk, full, into, body, key or uuid4().hex)


@router.post("/cases/{number}/link")
async def link(desk: Authorised, number: str, body: LinkRequest, key: Key = None) -> Done:
    """Link a case to another one; each goes its own way."""
    full = await asyncio.to_thread(desk.full_number, number)
    other = await asyncio.to_thread(desk.full_number, body.other)
    return await merging.link(desk, full, other, body, key or uuid4().hex)


@router.get("/procedures")
def list_procedures(desk: Authorised) -> list[ProcedureAnswer]:
    """The procedures that cases can be filed under, with the fields that filing asks for."""
    offered = desk.offers.now()
    return [
        _procedure(each, offered.published.get(("procedure", each.name)), desk.library.procedures)
        for each in offered.library.procedures.values()
    ]


def _procedure(procedure: Procedure, offer: Offer | None, files: Mapping[str, Procedure]) -> ProcedureAnswer:
    file = files.get(procedure.name)
    return ProcedureAnswer(
        since=offer.since if offer else None,
        by=offer.official_name if offer else "",
        draft=file.edition if file and file != procedure else "",
        name=procedure.name,
        title=telling.words(procedure.title),
        edition=procedure.edition,
        kind=procedure.kind,
        example=procedure.example,
        basis=procedure.basis,
        definition=digest(procedure),
        intake=telling.asked(procedure.intake),
        stages=tuple(
            StageAnswer(
                name=stage.name,
                title=telling.words(stage.title),
                level=stage.level,
                budget=str(stage.clock.budget) if stage.clock else "",
                actions=tuple(action.name for action in stage.actions),
            )
            for stage in procedure.stages
        ),
        outcomes=tuple(Named(name=o.name, title=telling.words(o.title)) for o in procedure.outcomes),
    )


@router.get("/units")
def find_units(desk: Authorised, find: Annotated[str, Query(min_length=1, max_length=100)]) -> UnitList:
    """Units by code or name, such as 枫桥镇/新择湖村."""
    found = desk.library.territory.find(find)[:50]
    return UnitList(
        units=tuple(UnitAnswer(code=u.code, name=u.name, level=u.level, path=u.name) for u in found)
    )


@router.get("/ledger/verify")
def verify_ledger(desk: Authorised, case: str = "", recompute: bool = False) -> VerdictAnswer:
    """Whether the ledger is whole, and with ``recompute`` whether the core decides all of it again so."""
    return reading.verdict(desk, desk.full_number(case) if case else None, recomputed=recompute)


@router.get("/ledger/{number}")
def show_ledger(desk: Authorised, number: str) -> LedgerAnswer:
    """All entries of a case with the hashes that chain them."""
    return reading.ledger_of(desk, desk.full_number(number))


@router.post("/login-codes", status_code=201)
def new_login_code(desk: Authorised) -> LoginCode:
    """A path that signs a browser in once."""
    return LoginCode(path=f"/login?code={desk.access.new_code()}", seconds=CODE_SECONDS)


@router.get("/health")
async def health(request: Request) -> Health:
    """Whether Temporal, the database and a worker answer. Asks for no token and tells of no case."""
    return await health_of(desk_of(request))
