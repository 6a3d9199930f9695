"""What is told, and when, while nobody acts: the procedure itself is played from where someone last acted."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from casework.case import Case
from casework.decide import decide
from casework.decision import Decision, Entry, NoticeKind
from casework.event import Event
from casework.procedure import Procedure
from casework.story import play
from casework.verify.by_time import waiting_from
from casework.verify.explore import Exploration, Node
from casework.verify.moves import Wait, at_once, let_time_pass
from casework.verify.stories import story_to

PATIENCE = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Told:
    """Somebody at a level heard of the case; ``at`` is when the notice may be sent, in office hours."""

    at: datetime
    level: str
    kind: NoticeKind


@dataclass(frozen=True)
class Vigil:
    """Nobody acts from ``since`` on: what time decides until the top has the case for good, or it ends."""

    procedure: Procedure
    node: Node
    since: datetime
    before: tuple[Decision, ...]
    decisions: tuple[Decision, ...]

    @property
    def stage(self) -> str:
        return self.node.case.stage

    @property
    def last(self) -> Case:
        return (self.decisions or self.before)[-1].case

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for decision in self.decisions for entry in decision.entries)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        levels = {place.code: place.level for place in self.node.case.places}
        heard = (
            Told(notice.send_at, levels.get(notice.unit, ""), notice.kind)
            for decision in self.decisions
            for notice in decision.notices
        )
        return tuple(sorted(heard, key=lambda each: each.at))

    @property
    def held(self) -> datetime | None:
        """When the top took the case up for good: from then on it is reminded without end."""
        last = max((e.at for e in self.entries if e.kind == "entered"), default=self.since)
        return next((e.at for e in self.entries if e.kind == "held" and e.at >= last), None)

    def silence(self) -> tuple[timedelta, datetime]:
        """The longest time in which nobody was told anything, and when it ended."""
        moments = [self.since, *(each.at for each in self.told)]
        if self.last.dues:
            moments.append(max(moments[-1], self.last.dues[0].at))
        gaps = ((later - earlier, later) for earlier, later in pairwise(moments))
        return max(gaps, default=(timedelta(), self.since))


def vigils(found: Exploration, procedure: Procedure) -> Iterator[Vigil]:
    """From every kind of moment at which someone has just acted: nobody acts any more."""
    seen: set[Hashable] = set()
    for node in found.nodes:
        kind = _kind(found, node)
        if node.case.open and not isinstance(node.move, Wait) and kind not in seen:
            seen.add(kind)
            yield keep(found, procedure, node)


def _kind(found: Exploration, node: Node) -> Hashable:
    """Where a case stands, and which clocks run, are paused, extended, overdue, or were just dated back."""
    case = node.case
    before = found.nodes[node.parent].case.clocks if node.parent is not None else ()
    older = {(clock.name, clock.started) for clock in before}
    clocks = (
        (
            clock.name,
            bool(clock.paused_since),
            clock.extended,
            bool(clock.breached),
            clock.started < case.as_of and (clock.name, clock.started) not in older,
        )
        for clock in case.clocks
        if clock.stopped is None
    )
    return (case.stage, case.suspended, case.urgent, tuple(clocks))


def keep(found: Exploration, procedure: Procedure, node: Node, event: Event | None = None) -> Vigil:
    """Play the story of a node, then let time pass. ``event``: something that happens first."""
    before = play(procedure, story_to(found, node)).decisions
    if event:
        before = (*before, decide(procedure, before[-1].case, event, at_once(before[-1].case)))
    return keep_from(found, procedure, node, before)


def keep_from(found: Exploration, procedure: Procedure, node: Node, before: tuple[Decision, ...]) -> Vigil:
    """Let time pass after a story that was played to a node."""
    case = before[-1].case
    decisions = tuple(_until_held(procedure, case, _stages_ahead(found, node)))
    return Vigil(procedure, node, case.as_of, before, decisions)


def _stages_ahead(found: Exploration, node: Node) -> int:
    """How many stages time alone still takes a case through."""
    seen, stages = set[int](), 0
    while node.number not in seen and (edge := waiting_from(found, node)):
        seen.add(node.number)
        stages += sum(entry.kind == "entered" for entry in edge.entries)
        node = found.nodes[edge.target]
    return stages


def _until_held(procedure: Procedure, case: Case, stages: int) -> Iterator[Decision]:
    """Until the top holds the case where it finally stands; or until it ends, or nobody would wait longer."""
    begun = case.as_of
    while case.as_of - begun < PATIENCE:
        decision = let_time_pass(procedure, case)
        if decision is None:
            return
        yield decision
        case = decision.case
        kinds = [entry.kind for entry in decision.entries]
        stages -= kinds.count("entered")
        if stages <= 0 and "held" in kinds:
            return
