"""What is said of a proved procedure: its longest waits with nobody acting, and its longest lawful life."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.budget import Budget
from casework.case import ClockState
from casework.decision import NotAllowed
from casework.procedure import Procedure
from casework.story import Story, play
from casework.verify.aloud import Vigil, keep_from
from casework.verify.days import retold, worst_day
from casework.verify.explore import Exploration
from casework.verify.lives import legs, relive
from casework.verify.turns import Turn
from casework.verify.waits import knows_at


@dataclass(frozen=True)
class Wait:
    """The longest wait of a kind: from where it begins, and on which day the case is filed then."""

    longest: timedelta
    stage: str
    filed: datetime


@dataclass(frozen=True)
class Waits:
    """With nobody acting, at most how long until the next level knows, the highest level knows, and until the
    top holds the case and is reminded without end. None where that never is."""

    next_level: Wait | None
    top_level: Wait | None
    never_silent: Wait | None


@dataclass(frozen=True)
class Leg:
    """A stretch of a life: its stage, and the clock that limited it, with all its budget and pauses.

    Without a clock nothing limits it, and the stretch tells only until the top was first reminded.
    """

    stage: str
    clock: str
    limit: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Life:
    """The longest lawful life without going round in circles. ``complete``: nothing was cut off, and a clock
    limited each of its stretches."""

    length: timedelta
    outcome: str
    filed: datetime
    legs: tuple[Leg, ...]
    complete: bool


def waits(found: Exploration, kept: tuple[Vigil, ...]) -> Waits:
    inner = found.world.inner

    def next_level(vigil: Vigil) -> timedelta | None:
        level = found.procedure.stage(vigil.stage).level
        if level not in inner[:-1]:
            return None
        return _since(vigil, knows_at(found, vigil, inner[inner.index(level) + 1]))

    def top_level(vigil: Vigil) -> timedelta | None:
        return _since(vigil, knows_at(found, vigil, inner[-1]))

    def never_silent(vigil: Vigil) -> timedelta | None:
        return _since(vigil, vigil.held)

    again = _Again(found)
    return Waits(*(_worst(found, kept, measure, again) for measure in (next_level, top_level, never_silent)))


def _since(vigil: Vigil, at: datetime | None) -> timedelta | None:
    return None if at is None else at - vigil.since


def _worst(
    found: Exploration, kept: tuple[Vigil, ...], measure: Callable[[Vigil], timedelta | None], again: "_Again"
) -> Wait | None:
    """The worst moment to stop acting, and then the worst day to file."""
    measured = [(length, vigil) for vigil in kept if (length := measure(vigil)) is not None]
    if not measured:
        return None
    length, vigil = max(measured, key=lambda pair: pair[0])
    if not length:
        return Wait(length, vigil.stage, found.world.begins)  # at once, on whatever day

    def on(begin: datetime) -> timedelta | None:
        other = again(vigil, begin)
        return measure(other) if other else None

    longest, filed = worst_day(found.world.calendar, on) or (length, found.world.begins)
    return Wait(longest, vigil.stage, filed)


class _Again:
    """Vigils kept again on another day of filing; several measures ask for the same."""

    def __init__(self, found: Exploration) -> None:
        self.found = found
        self.known: dict[tuple[int, datetime], Vigil | None] = {}

    def __call__(self, vigil: Vigil, begin: datetime) -> Vigil | None:
        key = (vigil.node.number, begin)
        if key not in self.known:
            self.known[key] = self._keep(vigil, begin)
        return self.known[key]

    def _keep(self, vigil: Vigil, begin: datetime) -> Vigil | None:
        told = retold(self.found, vigil.node, begin)
        if told is None:
            return None
        steps, case = told
        story = Story("", self.found.procedure.name, begin, vigil.node.filed, steps, case.as_of)
        try:
            before = play(vigil.procedure, story).decisions
        except NotAllowed:
            return None
        return keep_from(self.found, vigil.procedure, vigil.node, before)


def life(found: Exploration, longest: Turn | None, *, complete: bool) -> Life | None:
    """The longest life, on the worst day to file."""
    if longest is None or longest.case.ended is None:
        return None

    def on(begin: datetime) -> timedelta | None:
        again = relive(found.world, longest, begin)
        return again.case.ended - again.case.filed if again and again.case.ended else None

    worst = worst_day(found.world.calendar, on)
    best = (relive(found.world, longest, worst[1]) if worst else None) or longest
    assert best.case.ended is not None
    stretches = tuple(_legs(found.procedure, best))
    limited = all(leg.clock for leg in stretches)
    length = best.case.ended - best.case.filed
    return Life(length, best.case.outcome or "", best.case.filed, stretches, complete and limited)


def _legs(procedure: Procedure, turn: Turn) -> Iterator[Leg]:
    for stage, clock, since, until in legs(turn):
        name, limit = (clock.name, _limit(procedure, clock)) if clock else ("", "")
        yield Leg(stage, name, limit, since, until)


def _limit(procedure: Procedure, clock: ClockState) -> str:
    """All that a clock allowed, with its extensions, and how long it was paused: ``90d``, ``30d+30d``."""
    rule = procedure.clock(clock.name)
    spelled = _spelled(clock.allowed, rule.budget)
    if not (clock.paused and rule.pause):
        return spelled
    return f"{spelled}+{_spelled(clock.paused, rule.pause.at_most)}"


def _spelled(amount: int, of: Budget) -> str:
    return f"{amount if of.in_days else amount // 3600}{of.unit}"
