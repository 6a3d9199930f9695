"""The longest lawful life of a case: everyone acts at the last moment and nothing is ever overdue.

From where a stage was entered, time runs until the next thing it would bring is a breach or a move; just
before that, everything that may be done is tried. What is entered later, with the same clocks still running,
is at least as long a life, so only the latest is followed; taken in the order of time, most of what would be
overtaken has been when its turn comes. Where a case comes back to the same shape and every clock has started
anew since, the circle has no end: it is reported and not followed again.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from casework.case import Case, ClockState
from casework.decide import decide
from casework.decision import NotAllowed
from casework.event import Filed
from casework.verify.ahead import Map
from casework.verify.conditions import Conditions
from casework.verify.moves import When, acts, moment, take
from casework.verify.shape import shape_of
from casework.verify.turns import Patience, Turn, late, moved
from casework.verify.world import World

MOST = 20_000


@dataclass
class Lives:
    """The longest life, and the circles in which a life has no end. ``complete``: nothing was cut off."""

    longest: Turn | None = None
    circles: list[Turn] = field(default_factory=list)
    complete: bool = True
    decisions: int = 0


def live(world: World) -> Lives:
    """Expects the world of a quiet procedure."""
    return _Living(world).run()


class _Living:
    def __init__(self, world: World) -> None:
        self.world = world
        self.procedure = world.procedure
        self.conditions = Conditions(world.procedure)
        self.map = Map(world.procedure)
        self.found = Lives()
        self.patience = Patience(world.procedure)
        self.latest: dict[Hashable, datetime] = {}
        self.ahead: list[tuple[datetime, int, Turn]] = []
        self.turns = count()
        self.circled: set[Hashable] = set()
        self.shapes: dict[Turn, Hashable] = {}

    def run(self) -> Lives:
        for filed in self.world.filings():
            self._file(filed)
        while self.ahead:
            if self.patience.decisions > MOST:
                self.found.complete = False
                break
            _, _, turn = heappop(self.ahead)
            if self.latest[self._key(turn)] == turn.case.as_of:
                self._live_on(turn)
        self.found.decisions = self.patience.decisions
        return self.found

    def _file(self, filed: Filed) -> None:
        try:
            self._meet(Turn(decide(self.procedure, None, filed, self.world.begins).case, filed))
        except NotAllowed:
            return

    def _shape(self, turn: Turn) -> Hashable:
        if turn not in self.shapes:
            self.shapes[turn] = shape_of(self.map, turn.case)
        return self.shapes[turn]

    def _key(self, turn: Turn) -> Hashable:
        """The shape, and when the clocks end that have run since before this stage was entered."""
        case = turn.case
        older = tuple(
            (c.name, _end(c)) for c in case.clocks if c.stopped is None and c.started < case.entered
        )
        return self._shape(turn), older

    def _meet(self, turn: Turn) -> None:
        if not turn.case.open:
            longest = self.found.longest
            if longest is None or _age(turn.case) > _age(longest.case):
                self.found.longest = turn
            return
        if earlier := self._circle(turn):
            closing = (earlier.case.stage, turn.act.action if turn.act else "")
            if closing not in self.circled:
                self.circled.add(closing)
                self.found.circles.append(turn)
            return
        key = self._key(turn)
        if key not in self.latest or self.latest[key] < turn.case.as_of:
            self.latest[key] = turn.case.as_of
            heappush(self.ahead, (turn.case.as_of, next(self.turns), turn))

    def _circle(self, turn: Turn) -> Turn | None:
        """The earlier turn of the same shape, if every clock that runs now has started since."""
        for earlier in turn.way()[:-1]:
            if earlier.case.as_of == turn.case.as_of or self._shape(earlier) != self._shape(turn):
                continue
            if not _clocks(earlier.case) & _clocks(turn.case):
                return earlier
        return None

    def _live_on(self, turn: Turn) -> None:
        """Wait as long as nothing goes wrong, and then try everything."""
        case, limit = self.patience.wait(turn.case)
        before = shape_of(self.map, case)
        when: When = "late" if moment(self.procedure, case, "late") else "now"
        for act in acts(self.world, self.conditions, case, when):
            at = moment(self.procedure, case, when)
            assert at is not None
            self.patience.decisions += 1
            try:
                after = take(self.procedure, case, act, at).case
            except NotAllowed:
                continue
            reached = Turn(after, turn.filed, turn, act, at, limit)
            if self._shape(reached) != before or after.entered != case.entered:
                self._meet(reached)
        self._lapse(turn, case, limit)

    def _lapse(self, turn: Turn, case: Case, limit: ClockState | None) -> None:
        """A party's window may run out: no office is late."""
        decisions = self.patience.next(case) if limit else ()
        if decisions and moved(case, decisions[-1].case) and not late(decisions):
            last = decisions[-1]
            self._meet(Turn(last.case, turn.filed, turn, None, last.at, limit))


def _same(one: ClockState, other: ClockState) -> bool:
    return (one.name, one.post, one.started) == (other.name, other.post, other.started)


def _end(clock: ClockState) -> datetime | None:
    return clock.deadline.at if clock.deadline else None


def _clocks(case: Case) -> set[tuple[str, datetime]]:
    return {(clock.name + clock.post, clock.started) for clock in case.clocks if clock.stopped is None}


def _age(case: Case) -> float:
    return ((case.ended or case.as_of) - case.filed).total_seconds()


def relive(world: World, life: Turn, begin: datetime) -> Turn | None:
    """The same life of a case that is filed at another moment; None where it cannot be lived so."""
    patience = Patience(world.procedure)
    try:
        turn = Turn(decide(world.procedure, None, life.filed, begin).case, life.filed)
        for told in life.way()[1:]:
            following = patience.again(turn, told)
            if following is None:
                return None
            turn = following
    except NotAllowed:
        return None
    return turn


def once_more(world: World, turn: Turn, told: list[Turn]) -> Turn:
    """A life that goes another round, as far as it can be lived."""
    patience = Patience(world.procedure)
    for each in told:
        try:
            following = patience.again(turn, each)
        except NotAllowed:
            return turn
        turn = following or turn
    return turn


def legs(turn: Turn) -> Iterator[tuple[str, ClockState | None, datetime, datetime]]:
    """The stretches of a life: the stage, the clock that limited it if any, from and until when."""
    since = turn.case.filed
    way = turn.way()[1:]
    for number, each in enumerate(way):
        if each.at is None or each.before is None:
            continue
        following = way[number + 1].limit if number + 1 < len(way) else None
        if following and each.limit and _same(following, each.limit):
            continue  # the same clock goes on: extended, paused, or into another stage
        yield each.before.case.stage, each.limit, since, each.at
        since = each.at
