"""The shape of a case: what it can still do, without when and how often it did things before.

Two cases of one shape stand at the same stage, with the same clocks in the same condition, the same rungs
behind them and the same due moments ahead in the same order. Of what the core may one day add to a case, all
is kept but instants and numbers beyond a few, so that a new feature makes shapes finer, never coarser.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from casework.allowed import facts
from casework.case import Case, ClockState, Due
from casework.procedure import Procedure
from casework.verify.ahead import Map
from casework.verify.conditions import answers

FEW = 5
_HISTORY = frozenset(
    {
        "id", "procedure", "edition", "definition", "kind", "calendar", "filed", "as_of", "seq", "entries",
        "places", "holders", "fields", "sealed", "entered", "ended", "clocks", "responsibilities", "spans",
        "holds", "held", "dues", "handled", "pace", "revision", "recused", "joined", "linked", "merged_into",
        "came_from", "bounces",
    }
)  # fmt: skip
_CLOCK_HISTORY = frozenset(
    {"started", "allowed", "consumed", "running", "paused", "paused_since", "stopped", "breached", "fired",
     "runs", "deadline"}
)  # fmt: skip
_NUMBER = re.compile(r"\d+")


def shape_of(where: Map, case: Case) -> Hashable:
    if not case.open:
        return ("ended", case.outcome)
    ahead = where.ahead(case)
    return (
        tuple(level for level in ahead.levels if case.place(level) is None),
        min(len(case.came_from), 2) if ahead.gives_back else 0,
        min(case.bounces, ahead.bounces),
        answers(ahead.questions, facts(case)),
        tuple(_clock(where.procedure, clock) for clock in case.clocks if clock.stopped is None),
        _ahead(case.dues),
        _rest(case, _HISTORY),
    )


def _clock(procedure: Procedure, clock: ClockState) -> Hashable:
    fired = {name.partition("#")[0] for name in clock.fired}
    condition = "breached" if clock.breached else "paused" if clock.paused_since else "running"
    return (condition, _pause_left(procedure, clock), tuple(sorted(fired)), _rest(clock, _CLOCK_HISTORY))


def _pause_left(procedure: Procedure, clock: ClockState) -> str:
    pause = procedure.clock(clock.name).pause
    if pause is None or clock.paused == 0:
        return "whole"
    return "some" if clock.paused < pause.at_most.units else "none"


def _ahead(dues: tuple[Due, ...]) -> Hashable:
    """The moments ahead in their order; reminders by the top do nothing and come again and again."""
    coming = [due for due in dues if due.kind != "hold"]
    return tuple(
        tuple(sorted((due.kind, due.clock, due.rung, due.post) for due in same))
        for _, same in groupby(coming, key=lambda due: due.at)
    )


def _rest(value: Case | ClockState, without: frozenset[str]) -> Hashable:
    return tuple(_plain(getattr(value, f.name)) for f in fields(value) if f.name not in without)


def _plain(value: object) -> Hashable:
    match value:
        case datetime() | date() | timedelta():
            return "then"
        case None | bool():
            return value
        case int() | float():
            return min(value, FEW)
        case str():
            return _NUMBER.sub("#", value)
        case Mapping():
            return tuple(sorted((str(key), _plain(item)) for key, item in value.items()))
        case tuple() | list():
            return tuple(_plain(item) for item in value[-FEW:])
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    return repr(value)
