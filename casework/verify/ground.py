"""Where no case may stand: without a running clock, or at a level where it belongs to no unit."""

from collections.abc import Callable, Iterator

from casework.verify.explore import Exploration, Node
from casework.verify.finding import Finding, Where, action_at
from casework.verify.moves import Act
from casework.verify.stories import story_to
from casework.verify.ways_in import clock_at

Look = Callable[[Exploration, Node], Finding | None]


def ground_findings(found: Exploration) -> Iterator[Finding]:
    for look in (_without_clock, _without_unit):
        yield from _once_a_stage(found, look)
    if found.complete:
        yield from _clocks_never_started(found)


def _once_a_stage(found: Exploration, look: Look) -> Iterator[Finding]:
    """The first fault of a kind at each stage."""
    stages: set[str] = set()
    for node in found.nodes:
        if node.case.open and node.case.stage not in stages and (finding := look(found, node)):
            stages.add(node.case.stage)
            yield finding


def _without_clock(found: Exploration, node: Node) -> Finding | None:
    if any(clock.stopped is None for clock in node.case.clocks):
        return None
    name = node.case.stage
    return Finding(
        "no-clock",
        ("stages", name),
        f"事项停在环节 {name} 时没有任何时限在计算：谁也不会超期，只有最高一级的定期催办",
        f"no clock runs while a case stands at {name}: nobody is ever late, only the top is reminded of it",
        story_to(found, node),
        warning=True,
    )


def _without_unit(found: Exploration, node: Node) -> Finding | None:
    case = node.case
    level = found.procedure.level(found.procedure.stage(case.stage).level)
    if level.external or case.place(level.name):
        return None
    where: Where = ("stages", case.stage, "level")
    if isinstance(node.move, Act) and node.parent is not None:
        where = action_at(found.nodes[node.parent].case.stage, node.move.action, "to")
    filed = case.places[0].level
    return Finding(
        "no-unit",
        where,
        f"在 {filed} 登记的事项到了环节 {case.stage}，可是它不属于任何 {level.name}，那里无人承办",
        f"a case filed at the {filed} comes to {case.stage}, but belongs to no {level.name}: nobody has it",
        story_to(found, node),
    )


def _clocks_never_started(found: Exploration) -> Iterator[Finding]:
    """Clocks of the case that no filing and no action ever starts."""
    started = {clock.name for node in found.nodes for clock in node.case.clocks}
    for clock in found.procedure.clocks:
        if clock.name in started:
            continue
        setters = [
            (stage.name, action.name)
            for stage in found.procedure.stages
            for action in stage.actions
            if any(mark.name == clock.start for mark in action.marks)
        ]
        node = next((n for stage, _ in setters if (n := found.first_at(stage))), found.nodes[0])
        yield Finding(
            "clock-never",
            clock_at(found.procedure, clock.name, "from"),
            f"时限 {clock.name} 从不起算：没有情形会设置标记 {clock.start}",
            f"the clock {clock.name} never starts: nothing ever sets the mark {clock.start}",
            story_to(found, node),
        )
