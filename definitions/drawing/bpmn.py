"""A procedure as BPMN 2.0 with its diagram, for the modelling tools that offices have.

It is a picture for people, not a program: working days have no BPMN spelling, so the process is marked as
not executable.
"""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from casework.describing import person_text, said
from casework.procedure import Procedure
from definitions.drawing.arrangement import Arrangement
from definitions.drawing.bpmn_cell import cell
from definitions.drawing.bpmn_parts import Bounds, Cell, Flow, Node
from definitions.drawing.chart import Chart, chart
from definitions.drawing.procedure_picture import arranged, starting_rules
from definitions.drawing.routing import Link, Plan, lead, side_of
from definitions.drawing.svg import Point, allowed, number

_NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_HEAD = 30.0
_ROW_COST = 0.6
_EMPTY_LANE = 60.0
_POOL, _PROCESS, _PLANE = "Pool", "Process", "Plane"


def draw(procedure: Procedure, language: str) -> str:
    """The procedure as a BPMN 2.0 document."""
    drawn = chart(procedure)
    arrangement = arranged(drawn, _ROW_COST)
    diagram = _Diagram(drawn, arrangement, language)
    root = ET.Element(
        "bpmn:definitions",
        {
            **{f"xmlns:{prefix}": uri for prefix, uri in _NAMESPACES.items()},
            "id": "Definitions",
            "targetNamespace": f"urn:fengqiao:procedure:{procedure.name}",
            "name": allowed(procedure.title.in_(language)),
        },
    )
    diagram.write(root)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


class _Diagram:
    """The cells of all stages with the flows between them led."""

    def __init__(self, drawn: Chart, arrangement: Arrangement, language: str) -> None:
        self.procedure, self.language = drawn.procedure, language
        self.cells = {
            stage.name: _cell(drawn, stage.name, arrangement, language) for stage in drawn.procedure.stages
        }
        self.outer = [flow for each in self.cells.values() for flow in each.flows if flow.to]
        self.sources = {flow.id: each.stage for each in self.cells.values() for flow in each.flows}
        box_width = max(each.width for each in self.cells.values())
        heights = {name: each.height for name, each in self.cells.items()}
        links = [self._link(flow) for flow in self.outer]
        self.plan: Plan = lead(arrangement, heights, box_width, links, _EMPTY_LANE)
        self.ways = dict(zip((flow.id for flow in self.outer), self.plan.ways, strict=True))
        self.flows = [self._whole(each, flow) for each in self.cells.values() for flow in each.flows]

    def _link(self, flow: Flow) -> Link:
        target = self.cells[flow.to]
        enters = target.enters + (10 if flow.by_time else 0)
        bundle = f"{flow.to} {'time' if flow.by_time else 'act'}"
        return Link(self.sources[flow.id], flow.to, flow.side, flow.points[-1][1], enters, bundle)

    def _whole(self, home: Cell, flow: Flow) -> Flow:
        """A flow with all its points in the picture, from its source to its target."""
        corner = self._corner(home.stage)
        points = tuple((x + corner[0], y + corner[1]) for x, y in flow.points)
        target = flow.target
        if flow.to:
            target = self.cells[flow.to].nodes[0].id
            led = tuple((x + 2 * _HEAD, y) for x, y in self.ways[flow.id])
            left, _ = self._corner(flow.to)
            points = (*points, *led, (left + self.cells[flow.to].task_x, led[-1][1]))
        label = flow.label.moved(corner) if flow.label else None
        return Flow(flow.id, flow.source, target, flow.name, points, label, condition=flow.condition)

    def _corner(self, stage: str) -> Point:
        x, y = self.plan.corners[stage]
        return x + 2 * _HEAD, y

    def write(self, root: ET.Element) -> None:
        title = allowed(self.procedure.title.in_(self.language))
        collaboration = ET.SubElement(root, "bpmn:collaboration", {"id": "Collaboration"})
        ET.SubElement(collaboration, "bpmn:participant", {"id": _POOL, "name": title, "processRef": _PROCESS})
        process = ET.SubElement(
            root, "bpmn:process", {"id": _PROCESS, "name": title, "isExecutable": "false"}
        )
        _document(process, _process_words(self.procedure, self.language))
        self._lanes(process)
        for each in self.cells.values():
            for node in each.nodes:
                _node(process, node, self.flows)
        for flow in self.flows:
            _flow(process, flow)
        self._picture(root)

    def _lanes(self, process: ET.Element) -> None:
        lanes = ET.SubElement(process, "bpmn:laneSet", {"id": "Lanes"})
        for level in reversed(self.procedure.levels):
            name = allowed(level.title.in_(self.language))
            lane = ET.SubElement(lanes, "bpmn:lane", {"id": f"Lane_{level.name}", "name": name})
            for stage in self.procedure.stages:
                if stage.level == level.name:
                    for node in self.cells[stage.name].nodes:
                        ET.SubElement(lane, "bpmn:flowNodeRef").text = node.id

    def _picture(self, root: ET.Element) -> None:
        diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": "Diagram"})
        plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", {"id": _PLANE, "bpmnElement": "Collaboration"})
        width = self.plan.width + 2 * _HEAD
        _shape(plane, _POOL, Bounds(0, 0, width, self.plan.height), horizontal=True)
        for level, band in zip(self.procedure.levels, self.plan.bands, strict=True):
            bounds = Bounds(_HEAD, band.top, width - _HEAD, band.bottom - band.top)
            _shape(plane, f"Lane_{level.name}", bounds, horizontal=True)
        for name, each in self.cells.items():
            corner = self._corner(name)
            for node in each.nodes:
                label = node.label.moved(corner) if node.label else None
                _shape(plane, node.id, node.bounds.moved(corner), label)
        for flow in self.flows:
            _edge(plane, flow)


def _cell(drawn: Chart, name: str, arrangement: Arrangement, language: str) -> Cell:
    stage = drawn.procedure.stage(name)
    sides = {a.to: side_of(arrangement, name, a.to) for a in drawn.between_stages if a.source == name}
    rules = starting_rules(drawn.procedure, stage, language)
    starts = said(language, "登记：", "Filed: ") + rules if rules else ""
    return cell(drawn, stage, sides, starts, language)


def _process_words(procedure: Procedure, language: str) -> str:
    post = person_text(procedure, procedure.top.hold, language)
    every = procedure.top.remind_every.spoken(language)
    return "\n".join(
        (
            said(language, f"版本 {procedure.edition}", f"Edition {procedure.edition}"),
            *procedure.basis,
            said(
                language,
                f"超期而无处可提：由{post}持续催办，每{every}一次。",
                f"Overdue with nowhere to go: held by {post}, reminded every {every}.",
            ),
        )
    )


def _document(element: ET.Element, words: str) -> None:
    if words:
        ET.SubElement(element, "bpmn:documentation").text = allowed(words)


def _node(process: ET.Element, node: Node, flows: Sequence[Flow]) -> None:
    attributes = {"id": node.id}
    if node.name:
        attributes["name"] = allowed(node.name)
    if node.attached:
        attributes |= {"attachedToRef": node.attached, "cancelActivity": str(node.interrupts).lower()}
    element = ET.SubElement(process, f"bpmn:{node.kind}", attributes)
    _document(element, node.documentation)
    for flow in flows:
        if flow.target == node.id:
            ET.SubElement(element, "bpmn:incoming").text = flow.id
    for flow in flows:
        if flow.source == node.id:
            ET.SubElement(element, "bpmn:outgoing").text = flow.id
    if node.timer:
        timer = ET.SubElement(element, "bpmn:timerEventDefinition", {"id": f"{node.id}_timer"})
        ET.SubElement(timer, "bpmn:timeDuration", {"xsi:type": "bpmn:tFormalExpression"}).text = node.timer
    if node.calls:
        ET.SubElement(element, "bpmn:escalationEventDefinition", {"id": f"{node.id}_call"})


def _flow(process: ET.Element, flow: Flow) -> None:
    attributes = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
    if flow.name:
        attributes["name"] = allowed(flow.name)
    element = ET.SubElement(process, "bpmn:sequenceFlow", attributes)
    _document(element, flow.condition)


def _shape(
    plane: ET.Element, of: str, bounds: Bounds, label: Bounds | None = None, *, horizontal: bool = False
) -> None:
    attributes = {"id": f"{of}_shape", "bpmnElement": of}
    if horizontal:
        attributes["isHorizontal"] = "true"
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", attributes)
    _bounds(shape, bounds)
    if label:
        _bounds(ET.SubElement(shape, "bpmndi:BPMNLabel"), label)


def _edge(plane: ET.Element, flow: Flow) -> None:
    edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{flow.id}_edge", "bpmnElement": flow.id})
    last: Point | None = None
    for point in flow.points:
        if point != last:
            ET.SubElement(edge, "di:waypoint", {"x": number(point[0]), "y": number(point[1])})
        last = point
    if flow.label:
        _bounds(ET.SubElement(edge, "bpmndi:BPMNLabel"), flow.label)


def _bounds(parent: ET.Element, bounds: Bounds) -> None:
    place: Mapping[str, str] = {
        "x": number(bounds.x), "y": number(bounds.y),
        "width": number(bounds.width), "height": number(bounds.height),
    }  # fmt: skip
    ET.SubElement(parent, "dc:Bounds", dict(place))
