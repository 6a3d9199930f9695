"""A procedure as arrows between stages: what people do, what time does, and which clocks run where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casework.predicate import Predicate
from casework.procedure import FILED, Action, ClockRule, Procedure, Rung, Stage, Text

ArrowKind = Literal["act", "escalate", "lapse", "silence"]
Running = Mapping[str, frozenset[str]]
"""The stages in which each clock of the case may run, by the clock's name."""


@dataclass(frozen=True)
class Arrow:
    """One way out of a stage, to a stage or an outcome: an action, or a rung of a clock."""

    source: str
    to: str
    kind: ArrowKind
    name: str
    title: Text
    by: tuple[str, ...] = ()
    when: Predicate | None = None
    clock: str = ""
    basis: str = ""

    @property
    def by_time(self) -> bool:
        return self.kind != "act"


@dataclass(frozen=True)
class Chart:
    """A procedure's arrows, and the clocks that may run in each stage: its own first."""

    procedure: Procedure
    arrows: tuple[Arrow, ...]
    running: Running

    @property
    def between_stages(self) -> tuple[Arrow, ...]:
        """The arrows that lead from one stage to another."""
        return tuple(a for a in self.arrows if self.procedure.has_stage(a.to) and a.to != a.source)

    @property
    def anywhere(self) -> tuple[Arrow, ...]:
        """The ends that every stage has alike, as a party's withdrawal: said once for all of them."""
        first, *others = self.procedure.stages
        alike = [{_but_for_source(a) for a in self.out_of(stage)} for stage in others]
        ends = (a for a in self.out_of(first) if not self.procedure.has_stage(a.to) and not a.by_time)
        return tuple(a for a in ends if others and all(_but_for_source(a) in each for each in alike))

    def out_of(self, stage: Stage) -> tuple[Arrow, ...]:
        return tuple(arrow for arrow in self.arrows if arrow.source == stage.name)

    def clocks_in(self, stage: Stage) -> tuple[ClockRule, ...]:
        over = (clock for clock in self.procedure.clocks if stage.name in self.running[clock.name])
        return (*stage.clocks, *over)


def _but_for_source(arrow: Arrow) -> tuple[object, ...]:
    return arrow.name, arrow.to, arrow.kind, arrow.by, arrow.when


def chart(procedure: Procedure) -> Chart:
    running = _running(procedure)
    return Chart(procedure, tuple(_arrows(procedure, running)), running)


def _arrows(procedure: Procedure, running: Running) -> Iterator[Arrow]:
    for stage in procedure.stages:
        for action in stage.actions:
            for way in action.to:
                when = way.when or (action.when if len(action.to) == 1 else None)
                yield Arrow(
                    stage.name, way.to, "act", action.name, action.title, action.by, when, basis=action.basis
                )
        yield from _by_time(procedure, stage, running)


def _by_time(procedure: Procedure, stage: Stage, running: Running) -> Iterator[Arrow]:
    """What the clocks that may run in a stage do to the case; time never moves a case sideways or down."""
    ladder = [level.name for level in procedure.levels]
    for clock in _clocks_in(procedure, stage, running):
        for rung in clock.rungs:
            if rung.escalate:
                target = procedure.stage(rung.escalate)
                if ladder.index(target.level) > ladder.index(stage.level):
                    yield _timed(stage, clock, rung, "escalate", rung.escalate)
            if rung.lapse:
                yield _timed(stage, clock, rung, "lapse", rung.lapse)
            if rung.silence:
                yield _timed(stage, clock, rung, "silence", rung.silence)


def _timed(stage: Stage, clock: ClockRule, rung: Rung, kind: ArrowKind, to: str) -> Arrow:
    return Arrow(stage.name, to, kind, rung.name, clock.title, clock=clock.name, basis=clock.basis)


def _clocks_in(procedure: Procedure, stage: Stage, running: Mapping[str, object]) -> Iterator[ClockRule]:
    yield from stage.clocks
    for clock in procedure.clocks:
        if stage.name in running[clock.name]:  # type: ignore[operator]
            yield clock


def _running(procedure: Procedure) -> Running:
    """Where clocks of the case may run: from the actions that start them on, until others stop them."""
    found = {clock.name: set(_starts(procedure, clock)) for clock in procedure.clocks}
    grew = True
    while grew:
        grew = False
        for clock in procedure.clocks:
            before = len(found[clock.name])
            for name in tuple(found[clock.name]):
                found[clock.name] |= set(_onwards(procedure, procedure.stage(name), clock, found))
            grew = grew or len(found[clock.name]) > before
    return {name: frozenset(stages) for name, stages in found.items()}


def _starts(procedure: Procedure, clock: ClockRule) -> Iterator[str]:
    if clock.start == FILED:
        yield from (way.to for way in procedure.start if procedure.has_stage(way.to))
    for stage in procedure.stages:
        for action in stage.actions:
            if any(mark.name == clock.start for mark in action.marks):
                yield from _targets(procedure, stage, action)
    for other in (*procedure.clocks, *(own for stage in procedure.stages for own in stage.clocks)):
        for rung in other.rungs:
            if clock.start in rung.marks:
                yield from _moved_to(procedure, rung)


def _targets(procedure: Procedure, stage: Stage, action: Action) -> Iterator[str]:
    """The stages at which a case may stand after an action."""
    if not action.to:
        yield stage.name
    yield from (way.to for way in action.to if procedure.has_stage(way.to))


def _onwards(
    procedure: Procedure, stage: Stage, clock: ClockRule, found: Mapping[str, set[str]]
) -> Iterator[str]:
    """The stages that a case reaches from a stage with the clock still running."""
    for action in stage.actions:
        if not any(mark.name in clock.until for mark in action.marks):
            yield from _targets(procedure, stage, action)
    for other in _clocks_in(procedure, stage, found):
        if other is clock and clock.window:
            continue  # the end of a window stops it
        for rung in other.rungs:
            if not any(mark in clock.until for mark in rung.marks):
                yield from _moved_to(procedure, rung)


def _moved_to(procedure: Procedure, rung: Rung) -> Iterator[str]:
    """The stages to which a rung moves a case."""
    yield from (to for to in (rung.escalate, rung.lapse, rung.silence) if to and procedure.has_stage(to))
