"""A stage as BPMN has it: a user task with its timers, a gateway for its ways, and the events that end it.

Everything stands in a cell of its own; only flows to other stages leave it, at its left or right edge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casework.describing import condition_text, listed, people_text, place_text, said
from casework.procedure import Stage
from definitions.drawing.bpmn_parts import (
    EVENT,
    GAP,
    GATEWAY,
    LABEL,
    TASK,
    TASK_HEIGHT,
    TIMER_ROOM,
    Bounds,
    Cell,
    Flow,
    Making,
    Node,
)
from definitions.drawing.bpmn_timers import add_timers, timed
from definitions.drawing.chart import Arrow, Chart
from definitions.drawing.routing import Side
from definitions.drawing.svg import Point

_START_ROOM = 110.0
_END_ROW, _END_WAY, _END_LABEL = 44.0, 140.0, 110.0
_OUT_ROW = 20.0


def cell(chart: Chart, stage: Stage, sides: Mapping[str, Side], starts: str, language: str) -> Cell:
    """The cell of a stage. ``sides``: where flows leave to other stages; ``starts``: when a case begins."""
    making = Making(chart, stage, language, sides)
    ways = [a for a in chart.out_of(stage) if not a.by_time and a.to != stage.name]
    onwards = [a for a in ways if chart.procedure.has_stage(a.to)]
    each_timer = list(timed(chart, stage))
    top = _OUT_ROW * len(_roundabout(onwards, sides)) + GAP / 2
    left = _START_ROOM if starts else GAP
    task = making.add(
        Node(
            making.id("Task"),
            "userTask",
            stage.title.in_(language),
            Bounds(left, top, max(TASK, TIMER_ROOM * len(each_timer) + 20), TASK_HEIGHT),
            documentation=_task_words(chart, stage, language),
        )
    )
    if starts:
        _start(making, task, starts)
    _ways(making, task, ways)
    add_timers(making, task, each_timer)
    return Cell(
        stage.name,
        tuple(making.nodes),
        tuple(making.flows),
        making.right + GAP / 2,
        making.bottom + GAP / 2,
        top + 16,
        left,
    )


def _start(making: Making, task: Node, starts: str) -> None:
    y = task.bounds.y + task.bounds.height - EVENT - 6
    event = making.add(
        Node(
            making.id("Start"),
            "startEvent",
            starts,
            Bounds(GAP, y, EVENT, EVENT),
            label=Bounds(4, y + EVENT + 4, _START_ROOM - 12, 3 * LABEL),
        )
    )
    points = ((event.bounds.x + EVENT, y + EVENT / 2), (task.bounds.x, y + EVENT / 2))
    making.flows.append(Flow(making.id("Begin"), event.id, task.id, "", points))


def _ways(making: Making, task: Node, ways: Sequence[Arrow]) -> None:
    """What people can do: one way leaves the task itself, several leave a gateway behind it."""
    if not ways:
        return
    source = task
    if len(ways) > 1:
        y = task.bounds.y + (TASK_HEIGHT - GATEWAY) / 2
        x = task.bounds.x + task.bounds.width + GAP
        source = making.add(Node(making.id("Choice"), "exclusiveGateway", "", Bounds(x, y, GATEWAY, GATEWAY)))
        middle = y + GATEWAY / 2
        points = ((x - GAP, middle), (x, middle))
        making.flows.append(Flow(making.id("Decide"), task.id, source.id, "", points))
    _ends(
        making, source, [a for a in ways if not making.chart.procedure.has_stage(a.to)], single=len(ways) == 1
    )
    _onwards(making, source, [a for a in ways if making.chart.procedure.has_stage(a.to)])


def _ends(making: Making, source: Node, ends: Sequence[Arrow], *, single: bool) -> None:
    x, y = source.bounds.middle
    for number, arrow in enumerate(ends):
        row = y if single else source.bounds.y + source.bounds.height + 14 + _END_ROW * number + EVENT / 2
        left = source.bounds.x + source.bounds.width + _END_WAY
        event = making.add(
            Node(
                making.id("End", arrow.name, arrow.to),
                "endEvent",
                place_text(making.chart.procedure, arrow.to, making.language),
                Bounds(left, row - EVENT / 2, EVENT, EVENT),
                label=Bounds(left + EVENT + 4, row - LABEL, _END_LABEL, 2 * LABEL),
            )
        )
        start = (source.bounds.x + source.bounds.width, y) if single else (x, source.bounds.y + GATEWAY)
        points = (start, (start[0], row), (left, row))
        label = Bounds(source.bounds.x + source.bounds.width - 8, row - LABEL - 2, _END_WAY + 4, LABEL)
        making.flows.append(_flow(making, source, arrow, points, label, event.id))


def _roundabout(ways: Sequence[Arrow], sides: Mapping[str, Side]) -> list[Arrow]:
    """All ways to other stages but the first on the right, which leaves straight."""
    straight = next((arrow for arrow in ways if sides[arrow.to] == "right"), None)
    return [arrow for arrow in ways if arrow is not straight]


def _onwards(making: Making, source: Node, ways: Sequence[Arrow]) -> None:
    """Ways to other stages: one leaves straight, the others above the task, each in a row of its own."""
    x, y = source.bounds.middle
    right = source.bounds.x + source.bounds.width
    over = _roundabout(ways, making.sides)
    for arrow in ways:
        side = making.sides[arrow.to]
        if arrow not in over:
            points: tuple[Point, ...] = ((right, y),)
            label = Bounds(right + 4, y - LABEL - 1, _END_WAY, LABEL)
        else:
            row = GAP / 2 + _OUT_ROW * over.index(arrow)
            points = ((x, source.bounds.y), (x, row))
            label = Bounds(x + (4 if side == "right" else -_END_WAY - 4), row - LABEL - 1, _END_WAY, LABEL)
        making.right = max(making.right, label.x + label.width)
        flow = _flow(making, source, arrow, points, label, "")
        making.flows.append(replace(flow, to=arrow.to, side=side))


def _flow(
    making: Making, source: Node, arrow: Arrow, points: tuple[Point, ...], label: Bounds, target: str
) -> Flow:
    procedure = making.chart.procedure
    condition = condition_text(procedure, arrow.when, making.language) if arrow.when else ""
    return Flow(
        making.id("Flow", arrow.name, arrow.to),
        source.id,
        target,
        arrow.title.in_(making.language),
        points,
        label,
        condition=condition,
    )


def _task_words(chart: Chart, stage: Stage, language: str) -> str:
    procedure, posts = chart.procedure, stage.responsible
    lines = [
        said(language, "责任领导：", "Leader: ") + people_text(procedure, (posts.leader,), language),
        said(language, "牵头单位：", "Lead unit: ") + people_text(procedure, (posts.lead,), language),
        said(language, "责任单位：", "Assisting units: ") + people_text(procedure, posts.assist, language),
        *_actions(stage, language),
    ]
    return "\n".join([*lines, *([stage.basis] if stage.basis else [])])


def _actions(stage: Stage, language: str) -> Iterator[str]:
    """What is done within the stage, which a flow does not show."""
    within = tuple(a.title.in_(language) for a in stage.actions if not a.to)
    if within:
        yield said(language, "本环节内：", "Within: ") + listed(language, within)
