"""Exploring a procedure: all shapes its cases can take, breadth first, so the first way is the shortest."""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from casework.case import Case
from casework.decide import decide
from casework.decision import Decision, Entry, NotAllowed, Notice
from casework.event import Filed
from casework.procedure import FieldRule, Procedure
from casework.verify.ahead import Map
from casework.verify.conditions import Conditions
from casework.verify.moves import STUTTER, Act, Move, Wait, acts, let_time_pass, moment, take
from casework.verify.samples import too_many
from casework.verify.shape import shape_of
from casework.verify.world import World

YEARS = timedelta(days=3653)


@dataclass(frozen=True)
class Bounds:
    """How far exploration goes, and what a procedure is held to.

    ``shapes``: at most so many; ``life``: no further into the life of one case. ``silence``: the longest in
    which nobody need be told anything; ``top``: how soon the highest level must know when nobody acts.
    """

    shapes: int = 20_000
    life: timedelta = YEARS
    silence: timedelta = timedelta(days=180)
    top: timedelta = timedelta(days=365)


@dataclass(frozen=True)
class Node:
    """A shape, and the first case found to have it: how it came from ``parent``, and by what filing."""

    number: int
    case: Case
    filed: Filed
    parent: int | None = None
    move: Move | None = None


@dataclass(frozen=True)
class Edge:
    """One move from a shape to another, with what was written and told on the way."""

    source: int
    target: int
    move: Move
    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Refused:
    """An action that was open and yet refused, or a filing that was."""

    node: int | None
    act: Act | None
    filed: Filed
    code: str


@dataclass
class Exploration:
    """What exploring found. ``complete`` is whether no bound was hit."""

    world: World
    conditions: Conditions
    map: Map
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    decisions: int = 0
    complete: bool = True
    _leaving: dict[int, list[int]] = field(default_factory=dict)

    @property
    def procedure(self) -> Procedure:
        return self.world.procedure

    def first_at(self, stage: str) -> Node | None:
        """The shortest way to a stage."""
        return next((node for node in self.nodes if node.case.open and node.case.stage == stage), None)

    def leaving(self, node: Node) -> Iterator[Edge]:
        return (self.edges[number] for number in self._leaving.get(node.number, ()))

    def add(self, edge: Edge) -> None:
        self._leaving.setdefault(edge.source, []).append(len(self.edges))
        self.edges.append(edge)


def explore(world: World, bounds: Bounds) -> Exploration:
    """Every shape that a case of the procedure can take, within the bounds."""
    return _Search(world, bounds).run()


class _Search:
    """The search: nodes found and not yet looked at, in the order of the length of their stories."""

    def __init__(self, world: World, bounds: Bounds) -> None:
        self.found = Exploration(world, Conditions(world.procedure), Map(world.procedure))
        self.bounds = bounds
        self.procedure = world.procedure
        self.known: dict[Hashable, int] = {}
        self.ahead: deque[Node] = deque()

    def run(self) -> Exploration:
        self.found.complete = not any(too_many(rules, self.found.conditions) for rules in self._forms())
        for filed in self.found.world.filings():
            self._file(filed)
        while self.ahead:
            node = self.ahead.popleft()
            if len(self.found.nodes) >= self.bounds.shapes or self._too_old(node.case):
                self.found.complete = False
                continue
            self._act(node)
            self._wait(node)
        return self.found

    def _forms(self) -> Iterator[tuple[FieldRule, ...]]:
        """The fields of filing, and of each action."""
        yield self.procedure.intake
        for stage in self.procedure.stages:
            yield from (action.requires for action in stage.actions)

    def _too_old(self, case: Case) -> bool:
        return case.as_of - case.filed > self.bounds.life

    def _file(self, filed: Filed) -> None:
        self.found.decisions += 1
        try:
            decision = decide(self.procedure, None, filed, self.found.world.begins)
        except NotAllowed as refusal:
            self.found.refused.append(Refused(None, None, filed, refusal.code))
            return
        self._meet(decision.case, filed, None, None)

    def _meet(self, case: Case, filed: Filed, parent: int | None, move: Move | None) -> int:
        """The node of a case's shape: the one known, or a new one."""
        shape = shape_of(self.found.map, case)
        number = self.known.get(shape)
        if number is None:
            number = self.known[shape] = len(self.found.nodes)
            node = Node(number, case, filed, parent, move)
            self.found.nodes.append(node)
            if case.open:
                self.ahead.append(node)
        return number

    def _act(self, node: Node) -> None:
        """Each action at once; and just before the next due moment, unless that can make no difference."""
        moving: set[str] = set()
        for act in acts(self.found.world, self.found.conditions, node.case, "now"):
            target = self._try(node, act)
            if target not in (None, node.number) and self.found.nodes[target or 0].case.open:
                moving.add(act.action)
        for act in acts(self.found.world, self.found.conditions, node.case, "late"):
            if act.action in moving:
                self._try(node, act)

    def _try(self, node: Node, act: Act) -> int | None:
        at = moment(self.procedure, node.case, act.when)
        assert at is not None
        self.found.decisions += 1
        try:
            decision = take(self.procedure, node.case, act, at)
        except NotAllowed as refusal:
            self.found.refused.append(Refused(node.number, act, node.filed, refusal.code))
            return None
        return self._follow(node, act, [decision, *self._at_once(decision.case)])

    def _at_once(self, case: Case) -> Iterator[Decision]:
        """What time brings at the very same instant: nobody can act in between."""
        while case.dues and case.dues[0].at <= case.as_of:
            decision = let_time_pass(self.procedure, case)
            assert decision is not None
            self.found.decisions += 1
            yield decision
            case = decision.case

    def _wait(self, node: Node) -> None:
        """Let time bring the next thing that makes a difference; repeated reminders are passed over."""
        decisions: list[Decision] = []
        case, shape = node.case, shape_of(self.found.map, node.case)
        for turn in count(1):
            decision = let_time_pass(self.procedure, case)
            if decision is None:
                return
            self.found.decisions += 1
            decisions.append(decision)
            case = decision.case
            if case.dues and case.dues[0].at <= case.as_of:
                continue  # due at the same instant: nobody can act in between
            if shape_of(self.found.map, case) != shape or all(due.kind == "hold" for due in case.dues):
                break
            if turn == STUTTER:
                self.found.complete = False
                break
        self._follow(node, Wait(), decisions)

    def _follow(self, node: Node, move: Move, decisions: list[Decision]) -> int:
        target = self._meet(decisions[-1].case, node.filed, node.number, move)
        entries = tuple(entry for decision in decisions for entry in decision.entries)
        notices = tuple(notice for decision in decisions for notice in decision.notices)
        self.found.add(Edge(node.number, target, move, entries, notices))
        return target
