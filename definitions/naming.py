"""Every name that one procedure declares, so that what refers to it can be checked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from casework.acting import KEPT_TYPES
from casework.procedure import FILED, PARTY, ROLES, Post
from definitions.document import Way
from definitions.spelling import ActionSpelling, CaseClockSpelling, ClockSpelling, ProcedureSpelling
from definitions.terms import Condition, FieldSpelling

SEEN = ("filed_at", "bounces", "handed_on", "awaited")  # what a case itself has seen: casework.allowed.facts

_NUMBER = FieldSpelling(type="integer")


@dataclass(frozen=True)
class Names:
    """The names a procedure declares, and the posts of the library."""

    stages: Collection[str]
    outcomes: Collection[str]
    levels: tuple[str, ...]
    posts: Mapping[str, Post]
    clocks: Mapping[str, ClockSpelling]
    marks: Collection[str]
    suspensions: Collection[str]
    fields: Mapping[str, FieldSpelling]

    @property
    def ends(self) -> set[str]:
        """Where a way can lead."""
        return {*self.stages, *self.outcomes}

    @property
    def people(self) -> set[str]:
        """Who can be reminded, or can approve."""
        return {*ROLES, *self.posts}

    @property
    def actors(self) -> set[str]:
        """Who can act."""
        return {*self.people, PARTY}


def names_in(written: ProcedureSpelling, posts: Mapping[str, Post]) -> Names:
    actions = [action for _, action in actions_in(written)]
    return Names(
        stages=set(written.stages),
        outcomes=set(written.outcomes),
        levels=tuple(level.name for level in written.levels),
        posts=posts,
        clocks={name: clock for name, _, clock in clocks_in(written)},
        marks={FILED, *(mark for action in actions for mark in action.marks), *_marks_of_time(written)},
        suspensions={action.suspends for action in actions if action.suspends},
        fields={**_fields_of_actions(actions), **written.intake, **_seen(written)},
    )


def _marks_of_time(written: ProcedureSpelling) -> Iterator[str]:
    """The marks that clocks set when they run out."""
    return (mark for _, _, clock in clocks_in(written) for rung in clock.rungs for mark in rung.marks or ())


def _seen(written: ProcedureSpelling) -> dict[str, FieldSpelling]:
    levels = [level.name for level in (*written.levels, *written.levels)]
    kinds = (FieldSpelling(type="choice", choices=levels), _NUMBER, FieldSpelling(type="flag"), _NUMBER)
    return dict(zip(SEEN, kinds, strict=True))


def _fields_of_actions(actions: list[ActionSpelling]) -> dict[str, FieldSpelling]:
    return {
        name: field
        for action in actions
        for name, field in action.requires.items()
        if field.type in KEPT_TYPES and not field.private
    }


def actions_in(written: ProcedureSpelling) -> Iterator[tuple[Way, ActionSpelling]]:
    """Every action of every stage, and where it stands."""
    for stage_name, stage in written.stages.items():
        for name, action in stage.actions.items():
            yield ("stages", stage_name, "actions", name), action


def clocks_in(written: ProcedureSpelling) -> Iterator[tuple[str, Way, CaseClockSpelling | ClockSpelling]]:
    """Every clock: its name, where it stands, and how it is written."""
    for name, clock in written.clocks.items():
        yield name, ("clocks", name), clock
    for stage_name, stage in written.stages.items():
        if stage.clock:
            yield stage.clock.name or stage_name, ("stages", stage_name, "clock"), stage.clock
        if stage.joint:
            yield stage.joint.name or joint_name(stage_name), ("stages", stage_name, "joint"), stage.joint


def joint_name(stage: str) -> str:
    """The name of a stage's joint clock, where it is given none."""
    return f"{stage}-joint"


def conditions_in(written: ProcedureSpelling) -> Iterator[tuple[Way, Condition]]:
    """Every condition, and where it stands."""
    for number, rule in enumerate(written.start):
        yield from _within(("start", number, "when"), rule.when)
    for name, grade in written.grades.items():
        yield from _within(("grades", name, "when"), grade.when)
    for way, action in actions_in(written):
        yield from _within((*way, "when"), action.when)
        for number, to in enumerate(action.to or ()):
            yield from _within((*way, "to", number, "when"), to.when)


def _within(way: Way, condition: Condition | None) -> Iterator[tuple[Way, Condition]]:
    if condition is None:
        return
    yield way, condition
    for key, parts in (("all", condition.all_), ("any", condition.any_)):
        for number, part in enumerate(parts or ()):
            yield from _within((*way, key, number), part)
    yield from _within((*way, "not"), condition.not_)


def fields_in(written: ProcedureSpelling) -> Iterator[tuple[Way, str, FieldSpelling]]:
    """Every field, of filing and of actions, and where it stands."""
    for name, field in written.intake.items():
        yield ("intake", name), name, field
    for way, action in actions_in(written):
        for name, field in action.requires.items():
            yield (*way, "requires", name), name, field
