"""Stories out of an exploration: how a case came to a shape, told so that it can be played anew."""

from dataclasses import replace
from datetime import datetime

from casework.case import Case
from casework.decision import NotAllowed, RefusalCode
from casework.event import Filed
from casework.story import Step, Story
from casework.verify.explore import Edge, Exploration, Node
from casework.verify.moves import Act, at_once, moment, take


def way_to(found: Exploration, node: Node) -> tuple[Node, ...]:
    """The nodes from the filing to this one."""
    way = [node]
    while way[-1].parent is not None:
        way.append(found.nodes[way[-1].parent])
    return tuple(reversed(way))


def steps_to(found: Exploration, node: Node) -> tuple[Step, ...]:
    return tuple(
        step_of(after.move, after.case.as_of) for after in way_to(found, node) if isinstance(after.move, Act)
    )


def story_to(found: Exploration, node: Node, *more: Step, until: datetime | None = None) -> Story:
    """How a case comes to this node, and what then."""
    steps = (*steps_to(found, node), *more)
    last = max((node.case.as_of, *(step.at for step in more), *((until,) if until else ())))
    return told(found, node.filed, steps, last)


def told(found: Exploration, filed: Filed, steps: tuple[Step, ...], until: datetime) -> Story:
    return Story(
        f"verify-{found.procedure.name}", found.procedure.name, found.world.begins, filed, steps, until
    )


def story_of(found: Exploration, edge: Edge) -> Story:
    """The story that ends with this move."""
    source, target = found.nodes[edge.source], found.nodes[edge.target]
    if not isinstance(edge.move, Act):
        entered = max((entry.at for entry in edge.entries), default=target.case.as_of)
        return story_to(found, source, until=entered)
    at = moment(found.procedure, source.case, edge.move.when)
    assert at is not None
    return story_to(found, source, step_of(edge.move, at))


def attempt(found: Exploration, node: Node, act: Act) -> Story:
    """The story that ends with an action being tried at once, and refused if it is."""
    at = at_once(node.case)
    return story_to(found, node, replace(step_of(act, at), refused=_refusal(found, node.case, act, at)))


def _refusal(found: Exploration, case: Case, act: Act, at: datetime) -> RefusalCode | str:
    try:
        take(found.procedure, case, act, at)
    except NotAllowed as refusal:
        return refusal.code
    return ""


def step_of(act: Act, at: datetime) -> Step:
    return Step(at, act.action, act.by, act.fields, places=act.places, holders=act.holders)
