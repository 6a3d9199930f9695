"""A procedure (办理程序) as declared: levels, posts, stages, clocks, rungs, actions and outcomes.

This is the normalised form, with every default written out. It travels whole in the input of a case's
workflow, so a case runs under the edition it was filed under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from casework.budget import Budget, Unit
from casework.predicate import Predicate, Value

FieldType = Literal["text", "integer", "flag", "date", "choice", "phone", "evidence", "unit", "official"]
RungPoint = Literal["percent", "before", "breach", "after"]
Card = Literal["yellow", "red"]
CaseKind = Literal["petition", "dispute", "duty"]

ROLES = ("leader", "lead", "assist")
PARTY = "party"
FILED, ENTERED = "filed", "entered"


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Level:
    """A level of the ladder. At an ``external`` one the deciding body lies outside the system."""

    name: str
    title: Text
    external: bool = False


@dataclass(frozen=True)
class Post:
    """A post (岗位) and the level at whose unit it stands."""

    name: str
    level: str
    title: Text


@dataclass(frozen=True)
class FieldRule:
    """A field that filing or an action brings. ``private`` ones are sealed before they reach the core.

    A ``unit`` is named by its code, an ``official`` by id.
    """

    name: str
    title: Text
    type: FieldType = "text"
    required: bool = True
    private: bool = False
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    default: Value | None = None


@dataclass(frozen=True)
class Way:
    """Where to go, when its condition holds: the first way that does is taken. ``to``: stage or outcome."""

    to: str
    when: Predicate | None = None


@dataclass(frozen=True)
class Grade:
    """A grade of a case. An ``urgent`` one is reminded at once, whatever the office hours."""

    name: str
    title: Text
    when: Predicate | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Rung:
    """What happens at one point of a clock.

    ``point`` and ``amount``: ``percent`` of the budget; ``before`` or ``after`` the deadline by ``amount``
    of ``unit``; ``breach``, the deadline itself. With ``every`` it repeats until the clock stops.
    ``remind`` and ``warn`` name roles or posts; ``supervise`` a post; ``escalate`` a stage (time did it);
    ``lapse`` a stage or outcome (the end of a party's window, no fault of an office); ``silence`` a stage or
    outcome: what the law takes an office's silence for (复议法第30条: accepted). ``marks`` are set along with
    a lapse or a silence, as of the last day of the limit.
    """

    name: str
    point: RungPoint
    amount: int = 0
    unit: Unit = "d"
    every: Budget | None = None
    remind: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    card: Card | None = None
    supervise: str | None = None
    escalate: str | None = None
    lapse: str | None = None
    silence: str | None = None
    marks: tuple[str, ...] = ()

    @property
    def only_speaks(self) -> bool:
        """Whether it only tells someone, and so keeps office hours; otherwise it has its exact instant."""
        acts = (self.card, self.supervise, self.escalate, self.lapse, self.silence)
        return self.point != "breach" and not any(acts)


@dataclass(frozen=True)
class Extension:
    """An extension (延期): by how much at most, how often, and whether it must come before expiry."""

    by: Budget
    times: int
    approver: str
    before_expiry: bool = True


@dataclass(frozen=True)
class PauseRule:
    """The suspensions (中止) that stop a clock, and for how long altogether at most: never in months, for
    several pauses add up to days."""

    on: tuple[str, ...]
    at_most: Budget


@dataclass(frozen=True)
class ClockRule:
    """A clock (时限). It starts at a mark and ends at any of ``until`` or with its stage.

    A ``window`` is a right of a party (to ask for review, say): its end is a lapse, not a breach. Where the
    case goes on all the same (答辩期), its end only reminds someone.
    ``rungs`` are in the order they stand in the procedure and hold exactly one ``breach``.
    """

    name: str
    title: Text
    budget: Budget
    rungs: tuple[Rung, ...]
    start: str = ENTERED
    until: tuple[str, ...] = ()
    extend: Extension | None = None
    pause: PauseRule | None = None
    window: bool = False
    basis: str = ""

    def rung(self, name: str) -> Rung:
        return next(rung for rung in self.rungs if rung.name == name)


@dataclass(frozen=True)
class Responsible:
    """Who answers for a stage, as posts: 责任领导, 牵头单位, 责任单位; and who when a post is vacant."""

    leader: str
    lead: str
    assist: tuple[str, ...]
    vacant: str


@dataclass(frozen=True)
class Mark:
    """A mark an action sets, which starts or stops clocks; dated by a field where one is named."""

    name: str
    date_field: str | None = None


@dataclass(frozen=True)
class Action:
    """An action (办理动作): who may take it, what it must bring, and what it does.

    ``by`` holds roles of the stage, posts, or ``party``. ``hands_to`` names its field of the unit that the
    case goes to; ``hands_back`` gives it back to the unit that it came from, which counts as a bounce (退回).
    ``recuses`` names its field of the official or unit that must have no part in the case (回避). With
    ``delivers`` an assisting unit has done its part of a joint handling.
    """

    name: str
    title: Text
    by: tuple[str, ...]
    requires: tuple[FieldRule, ...] = ()
    when: Predicate | None = None
    to: tuple[Way, ...] = ()
    marks: tuple[Mark, ...] = ()
    extends: str | None = None
    suspends: str | None = None
    resumes: str | None = None
    hands_to: str | None = None
    hands_back: bool = False
    recuses: str | None = None
    delivers: bool = False
    basis: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage (环节). At an external level its posts are those who hand the case out and track it.

    ``joint``: the clock that each assisting unit has of its own in a joint handling (联合办理).
    """

    name: str
    title: Text
    level: str
    responsible: Responsible
    actions: tuple[Action, ...]
    clock: ClockRule | None = None
    joint: ClockRule | None = None
    basis: str = ""

    @property
    def clocks(self) -> tuple[ClockRule, ...]:
        return tuple(clock for clock in (self.clock, self.joint) if clock)


@dataclass(frozen=True)
class Outcome:
    """An outcome (办理结果), which ends a case."""

    name: str
    title: Text


MERGED = Outcome("merged", Text("并入另一事项办理", "Merged into another case"))


@dataclass(frozen=True)
class Top:
    """What happens with a case that is overdue and has nowhere to go: a post holds it and is reminded."""

    hold: str
    remind_every: Budget


@dataclass(frozen=True)
class Procedure:
    """One edition of a procedure, whole.

    ``recuses`` names the field of filing with the official or unit that the case is about, who must never see
    it.
    """

    name: str
    edition: str
    kind: CaseKind
    title: Text
    basis: tuple[str, ...]
    example: bool
    calendar: str
    levels: tuple[Level, ...]
    posts: tuple[Post, ...]
    intake: tuple[FieldRule, ...]
    start: tuple[Way, ...]
    grades: tuple[Grade, ...]
    clocks: tuple[ClockRule, ...]
    stages: tuple[Stage, ...]
    outcomes: tuple[Outcome, ...]
    top: Top
    recuses: str | None = None

    @cached_property
    def _stages(self) -> Mapping[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def _clocks(self) -> Mapping[str, ClockRule]:
        of_stages = (clock for stage in self.stages for clock in stage.clocks)
        return {clock.name: clock for clock in (*self.clocks, *of_stages)}

    def stage(self, name: str) -> Stage:
        return self._stages[name]

    def has_stage(self, name: str) -> bool:
        return name in self._stages

    def outcome(self, name: str) -> Outcome:
        return next(outcome for outcome in (*self.outcomes, MERGED) if outcome.name == name)

    def level(self, name: str) -> Level:
        return next(level for level in self.levels if level.name == name)

    def post(self, name: str) -> Post:
        return next(post for post in self.posts if post.name == name)

    def clock(self, name: str) -> ClockRule:
        """A clock of the case or of a stage; the loader keeps their names apart."""
        return self._clocks[name]

    def has_clock(self, name: str) -> bool:
        return name in self._clocks
