"""What time must not do alone: end a case that an office owes an answer, or take it round in a circle."""

from collections.abc import Iterator

from casework.case import Case, ClockState
from casework.procedure import Procedure
from casework.verify.explore import Edge, Exploration, Node
from casework.verify.finding import Finding, Where
from casework.verify.moves import Wait, let_time_pass
from casework.verify.stories import story_of, story_to
from casework.verify.ways_in import clock_at

ROUNDS = 3
MOVING = {"lapsed": "lapse", "escalated": "escalate", "silent": "silence"}


def time_findings(found: Exploration) -> Iterator[Finding]:
    yield from _ended_by_time(found)
    yield from _loops(found)


def waiting_from(found: Exploration, node: Node) -> Edge | None:
    """What time does next."""
    return next((edge for edge in found.leaving(node) if isinstance(edge.move, Wait)), None)


def _ended_by_time(found: Exploration) -> Iterator[Finding]:
    told: set[Where] = set()
    for edge in found.edges:
        before, after = found.nodes[edge.source].case, found.nodes[edge.target].case
        owed = tuple(_owed(found.procedure, before))
        running = [clock.name for clock in owed if not clock.breached]
        where = _moved_by(found.procedure, edge)
        if not isinstance(edge.move, Wait) or after.open or not owed or where in told or _by_law(edge):
            continue
        told.add(where)
        name = (running or [owed[0].name])[0]
        yield Finding(
            "ended-by-time",
            where,
            f"时限 {name} 还没有停止，时间一到事项就自行办结：单位尚未履责",
            f"time alone ends the case although the clock {name} has not stopped: an office owes something",
            story_of(found, edge),
            warning=not running,
        )


def _by_law(edge: Edge) -> bool:
    """Whether the law itself takes the office's silence for an answer (行政复议法 第30条)."""
    return any(entry.kind == "silent" for entry in edge.entries)


def _owed(procedure: Procedure, case: Case) -> Iterator[ClockState]:
    """Clocks by which an office must still do something. One that is overdue is told of, at least."""
    for clock in case.clocks:
        if clock.stopped is None and not procedure.clock(clock.name).window:
            yield clock


def _moved_by(procedure: Procedure, edge: Edge) -> Where:
    """The rung by which time moved the case."""
    moved = next((entry for entry in edge.entries if entry.kind in MOVING), None)
    if moved is None:
        return ("stages",)
    return clock_at(procedure, moved.clock, "rungs", moved.rung, MOVING[moved.kind])


def _loops(found: Exploration) -> Iterator[Finding]:
    done: set[int] = set()
    for node in found.nodes:
        way: dict[int, Edge] = {}
        here, edge = node, waiting_from(found, node)
        while edge and here.number not in way and here.number not in done:
            way[here.number] = edge
            here = found.nodes[edge.target]
            edge = waiting_from(found, here)
        if here.number in way:
            circle = list(way.values())[list(way).index(here.number) :]
            if any(entry.kind == "entered" for edge in circle for entry in edge.entries):
                yield _loop(found, here, circle)
        done |= set(way)


def _loop(found: Exploration, node: Node, circle: list[Edge]) -> Finding:
    stages = " → ".join(dict.fromkeys(found.nodes[edge.source].case.stage for edge in circle))
    first = next(edge for edge in circle if any(entry.kind == "entered" for entry in edge.entries))
    case = node.case
    for _ in range(ROUNDS * len(circle)):
        decision = let_time_pass(found.procedure, case)
        case = decision.case if decision else case
    return Finding(
        "time-loop",
        _moved_by(found.procedure, first),
        f"没有任何人办理，时间就让事项在环节间循环：{stages}",
        f"with nobody acting, time alone takes a case round and round: {stages}",
        story_to(found, node, until=case.as_of),
    )
