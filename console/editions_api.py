"""The API of editions: publishing procedures and calendars, and moving open cases to what is published."""

from fastapi import APIRouter

from casework.case import SYSTEM
from casework.event import CalendarPublished
from console import adopting, calendars, publishing
from console.api import Authorised, problems
from console.drafts import calendar_in, procedure_in
from console.edition_answers import (
    AdoptRequest,
    CalendarAnswer,
    ForeseeRequest,
    Impact,
    ImpactRequest,
    MigrateRequest,
    Published,
    PublishRequest,
    Told,
)
from console.foretelling import impact, migration
from records.cases import open_cases

router = APIRouter(prefix="/api", responses=problems)


@router.post("/procedures")
def publish_procedure(desk: Authorised, body: PublishRequest) -> Published:
    """Offer an edition of a procedure for filing from now on. Open cases keep theirs."""
    return publishing.publish_procedure(desk, body)


@router.post("/procedures/impact")
def procedure_impact(desk: Authorised, body: ImpactRequest) -> Impact:
    """What a draft would do to the open cases of its procedure. Nothing is written."""
    edition = procedure_in(desk, body)
    cases = open_cases(desk.records, edition.name)
    return impact(desk, edition, cases, migration(desk, edition, "", SYSTEM), body.limit)


@router.post("/procedures/{name}/migrations/foresee")
def foresee_migration(desk: Authorised, name: str, body: ForeseeRequest) -> Impact:
    """What moving open cases to a published edition would do. Nothing is written."""
    edition = adopting.edition_named(desk, name, body.to)
    cases = open_cases(desk.records, name, ids=adopting.numbers_of(desk, name, body.cases))
    return impact(desk, edition, cases, migration(desk, edition, "", SYSTEM), body.limit)


@router.post("/procedures/{name}/migrations")
async def migrate(desk: Authorised, name: str, body: MigrateRequest) -> Told:
    """Move a batch of open cases to a published edition; each decides, and says why where it will not."""
    return await adopting.migrate(desk, name, body)


@router.get("/calendars")
def list_calendars(desk: Authorised) -> list[CalendarAnswer]:
    """The calendars in use: which years they know, and how many open cases rest on what they do not."""
    return calendars.calendars(desk)


@router.post("/calendars")
def publish_calendar(desk: Authorised, body: PublishRequest) -> Published:
    """Put an edition of a calendar in force for what is filed from now on. Open cases are told apart."""
    return publishing.publish_calendar(desk, body)


@router.post("/calendars/impact")
def calendar_impact(desk: Authorised, body: ImpactRequest) -> Impact:
    """What a draft of a calendar would do to the open cases that live by it. Nothing is written."""
    calendar = calendar_in(desk, body)
    cases = (case for case in open_cases(desk.records) if case.calendar.name == calendar.name)
    return impact(desk, calendar, cases, lambda _procedure, _case: CalendarPublished(calendar), body.limit)


@router.post("/calendars/{name}/adoptions")
async def adopt_calendar(desk: Authorised, name: str, body: AdoptRequest) -> Told:
    """Tell a batch of open cases of the calendar that is in force; each counts its deadlines anew."""
    return await adopting.adopt(desk, name, body)
