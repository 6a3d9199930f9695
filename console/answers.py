"""What the API says: the models that OpenAPI publishes. Instants are UTC, ``day`` is the local last day."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from casework.predicate import Value


class Words(BaseModel):
    """The same words in Chinese and English."""

    zh: str
    en: str


class Named(BaseModel):
    name: str
    title: Words


class UnitAnswer(BaseModel):
    """A unit of the territory; ``path`` reads from below the top down to it: 枫桥镇/枫源村."""

    code: str
    name: str
    level: str
    path: str = ""


class Who(BaseModel):
    """Someone who answers or may act: an official at a post, or a party."""

    kind: Literal["official", "party", "system"]
    id: str
    name: str


class DeadlineAnswer(BaseModel):
    """A clock. ``left`` counts days to the deadline at ``as_of``, below zero once it is over."""

    clock: str
    title: Words
    budget: str
    state: Literal["running", "paused", "stopped", "breached"]
    started: datetime
    due: datetime | None
    day: date | None
    words: Words
    provisional: bool
    left: int | None
    basis: str


class Duty(BaseModel):
    """Who answers, in which role and post, since when, until when due; ``vacant``: the post nobody holds."""

    role: str
    role_title: Words
    post: str
    post_title: Words
    unit: str
    unit_name: str
    official: str
    name: str
    stage: str
    opened: datetime
    due: datetime | None
    vacant: str
    vacant_title: Words | None


class FieldAnswer(BaseModel):
    name: str
    title: Words
    value: Value
    private: bool


class FieldAsked(BaseModel):
    """A field that filing or an action asks for."""

    name: str
    title: Words
    type: str
    required: bool
    private: bool
    choices: tuple[str, ...]
    default: Value | None


class ActionOpen(BaseModel):
    """An action that is open now, who may take it, and what it must bring."""

    action: str
    title: Words
    by: tuple[Who, ...]
    fields: tuple[FieldAsked, ...]
    basis: str


class EntryAnswer(BaseModel):
    """One ledger entry, in words, with the hash that chains it."""

    number: int
    at: datetime
    local: str
    kind: str
    stage: str
    level: str
    unit: str
    actor: Who
    post: str
    clock: str
    basis: str
    text: Words
    hash: str = ""


class CaseLine(BaseModel):
    """A case in a list. ``lead``, ``lead_unit`` and ``lead_post`` are whoever answers for it as lead unit."""

    id: str
    procedure: Named
    kind: str
    unit: UnitAnswer
    level: Named
    stage: Named
    outcome: Named | None
    grade: Named | None
    urgent: bool
    overdue: bool
    filed: datetime
    ended: datetime | None
    lead: str
    lead_unit: str
    lead_post: Words
    due: datetime | None
    due_words: Words
    provisional: bool
    left: int | None
    drill: bool


class CaseList(BaseModel):
    """A page of the list, overdue first and then by days left; ``more``: it goes on."""

    more: bool
    cases: tuple[CaseLine, ...]


class CaseAnswer(CaseLine):
    """A case, whole. Private fields are opened for whoever holds the token."""

    edition: str
    as_of: datetime
    suspended: str | None
    fields: tuple[FieldAnswer, ...]
    deadlines: tuple[DeadlineAnswer, ...]
    responsibilities: tuple[Duty, ...]
    allowed: tuple[ActionOpen, ...]
    entries: tuple[EntryAnswer, ...]


class UnitList(BaseModel):
    units: tuple[UnitAnswer, ...]


class FileRequest(BaseModel):
    """A filing. ``unit`` is a code or a name such as 枫桥镇/新择湖村; ``as`` an official or the party."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    procedure: str = Field(max_length=100)
    unit: str = Field(max_length=100)
    fields: dict[str, Value] = Field(default_factory=dict, max_length=100)
    as_: str = Field(default="party", alias="as", max_length=100)


class ActRequest(BaseModel):
    """An action. ``as`` is an official's id or name, a role or post of the case, or ``party``.

    ``stage``, where given, is the stage at which the case was seen: refused once the case has left it.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    action: str = Field(max_length=100)
    as_: str = Field(alias="as", max_length=100)
    fields: dict[str, Value] = Field(default_factory=dict, max_length=100)
    stage: str = Field(default="", max_length=100)


class MergeRequest(BaseModel):
    """A case goes on within another one about the same matter. ``as``: who answers for that other one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    into: str = Field(max_length=100)
    reason: str = Field(min_length=1, max_length=1000)
    as_: str = Field(alias="as", max_length=100)


class LinkRequest(BaseModel):
    """Another case has to do with this one. ``as``: who answers for this one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    other: str = Field(max_length=100)
    reason: str = Field(min_length=1, max_length=1000)
    as_: str = Field(alias="as", max_length=100)


class Done(BaseModel):
    """What came of a filing or an action. ``repeated``: the same request had been carried out before."""

    id: str
    seq: int
    stage: Named
    level: Named
    outcome: Named | None
    due: datetime | None
    due_words: Words
    provisional: bool
    holders: tuple[Duty, ...]
    entries: tuple[str, ...]
    repeated: bool


class DayAnswer(BaseModel):
    """One day of a clock: counted or skipped, the count after it, and why."""

    day: date
    counted: bool
    count: int
    why: str
    words: Words
    note: str
    provisional: bool


class ClockAnswer(BaseModel):
    """One clock explained day by day. ``agrees``: the deadline derived anew is the one the case carries."""

    clock: str
    title: Words
    budget: str
    budget_words: Words
    extended: int
    basis: str
    started: datetime
    due: datetime | None
    due_words: Words
    provisional: bool
    state: str
    agrees: bool
    days: tuple[DayAnswer, ...]


class ExplainAnswer(BaseModel):
    id: str
    procedure: Named
    clocks: tuple[ClockAnswer, ...]


class StageAnswer(Named):
    level: str
    budget: str
    actions: tuple[str, ...]


class ProcedureAnswer(Named):
    """A procedure that cases can be filed under.

    ``since`` and ``by``: when and by whom this edition was published; empty for one that stands in the files
    only. ``draft``: the edition in the files, where that is another one.
    """

    since: datetime | None
    by: str
    draft: str
    edition: str
    kind: str
    example: bool
    basis: tuple[str, ...]
    definition: str
    intake: tuple[FieldAsked, ...]
    stages: tuple[StageAnswer, ...]
    outcomes: tuple[Named, ...]


class LedgerAnswer(BaseModel):
    id: str
    entries: tuple[EntryAnswer, ...]


class LedgerFault(BaseModel):
    """The first bad entry of a case, and what is wrong with it: by its name, and in words."""

    case: str
    number: int
    why: str
    text: Words


class VerdictAnswer(BaseModel):
    """Whether the ledger is whole, how much was checked, and the first bad entry of each bad case."""

    ok: bool
    cases: int
    entries: int
    faults: tuple[LedgerFault, ...]


class CalendarWarning(BaseModel):
    """A calendar that lacks a year it should have by now; what is due from ``provisional_from`` on is
    provisional."""

    calendar: str
    edition: str
    missing: int
    provisional_from: date


class Health(BaseModel):
    """Whether the parts answer, how many workers there are, and the time that new cases live in.

    ``calendars``: those that lack a year.
    """

    ok: bool
    temporal: bool
    database: bool
    workers: int
    time: datetime
    speed: float
    calendars: tuple[CalendarWarning, ...]


class LoginCode(BaseModel):
    """A path that signs a browser in once."""

    path: str
    seconds: int
