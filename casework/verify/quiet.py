"""Twins of a procedure that are the same but for what only speaks.

Reminders, warnings and repeats tell someone and change nothing, so the shapes of cases are explored without
them. Where it matters that someone is told, and when, everything is played but repeats by the hour, of which
there would be thousands: leaving them out can only make a silence longer.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from casework.procedure import ClockRule, Procedure, Rung, Stage


def quiet(procedure: Procedure) -> Procedure:
    """Without reminders, warnings and repeats."""
    return _with_rungs(procedure, lambda clock: (_once(rung) for rung in clock.rungs if not rung.only_speaks))


def unhurried(procedure: Procedure) -> Procedure:
    """Without repeats by the hour."""
    return _with_rungs(
        procedure, lambda clock: (_once(rung) if _hourly(rung) else rung for rung in clock.rungs)
    )


def _once(rung: Rung) -> Rung:
    return replace(rung, every=None)


def _hourly(rung: Rung) -> bool:
    return rung.every is not None and not rung.every.in_days


def _with_rungs(procedure: Procedure, rungs: Callable[[ClockRule], Iterator[Rung]]) -> Procedure:
    def changed(clock: ClockRule) -> ClockRule:
        return replace(clock, rungs=tuple(rungs(clock)))

    def stage(old: Stage) -> Stage:
        clock, joint = (changed(each) if each else None for each in (old.clock, old.joint))
        return replace(old, clock=clock, joint=joint)

    return replace(
        procedure,
        clocks=tuple(changed(clock) for clock in procedure.clocks),
        stages=tuple(stage(old) for old in procedure.stages),
    )
