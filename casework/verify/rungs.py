"""Rungs that never come, that never do what they say, or that warn of what has already happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from casework.case import Case, ClockState
from casework.decision import Decision, Entry
from casework.procedure import ClockRule, Procedure, Rung
from casework.story import play
from casework.verify.aloud import Vigil
from casework.verify.explore import Exploration, Node
from casework.verify.finding import Finding
from casework.verify.moves import let_time_pass
from casework.verify.stories import story_to
from casework.verify.ways_in import clock_at, clocks_of, latest

Key = tuple[str, str]
PATIENCE = 2000


@dataclass
class Heard:
    """The rungs that came, that moved a case, and that came too late to warn."""

    came: set[Key] = field(default_factory=set)
    moved: set[Key] = field(default_factory=set)
    skipped: set[Key] = field(default_factory=set)
    late: dict[Key, tuple[Node, datetime]] = field(default_factory=dict)

    def entries(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            key = (entry.clock, entry.rung)
            if entry.kind == "rung-skipped" and entry.detail.get("why") == "before-start":
                self.skipped.add(key)
            elif entry.rung:
                self.came.add(key)
                if entry.kind in ("escalated", "lapsed", "silent"):
                    self.moved.add(key)


def rung_findings(found: Exploration, kept: tuple[Vigil, ...]) -> Iterator[Finding]:
    heard = Heard()
    for edge in found.edges:
        heard.entries(edge.entries)
    for vigil in kept:
        _listen(heard, vigil)
    procedure = kept[0].procedure if kept else found.procedure
    yield from _late(procedure, found, heard)
    if found.complete:
        yield from _never(procedure, found, kept, heard)


def _listen(heard: Heard, vigil: Vigil) -> None:
    case: Case | None = None
    for decision in (*vigil.before, *vigil.decisions):
        heard.entries(decision.entries)
        if case:
            for key in _too_late(vigil.procedure, case, decision):
                heard.late.setdefault(key, (vigil.node, decision.at))
        case = decision.case


def _too_late(procedure: Procedure, before: Case, decision: Decision) -> Iterator[Key]:
    """Reminders that come no earlier than what they warn of, and those that an act of the clock overtook."""
    post = before.dues[0].post if before.dues else ""
    for entry in decision.entries:
        clock = before.clock(entry.clock, post) if entry.rung else None
        if clock is None or clock.stopped:
            continue
        rule = procedure.clock(entry.clock)
        rung = rule.rung(entry.rung)
        if entry.kind in ("reminded", "warned") and rung.only_speaks:
            if rung.point in ("percent", "before") and clock.deadline and clock.deadline.at <= decision.at:
                yield entry.clock, entry.rung
        elif entry.kind != "rung-skipped":
            yield from ((rule.name, name) for name in _overtaken(rule, clock, rung))


def _overtaken(rule: ClockRule, clock: ClockState, acting: Rung) -> Iterator[str]:
    for rung in rule.rungs[: rule.rungs.index(acting)]:
        if rung.only_speaks and rung.name not in clock.fired:
            yield rung.name


def _late(procedure: Procedure, found: Exploration, heard: Heard) -> Iterator[Finding]:
    """A clock dated back by a field may have ended before it was recorded: that is only a warning."""
    for (clock, rung), (node, at) in heard.late.items():
        yield Finding(
            "late-reminder",
            clock_at(procedure, clock, "rungs", rung),
            f"时限 {clock} 的提醒 {rung} 与它要提醒的事同时或更晚才到",
            f"the reminder {rung} of the clock {clock} comes no earlier than what it warns of",
            story_to(found, node, until=at),
            warning=_is_dated(procedure, clock),
        )


def _is_dated(procedure: Procedure, clock: str) -> bool:
    start = procedure.clock(clock).start
    actions = (action for stage in procedure.stages for action in stage.actions)
    return any(mark.name == start and mark.date_field for action in actions for mark in action.marks)


def _never(
    procedure: Procedure, found: Exploration, kept: tuple[Vigil, ...], heard: Heard
) -> Iterator[Finding]:
    for rule, _ in clocks_of(procedure):
        node = next((n for n in found.nodes if _runs(n.case, rule.name)), None)
        for rung in rule.rungs if node else ():
            assert node is not None
            key = (rule.name, rung.name)
            if rung.escalate and key in heard.came and key not in heard.moved:
                if not found.first_at(rung.escalate):
                    continue  # the stage is reported as unreachable for this very reason
                yield _no_escalation(procedure, found, node, rule, rung)
            elif _says_something(rung) and key not in heard.came and not _comes_later(procedure, found, key):
                yield _never_comes(procedure, found, node, rule, rung, skipped=key in heard.skipped)


def _runs(case: Case, name: str) -> bool:
    clock = latest(case, name)
    return clock is not None and clock.running is not None


def _says_something(rung: Rung) -> bool:
    return bool(
        rung.remind or rung.warn or rung.card or rung.supervise or rung.escalate or rung.lapse or rung.silence
    )


def _comes_later(procedure: Procedure, found: Exploration, key: Key) -> bool:
    """Whether the rung comes if time runs on for long, from some shape in which its clock runs."""
    for node in found.nodes:
        if not _runs(node.case, key[0]):
            continue
        case = play(procedure, story_to(found, node)).case
        for _ in range(PATIENCE):
            decision = let_time_pass(procedure, case)
            clock = latest(decision.case, key[0]) if decision else None
            if decision is None or clock is None or clock.stopped:
                break
            if any(
                (entry.clock, entry.rung) == key and entry.kind != "rung-skipped"
                for entry in decision.entries
            ):
                return True
            if all(due.kind == "hold" or due.turn for due in decision.case.dues):
                break
            case = decision.case
    return False


def _never_comes(
    procedure: Procedure, found: Exploration, node: Node, rule: ClockRule, rung: Rung, *, skipped: bool
) -> Finding:
    why_zh, why_en = ("总是落在起算之前", "it always lies before the clock starts")
    if not skipped:
        why_zh, why_en = "时限总在它之前停止", "the clock always stops before it"
    return Finding(
        "rung-never",
        clock_at(procedure, rule.name, "rungs", rung.name),
        f"时限 {rule.name} 的节点 {rung.name} 永远不会到来：{why_zh}",
        f"the rung {rung.name} of the clock {rule.name} never comes: {why_en}",
        story_to(found, node, until=_when_over(procedure, found, node, rule.name)),
    )


def _when_over(procedure: Procedure, found: Exploration, node: Node, name: str) -> datetime:
    """When the clock has stopped, or nothing new comes of it."""
    case = play(procedure, story_to(found, node)).case
    for _ in range(PATIENCE):
        decision = let_time_pass(procedure, case)
        if decision is None or all(due.kind == "hold" or due.turn for due in decision.case.dues):
            break
        case = decision.case
        clock = latest(case, name)
        if clock is None or clock.stopped:
            break
    return case.as_of


def _no_escalation(
    procedure: Procedure, found: Exploration, node: Node, rule: ClockRule, rung: Rung
) -> Finding:
    return Finding(
        "escalation-never",
        clock_at(procedure, rule.name, "rungs", rung.name, "escalate"),
        f"时限 {rule.name} 的节点 {rung.name} 从不真正提级：到时事项总已在那一级或更高",
        f"the rung {rung.name} of the clock {rule.name} never moves a case: it is always as high already",
        story_to(found, node, until=_when_over(procedure, found, node, rule.name)),
    )
