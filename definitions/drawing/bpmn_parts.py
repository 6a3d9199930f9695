"""The parts of a stage's cell in BPMN: nodes and flows with their places, measured from the cell's corner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from casework.procedure import Stage
from definitions.drawing.chart import Chart
from definitions.drawing.routing import Side
from definitions.drawing.svg import Point

Kind = Literal["startEvent", "userTask", "exclusiveGateway", "boundaryEvent", "endEvent"]

TASK_HEIGHT = 80.0
TASK, EVENT, GATEWAY = 140.0, 30.0, 40.0
TIMER_ROOM = 90.0
LABEL = 14.0
GAP = 24.0


@dataclass(frozen=True)
class Bounds:
    x: float
    y: float
    width: float
    height: float

    def moved(self, by: Point) -> "Bounds":
        return Bounds(self.x + by[0], self.y + by[1], self.width, self.height)

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Node:
    """A node of the process. ``timer`` is the limit of a timer; ``calls`` marks an end that only calls."""

    id: str
    kind: Kind
    name: str
    bounds: Bounds
    label: Bounds | None = None
    documentation: str = ""
    attached: str = ""
    interrupts: bool = True
    timer: str = ""
    calls: bool = False


@dataclass(frozen=True)
class Flow:
    """A sequence flow. Where it leads to another stage (``to``), its points end at the edge of the cell."""

    id: str
    source: str
    target: str
    name: str
    points: tuple[Point, ...]
    label: Bounds | None = None
    to: str = ""
    side: Side = "right"
    by_time: bool = False
    condition: str = ""


@dataclass(frozen=True)
class Cell:
    """The nodes and flows of one stage. ``enters``: how far down flows from elsewhere meet its task."""

    stage: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    width: float
    height: float
    enters: float
    task_x: float


@dataclass
class Making:
    """A cell as it grows, downwards and to the right."""

    chart: Chart
    stage: Stage
    language: str
    sides: Mapping[str, Side]
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    bottom: float = 0.0
    right: float = 0.0

    def add(self, node: Node) -> Node:
        self.nodes.append(node)
        for bounds in (node.bounds, node.label):
            if bounds:
                self.bottom = max(self.bottom, bounds.y + bounds.height)
                self.right = max(self.right, bounds.x + bounds.width)
        return node

    def id(self, kind: str, *names: str) -> str:
        return "_".join((kind, self.stage.name, *names))
