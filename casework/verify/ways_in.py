"""What leads to a stage or outcome by the words of a procedure, though perhaps never in fact."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.case import Case, ClockState
from casework.procedure import ClockRule, Procedure
from casework.verify.finding import Where, action_at


@dataclass(frozen=True)
class WayIn:
    """Something that says it leads somewhere: an action of a stage, a rung of a clock, or a start rule."""

    where: Where
    stage: str = ""
    action: str = ""
    clock: str = ""
    rung: str = ""


def clock_at(procedure: Procedure, name: str, *more: str | int) -> Where:
    """Where a clock stands: with the case's clocks, or with its stage."""
    for stage in procedure.stages:
        for key, clock in (("clock", stage.clock), ("joint", stage.joint)):
            if clock and clock.name == name:
                return ("stages", stage.name, key, *more)
    return ("clocks", name, *more)


def clocks_of(procedure: Procedure) -> Iterator[tuple[ClockRule, str]]:
    """Every clock, and the stage it belongs to or nothing."""
    yield from ((clock, "") for clock in procedure.clocks)
    yield from ((clock, stage.name) for stage in procedure.stages for clock in stage.clocks)


def latest(case: Case, name: str) -> ClockState | None:
    """The latest clock of that name, whichever assisting unit's it is."""
    return next((clock for clock in reversed(case.clocks) if clock.name == name), None)


def ways_in(procedure: Procedure, name: str) -> Iterator[WayIn]:
    for number, way in enumerate(procedure.start):
        if way.to == name:
            yield WayIn(("start", number))
    for stage in procedure.stages:
        for action in stage.actions:
            if any(way.to == name for way in action.to):
                yield WayIn(action_at(stage.name, action.name), stage.name, action.name)
    for clock, stage_name in clocks_of(procedure):
        for rung in clock.rungs:
            if name in (rung.escalate, rung.lapse, rung.silence):
                where = clock_at(procedure, clock.name, "rungs", rung.name)
                yield WayIn(where, stage_name, "", clock.name, rung.name)
