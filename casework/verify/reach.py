"""What no case ever comes to: stages, outcomes, actions, ways, grades and start rules; and no way out."""

from collections.abc import Iterator

from casework.allowed import facts
from casework.predicate import Fields, holds
from casework.procedure import Action, Stage, Way
from casework.story import Story
from casework.verify.explore import Edge, Exploration, Node
from casework.verify.finding import FaultCode, Finding, Where, action_at
from casework.verify.moves import Act, Wait, acts
from casework.verify.samples import plain
from casework.verify.stories import attempt, story_of, story_to, told
from casework.verify.ways_in import WayIn, ways_in


def reach_findings(found: Exploration) -> Iterator[Finding]:
    """Faults of reach. Expects a complete exploration: what a bounded one missed may yet be there."""
    unreached = list(_unreached(found))
    explained = {where for where, _ in unreached}
    yield from (finding for _, finding in unreached)
    for stage in found.procedure.stages:
        for action in stage.actions if found.first_at(stage.name) else ():
            yield from (f for f in _dead(found, stage, action) if f.where[:4] not in explained)
    yield from _dead_starts(found, explained)
    yield from _dead_grades(found)
    yield from _without_way_out(found)


def _unreached(found: Exploration) -> Iterator[tuple[Where, Finding]]:
    """Stages and outcomes no case comes to, each with the place that seemed to lead there."""
    procedure = found.procedure
    reached = {node.case.stage if node.case.open else node.case.outcome for node in found.nodes}
    kinds: list[tuple[FaultCode, str, str, str, str]] = [
        ("unreachable-stage", "stages", stage.name, "环节", "stage") for stage in procedure.stages
    ]
    kinds += [
        ("unreachable-outcome", "outcomes", outcome.name, "办理结果", "outcome")
        for outcome in procedure.outcomes
    ]
    for code, key, name, zh, en in kinds:
        if name in reached:
            continue
        roots = [way for way in ways_in(procedure, name) if not way.stage or found.first_at(way.stage)]
        if not roots:
            continue  # only from another stage that is not reached either: that one is the fault
        why_zh, why_en = _why(roots[0])
        finding = Finding(
            code,
            (key, name),
            f"没有任何情形能到达{zh} {name}：{why_zh}",
            f"no case ever comes to the {en} {name}: {why_en}",
            _nearest(found, roots[0]),
        )
        yield roots[0].where, finding


def _why(way: WayIn) -> tuple[str, str]:
    if way.action:
        return (
            f"环节 {way.stage} 的动作 {way.action} 从不把事项带到那里",
            f"the action {way.action} of {way.stage} never takes one there",
        )
    if way.clock:
        return (
            f"时限 {way.clock} 的节点 {way.rung} 从不把事项带到那里",
            f"the rung {way.rung} of the clock {way.clock} never takes one there",
        )
    return "它的起始条件从不轮到", "its start rule never has its turn"


def _nearest(found: Exploration, way: WayIn) -> Story:
    """The story that comes nearest to what is never reached."""
    node = found.first_at(way.stage) if way.stage else found.nodes[0]
    assert node is not None
    if way.action:
        edge = next(
            (e for e in found.edges if _is_act(e.move, way.action) and _at(found, e.source, way.stage)), None
        )
        return (
            story_of(found, edge) if edge else attempt(found, node, plain_act(found, way.stage, way.action))
        )
    if way.clock:
        return story_to(found, node, until=end_of_waiting(found, node).case.as_of)
    return told(found, node.filed, (), found.world.begins)


def _is_act(move: object, action: str) -> bool:
    return isinstance(move, Act) and move.action == action


def _at(found: Exploration, number: int, stage: str) -> bool:
    return found.nodes[number].case.stage == stage


def plain_act(found: Exploration, stage: str, name: str) -> Act:
    """The action as exploration tries it at the stage, or as it would be tried if it were open."""
    node = found.first_at(stage)
    tried = acts(found.world, found.conditions, node.case, "now") if node else ()
    for act in tried:
        if act.action == name:
            return act
    action = next(action for action in found.procedure.stage(stage).actions if action.name == name)
    return Act(
        "now", name, action.by[0], {rule.name: plain(rule) for rule in action.requires if rule.required}
    )


def end_of_waiting(found: Exploration, node: Node) -> Node:
    """Where a case stands after all that time alone can bring."""
    seen = {node.number}
    while True:
        edge = next((e for e in found.leaving(node) if isinstance(e.move, Wait)), None)
        if edge is None or edge.target in seen:
            return node
        seen.add(edge.target)
        node = found.nodes[edge.target]


def _dead(found: Exploration, stage: Stage, action: Action) -> Iterator[Finding]:
    """An action that is never open or always refused; or a way of it that is never taken."""
    edges = [e for e in found.edges if _is_act(e.move, action.name) and _at(found, e.source, stage.name)]
    where = action_at(stage.name, action.name)
    if not edges:
        node = found.first_at(stage.name)
        assert node is not None
        yield Finding(
            "dead-action",
            (*where, "when") if action.when else where,
            f"在环节 {stage.name}，动作 {action.name} 从来不能办理",
            f"the action {action.name} can never be taken at {stage.name}",
            attempt(found, node, plain_act(found, stage.name, action.name)),
        )
        return
    taken = {_way_taken(found, action, edge) for edge in edges}
    for number, way in enumerate(action.to):
        if number not in taken:
            yield Finding(
                "dead-way",
                (*where, "to", number),
                f"动作 {action.name} 从不走向 {way.to}",
                f"the action {action.name} never takes the way to {way.to}",
                story_of(found, edges[0]),
            )


def _way_taken(found: Exploration, action: Action, edge: Edge) -> int | None:
    given = edge.move.fields if isinstance(edge.move, Act) else {}
    return _first(action.to, facts(found.nodes[edge.source].case, given))


def _first(ways: tuple[Way, ...], known: Fields) -> int | None:
    """Which way it is: the first whose condition holds."""
    return next((number for number, way in enumerate(ways) if holds(way.when, known)), None)


def _dead_starts(found: Exploration, explained: set[Where]) -> Iterator[Finding]:
    ways = found.procedure.start
    begun = {_first(ways, found.world.facts(filed)) for filed in found.world.filings()}
    for number, way in enumerate(ways):
        if number not in begun and ("start", number) not in explained and found.nodes:
            yield Finding(
                "dead-start",
                ("start", number),
                f"这条起始规则（{way.to}）永远轮不到：条件从不成立，或前面的规则总在先",
                f"this start rule ({way.to}) never has its turn: its condition never holds, or an "
                "earlier rule always comes first",
                told(found, found.nodes[0].filed, (), found.world.begins),
            )


def _dead_grades(found: Exploration) -> Iterator[Finding]:
    graded = {node.case.grade for node in found.nodes if node.parent is None}
    for grade in found.procedure.grades:
        if grade.name not in graded and found.nodes:
            yield Finding(
                "dead-grade",
                ("grades", grade.name),
                f"没有任何事项会定为等级 {grade.name}",
                f"no case is ever of the grade {grade.name}",
                told(found, found.nodes[0].filed, (), found.world.begins),
            )


def _without_way_out(found: Exploration) -> Iterator[Finding]:
    """Shapes from which no action and no time leads to an outcome; the first of each stage."""
    leads: dict[int, list[int]] = {}
    for edge in found.edges:
        leads.setdefault(edge.target, []).append(edge.source)
    out, ahead = set[int](), [node.number for node in found.nodes if not node.case.open]
    while ahead:
        number = ahead.pop()
        if number not in out:
            out.add(number)
            ahead += leads.get(number, ())
    stages: set[str] = set()
    for node in found.nodes:
        if node.number in out or node.case.stage in stages:
            continue
        stages.add(node.case.stage)
        yield Finding(
            "no-way-out",
            ("stages", node.case.stage),
            f"事项到了环节 {node.case.stage} 这一步，就再也到不了任何办理结果",
            f"a case that came to {node.case.stage} in this way can never come to any outcome",
            story_to(found, node),
        )
