"""How a scenario is written in YAML: a story about one case, and what must come of it."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from casework.decision import EntryKind, RefusalCode
from definitions.reference import Day, HolidaySpelling, Moment
from definitions.shorthand import mistake
from definitions.terms import FieldName, Name, Names, Scalar, Spelling, Words

CLOCK = r"^[0-9]{2}:[0-9]{2}$"

Clock = Annotated[str, StringConstraints(pattern=CLOCK)]


class PublishSpelling(Spelling):
    """A further year of the calendar, published while the case runs."""

    edition: Words
    """The calendar's new edition."""
    year: int = Field(ge=2000, le=2100)
    """The year."""
    notice: Words
    """The notice's number; say so where it is invented."""
    holidays: list[HolidaySpelling]
    """Its holidays."""


class HandOverSpelling(Spelling):
    """A change of who holds the posts."""

    vacant: Names
    """The posts that fall vacant."""
    reason: Words
    """Why."""


class StepSpelling(Spelling):
    """One thing that happens: an action, a published calendar, or a change of holders."""

    at: Moment
    """When, in the calendar's own zone: 2026-02-05 09:00."""
    action: Name | None = None
    """The action taken."""
    by: Name = "lead"
    """As whom: leader, lead, assist, a post, or party."""
    fields: dict[FieldName, Scalar] = Field(default_factory=dict)
    """What the action brings."""
    refused: RefusalCode | None = None
    """The code of the refusal that is expected."""
    publish: PublishSpelling | None = None
    """Instead of an action: a year of the calendar is published."""
    hand_over: HandOverSpelling | None = None
    """Instead of an action: posts fall vacant."""

    @model_validator(mode="after")
    def _one_thing(self) -> "StepSpelling":
        if sum(thing is not None for thing in (self.action, self.publish, self.hand_over)) != 1:
            raise mistake(
                "须写且只写 action、publish、hand_over 之一", "write one of action, publish, hand_over"
            )
        return self


class EntrySpelling(Spelling):
    """An entry that must stand in the ledger; what is not written here may be anything."""

    on: Day
    """The day of the entry."""
    time: Clock | None = None
    """The time of day."""
    kind: EntryKind
    """The kind of entry."""
    stage: Name | None = None
    """The stage it was written at."""
    clock: Name | None = None
    """The clock it is about."""
    rung: str | None = None
    """The rung it is about."""
    post: Name | None = None
    """The post it is about."""
    detail: dict[str, Scalar] = Field(default_factory=dict)
    """Some of its details."""


class ExpectSpelling(Spelling):
    """What must come of a story."""

    stage: Name | None = None
    """The stage at which the case stands in the end."""
    outcome: Name | None = None
    """The outcome with which it ended."""
    entries: list[EntrySpelling] = Field(default_factory=list)
    """Entries that must stand in the ledger, in this order; others may stand between them."""
    never: list[EntryKind] = Field(default_factory=list)
    """Kinds of entries that must not stand there."""

    @model_validator(mode="after")
    def _one_end(self) -> "ExpectSpelling":
        if (self.stage is None) == (self.outcome is None):
            raise mistake("须写 stage 或 outcome 之一", "write either stage or outcome")
        return self


class ScenarioSpelling(Spelling):
    """A scenario (情景): a case, what is done about it, and what must come of it."""

    scenario: Words
    """What it shows, in a sentence."""
    procedure: Name
    """The procedure."""
    unit: Words
    """Where it is filed: a code, a name, or a parent's name and its own, as township/village."""
    filed: Moment
    """When it is filed."""
    fields: dict[FieldName, Scalar] = Field(default_factory=dict)
    """What is filed."""
    vacant: list[Name] = Field(default_factory=list)
    """Posts that nobody holds in this story."""
    steps: list[StepSpelling] = Field(default_factory=list)
    """What happens, in order of time."""
    until: Moment
    """Until when time runs."""
    expect: ExpectSpelling
    """What must come of it."""

    @model_validator(mode="after")
    def _in_order(self) -> "ScenarioSpelling":
        moments = [self.filed, *(step.at for step in self.steps), self.until]
        if moments != sorted(moments):
            raise mistake(
                "filed、各步 at、until 须按时间先后", "filed, the steps and until must be in order of time"
            )
        return self
