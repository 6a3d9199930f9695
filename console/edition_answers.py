"""What the API asks and says about editions: drafts, what is published, and what that does to open cases."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from console.answers import Named, Words
from definitions.reading import LARGEST

_BATCH = 100
Who = Annotated[str, Field(alias="as", max_length=100)]


class Draft(BaseModel):
    """A definition as YAML; ``file`` is the name that faults are told with, and is not opened."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    file: str = Field(max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")
    text: str = Field(max_length=LARGEST)


class PublishRequest(Draft):
    """A draft to publish, ``as`` an official by id or name. With ``dry_run`` nothing is recorded."""

    as_: Who = ""
    dry_run: bool = False


class ImpactRequest(Draft):
    """A draft to play over the open cases. ``limit``: at most so many of them are told one by one."""

    limit: int | None = Field(default=None, ge=0)


class ForeseeRequest(BaseModel):
    """A published edition to play over the open cases, or those named."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field(max_length=100)
    cases: tuple[str, ...] = Field(default=(), max_length=1000)
    limit: int | None = Field(default=None, ge=0)


class MigrateRequest(BaseModel):
    """Move open cases, or those named, to a published edition: a batch of them, from ``after`` on."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    to: str = Field(max_length=100)
    reason: str = Field(min_length=1, max_length=500)
    as_: Who
    cases: tuple[str, ...] = Field(default=(), max_length=1000)
    after: str = Field(default="", max_length=100)
    limit: int = Field(default=_BATCH, ge=1, le=_BATCH)


class AdoptRequest(BaseModel):
    """Tell open cases of the calendar that is published: a batch of them, from ``after`` on."""

    model_config = ConfigDict(extra="forbid")

    after: str = Field(default="", max_length=100)
    limit: int = Field(default=_BATCH, ge=1, le=_BATCH)


class DayChanged(BaseModel):
    """A day of a published year that another edition counts otherwise; ``past``: it lies behind us."""

    day: date
    before: Literal["working", "make-up", "weekend", "holiday"]
    after: Literal["working", "make-up", "weekend", "holiday"]
    past: bool


class Published(BaseModel):
    """An edition on offer, since when and by whom; ``repeated``: it was already. ``before``: the one it
    replaces. ``contradicts``: days that a calendar's published years had otherwise."""

    name: str
    edition: str
    definition: str
    since: datetime | None
    by: str
    repeated: bool
    before: str
    contradicts: tuple[DayChanged, ...] = ()


class DeadlineMove(BaseModel):
    """A deadline that moves; ``before`` is empty for one that only starts. ``post`` as in DeadlineAnswer."""

    clock: str
    title: Words
    before: date | None
    after: date
    before_words: Words
    after_words: Words


class HolderMove(BaseModel):
    """A role that passes to others, by their names."""

    role: str
    title: Words
    before: tuple[str, ...]
    after: tuple[str, ...]


class Refused(BaseModel):
    code: str
    words: Words


class Effect(BaseModel):
    """What an edition does to one case, or why the case cannot have it.

    ``overdue``: a deadline is past at once. ``done``: it was told and has decided so.
    """

    id: str
    unit: str
    unit_name: str
    level: Named
    stage: Named
    edition: str
    deadlines: tuple[DeadlineMove, ...] = ()
    holders: tuple[HolderMove, ...] = ()
    overdue: bool = False
    refused: Refused | None = None
    done: bool = False


class Tally(BaseModel):
    """How many of a unit's or a level's open cases are touched, and how."""

    name: str
    title: Words
    cases: int = 0
    moved: int = 0
    passed: int = 0
    overdue: int = 0
    refused: int = 0


class Impact(BaseModel):
    """What an edition would do to the open cases. ``already``: those that have it; ``effects``: the others
    that it changes or that refuse it, up to the limit asked for."""

    name: str
    edition: str
    already: int
    total: Tally
    levels: tuple[Tally, ...]
    units: tuple[Tally, ...]
    effects: tuple[Effect, ...]


class Told(BaseModel):
    """What came of telling a batch. ``already``: those that have the edition; ``not_running``: those that the
    engine does not know. ``next``: where the next batch begins; empty once all were told.

    ``away``: the engine did not answer for the rest of this batch; the same request goes on with them.
    """

    already: int
    not_running: int
    effects: tuple[Effect, ...]
    next: str
    away: bool


class CalendarAnswer(BaseModel):
    """A calendar on offer, and the open cases that live by it: those with a provisional deadline, and those
    that have another edition of it."""

    calendar: str
    edition: str
    years: tuple[int, ...]
    provisional_from: date
    missing: int | None
    provisional: int
    behind: int
    cases: int
    since: datetime | None
    by: str
