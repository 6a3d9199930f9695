"""How a procedure is written in YAML: every key, what it may hold and what it means.

The JSON Schema for editors is generated from these models, and docs/definitions.md repeats every key.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from casework.procedure import Card, CaseKind
from definitions.shorthand import JUST_NAMED, ONE_WAY, PLAIN_FIELDS, UNDATED
from definitions.terms import (
    Budget,
    Clauses,
    Condition,
    FieldName,
    FieldSpelling,
    Name,
    Names,
    RungAt,
    Spelling,
    TextSpelling,
    Words,
)


class LevelSpelling(Spelling):
    """A level of the ladder."""

    name: Name
    """village, township, county, city, province, or a name of your own."""
    title: TextSpelling | None = None
    """What people read; the five levels named above have one already."""
    external: bool = False
    """The body that decides lies outside the system: the case is handed out, and returned with a record."""


class StartSpelling(Spelling):
    """Where a case begins."""

    stage: Name
    """The first stage."""
    when: Condition | None = None
    """Only under this condition; the last rule must have none."""


class WaySpelling(Spelling):
    """Where an action leads."""

    to: Name
    """A stage or an outcome."""
    when: Condition | None = None
    """Only under this condition; the last way must have none."""


class GradeSpelling(Spelling):
    """A grade of a case; the first whose condition holds is its grade."""

    title: TextSpelling
    """What people read."""
    when: Condition | None = None
    """The condition; the last grade must have none."""
    urgent: bool = False
    """Reminders come at once, whatever the office hours."""


class RungSpelling(Spelling):
    """What happens at one point of a clock."""

    at: RungAt
    """``75%`` of the limit, ``-3wd`` before it ends, ``breach`` when it ends, ``+5wd`` after."""
    every: Budget | None = None
    """Repeated at this interval."""
    remind: Names | None = None
    """Who is reminded: leader, lead, assist or posts."""
    warn: Names | None = None
    """Who is warned."""
    card: Card | None = None
    """A yellow or red card for the lead."""
    supervise: Name | None = None
    """The post that is given a supervision order."""
    escalate: Name | None = None
    """The stage, at a higher level, to which time moves the case."""
    lapse: Name | None = None
    """For a window only: the stage or outcome that follows when a party lets it pass."""
    silence: Name | None = None
    """The stage or outcome that the law takes an office's silence for."""
    marks: Names | None = None
    """Marks set along with ``lapse`` or ``silence``, as of the last day of the limit."""


class ExtensionSpelling(Spelling):
    """An extension of a clock."""

    by: Budget
    """By how much."""
    times: int = Field(1, ge=1, le=9)
    """How often at most."""
    approver: Name
    """Who approves it: a role or a post."""
    before_expiry: bool = True
    """Whether it must be approved before the limit ends."""


class PauseSpelling(Spelling):
    """The suspensions that stop a clock."""

    on: Names
    """Reasons, as actions give them under ``suspends``."""
    at_most: Budget
    """How long altogether, not in months; after that the clock runs on."""


class ClockSpelling(Spelling):
    """A time limit."""

    title: TextSpelling | None = None
    """What people read. Default for the clock of a stage: the stage's title."""
    budget: Budget
    """The limit: 15d calendar days, 5wd working days, 6m months, 2h hours, 2wh office hours."""
    until: Names | None = None
    """The marks that stop it."""
    extend: ExtensionSpelling | None = None
    """Whether and how it can be extended."""
    pause: PauseSpelling | None = None
    """Which suspensions stop it."""
    window: bool = False
    """A party's right with a time limit, not an office's duty: its end is no breach."""
    rungs: list[RungSpelling] = Field(default_factory=list)
    """What happens before, at and after its end."""
    basis: Words | None = None
    """The article it rests on."""


class CaseClockSpelling(ClockSpelling):
    """A time limit over several stages."""

    from_: Name = Field("filed", alias="from")
    """The mark that starts it: ``filed``, or one that an action sets."""


class StageClockSpelling(ClockSpelling):
    """The time limit of one stage: it starts when the stage is entered and ends with it."""

    name: Name | None = None
    """Its name. Default: the name of the stage."""


class ResponsibleSpelling(Spelling):
    """The three responsibilities, none blank, and who answers when a post is vacant."""

    leader: Name
    """责任领导: the post of the responsible leader."""
    lead: Name
    """牵头单位: the post of the lead unit."""
    assist: Names
    """责任单位: the posts of the assisting units."""
    vacant: Name
    """The post that answers instead where one of these is vacant."""


class ActionSpelling(Spelling):
    """Something that a person does with a case."""

    by: Names
    """Who may: leader, lead, assist, posts, or party."""
    title: TextSpelling | None = None
    """What people read; well-known actions have one already."""
    requires: Annotated[dict[FieldName, FieldSpelling], PLAIN_FIELDS] = Field(default_factory=dict)
    """What it must bring: names of text fields, or each field with its rule."""
    when: Condition | None = None
    """It is open only under this condition."""
    to: Annotated[list[WaySpelling], Field(min_length=1), ONE_WAY] | None = None
    """The stage or outcome it leads to, or several ways with conditions. Without it the stage stays."""
    marks: Annotated[dict[Name, FieldName | None], UNDATED] = Field(default_factory=dict)
    """Marks it sets, which start and stop clocks; written ``mark: field`` it is dated by that date field."""
    extends: Name | None = None
    """The clock it extends."""
    suspends: Name | None = None
    """The reason for which it suspends the case."""
    resumes: Name | None = None
    """The suspension it ends."""
    hands_to: FieldName | None = None
    """Its field, of type unit, with the unit that the case is handed to, whose posts answer from then on."""
    hands_back: bool = False
    """Gives the case back to the unit that handed it on, and counts a bounce."""
    recuses: FieldName | None = None
    """Its field, of type official or unit, with who must have no part in the case any more."""
    delivers: bool = False
    """An assisting unit has done its part of a joint handling: its own clock stops."""
    basis: Words | None = None
    """The article it rests on."""


class StageSpelling(Spelling):
    """A stage of the procedure."""

    title: TextSpelling
    """What people read."""
    level: Name
    """The level that handles it."""
    responsible: ResponsibleSpelling
    """Who answers for it."""
    clock: StageClockSpelling | None = None
    """Its time limit."""
    joint: StageClockSpelling | None = None
    """Joint handling: the time limit that each assisting unit has of its own."""
    actions: dict[Name, ActionSpelling] = Field(min_length=1)
    """What can be done."""
    basis: Words | None = None
    """The article it rests on."""


class TopSpelling(Spelling):
    """What happens with a case that is overdue and has nowhere to go."""

    hold: Name
    """The post that holds it."""
    remind_every: Budget
    """How often that post and the stage's leader are reminded."""


class ProcedureSpelling(Spelling):
    """A procedure of Fengqiao (办理程序)."""

    procedure: Name
    """Its name, which is also the name of the file."""
    edition: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    """The edition, in quotes: "2026.1"."""
    kind: CaseKind
    """petition, dispute or duty."""
    title: TextSpelling
    """What people read."""
    basis: Clauses
    """The law or rules it rests on."""
    example: bool = False
    """Its limits are an example, with no national source."""
    calendar: Name = "cn"
    """The calendar of working days."""
    levels: Annotated[list[Annotated[LevelSpelling, JUST_NAMED]], Field(min_length=1)]
    """The levels, from the lowest up."""
    intake: dict[FieldName, FieldSpelling] = Field(default_factory=dict)
    """What filing asks for."""
    start: Annotated[list[StartSpelling], Field(min_length=1)]
    """Where a case begins: the first rule whose condition holds."""
    grades: dict[Name, GradeSpelling] = Field(default_factory=dict)
    """Grades, from the gravest."""
    clocks: dict[Name, CaseClockSpelling] = Field(default_factory=dict)
    """Time limits over several stages."""
    stages: dict[Name, StageSpelling] = Field(min_length=1)
    """The stages."""
    outcomes: dict[Name, TextSpelling] = Field(min_length=1)
    """How a case can end."""
    recuses: FieldName | None = None
    """The field of filing, of type official or unit, with whom the case is about: they never see it."""
    top: TopSpelling
    """What the top does with what it cannot escalate."""
