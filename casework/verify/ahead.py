"""What can still lie ahead of a case at a stage, by the names that the procedure mentions there.

A case goes only where something names the stage it goes to. So whatever no stage ahead asks about can no
longer make a difference, and cases that differ in nothing else are looked at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from casework.case import Case
from casework.predicate import Predicate
from casework.procedure import ClockRule, Mark, Procedure, Rung, Stage
from casework.verify.conditions import Conditions

_NO_STAGES = ("start", "until", "marks", "title", "basis", "requires")
"""Keys under which stand marks, words and fields, which may be called like a stage."""


def names_in(value: object) -> Iterator[str]:
    """Every name inside a value, whichever key it stands under, that may be a stage."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from names_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NO_STAGES:
                yield from names_in(getattr(value, field.name))


def marks_in(value: object) -> Iterator[str]:
    """Every mark that something inside a value sets."""
    if isinstance(value, Mark):
        yield value.name
    elif isinstance(value, Rung):
        yield from value.marks
    elif isinstance(value, tuple):
        for item in value:
            yield from marks_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from marks_in(getattr(value, field.name))


@dataclass(frozen=True)
class Mentioned:
    """What a stage or a clock of the case mentions: where a case may go from it, which marks it sets."""

    stages: frozenset[str]
    marks: frozenset[str]
    questions: tuple[Predicate, ...]
    bounces: int
    gives_back: bool


def _mentioned(conditions: Conditions, part: Stage | ClockRule) -> Mentioned:
    named = {*names_in(part)}
    bounces = conditions.tests_in(part).get("bounces", ())
    return Mentioned(
        frozenset(stage.name for stage in conditions.procedure.stages if stage.name in named),
        frozenset(marks_in(part)),
        conditions.questions_in(part),
        max((int(test.values[0]) + 1 for test in bounces), default=0),
        isinstance(part, Stage) and any(action.hands_back for action in part.actions),
    )


@dataclass(frozen=True)
class Ahead:
    """What can still matter to a case.

    ``levels``: those of the stages that it can still be at; ``questions``: what conditions there ask (start
    rules and grades are asked at filing only); ``bounces``: how many bounces can be told apart;
    ``gives_back``: whether it can still go back to the unit that it came from.
    """

    levels: tuple[str, ...]
    questions: tuple[Predicate, ...]
    bounces: int
    gives_back: bool


class Map:
    """What lies ahead of each case, by its stage and the clocks of the case that have not stopped."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        conditions = Conditions(procedure)
        self._stages = {stage.name: _mentioned(conditions, stage) for stage in procedure.stages}
        self._clocks = {clock.name: _mentioned(conditions, clock) for clock in procedure.clocks}
        self._known: dict[tuple[str, frozenset[str]], Ahead] = {}

    def ahead(self, case: Case) -> Ahead:
        key = (case.stage, frozenset(clock.name for clock in case.clocks if clock.stopped is None))
        if key not in self._known:
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, stage: str, running: frozenset[str]) -> Ahead:
        """All that can be come to: by what is named there, and by clocks that run or are started there."""
        stages, clocks = {stage}, running & self._clocks.keys()
        while True:
            here = [*(self._stages[name] for name in stages), *(self._clocks[name] for name in clocks)]
            marks = frozenset[str]().union(*(part.marks for part in here))
            more = stages.union(*(part.stages for part in here))
            begun = clocks | {clock.name for clock in self.procedure.clocks if clock.start in marks}
            if more == stages and begun == clocks:
                return self._ahead(stages, clocks)
            stages, clocks = more, begun

    def _ahead(self, stages: set[str], clocks: frozenset[str]) -> Ahead:
        levels = {self.procedure.stage(name).level for name in stages}
        here = [
            *(self._stages[stage.name] for stage in self.procedure.stages if stage.name in stages),
            *(self._clocks[clock.name] for clock in self.procedure.clocks if clock.name in clocks),
        ]
        return Ahead(
            tuple(level.name for level in self.procedure.levels if level.name in levels),
            tuple(dict.fromkeys(question for part in here for question in part.questions)),
            max(part.bounces for part in here),
            any(part.gives_back for part in here),
        )
