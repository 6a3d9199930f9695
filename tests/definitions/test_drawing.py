"""A procedure drawn as SVG, Mermaid and BPMN: all of it is there, whatever its titles hold."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from casework.procedure import Procedure
from definitions.drawing import bpmn, mermaid, procedure_picture
from definitions.drawing.chart import chart
from definitions.library import Library
from tests.random_procedures import procedures

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
NAMES = ("dispute-mediation", "petition")
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - drawn by us


def words(svg: str) -> str:
    """All that can be read in a picture, without the breaks between lines."""
    return "".join(element.text or "" for element in parsed(svg).iter() if element.tag.endswith("}text"))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_shows_every_stage_with_its_clocks_actions_and_outcomes(
    name: str, library: Library
) -> None:
    procedure = library.procedures[name]
    shown = words(procedure_picture.draw(procedure, "zh"))
    for stage in procedure.stages:
        assert stage.title.zh in shown
        for action in stage.actions:
            ends = [
                procedure.outcome(way.to).title.zh for way in action.to if not procedure.has_stage(way.to)
            ]
            assert action.title.zh in shown or any(end in shown for end in ends)
    for outcome in procedure.outcomes:
        assert outcome.title.zh in shown
    for clock in (*procedure.clocks, *(s.clock for s in procedure.stages if s.clock)):
        assert f"{clock.title.zh} {clock.budget.spoken('zh')}" in shown.replace("“", "").replace("”", "")
    for level in procedure.levels:
        assert level.title.zh in shown


def test_what_time_does_is_drawn_in_another_stroke_than_what_people_do(library: Library) -> None:
    procedure = library.procedures["dispute-mediation"]
    root = parsed(procedure_picture.draw(procedure, "zh"))
    strokes = Counter(bool(e.get("stroke-dasharray")) for e in root.iter() if e.tag.endswith("}path"))
    arrows = Counter(arrow.by_time for arrow in chart(procedure).between_stages)
    assert strokes == arrows
    assert arrows[True] == 4


def test_time_never_moves_a_case_sideways_or_down_in_the_picture(library: Library) -> None:
    """The 60 days of 信访工作条例 34 escalate to the county, but not where the county handles it already."""
    arrows = [a for a in chart(library.procedures["petition"]).arrows if a.clock == "handling"]
    assert [(a.source, a.to) for a in arrows] == [
        ("township-handling", "county-handling"),
        ("township-joint", "county-handling"),
    ]


def test_a_clock_stands_where_it_may_run_from_the_mark_that_starts_it_to_those_that_stop_it(
    library: Library,
) -> None:
    """15 days from receipt, 60 from acceptance, 30 from service: three starts (信访工作条例 23, 34, 35)."""
    running = chart(library.procedures["petition"]).running
    assert running["handling"] == {
        f"{level}-{stage}" for level in ("township", "county") for stage in ("handling", "joint")
    }
    assert running["review-window"] == {"township-replied", "county-replied"}
    assert chart(library.procedures["dispute-mediation"]).running["whole"] == {
        "village-mediation",
        "township-mediation",
        "county-response",
        "county-mediation",
    }


@FEW
@given(procedures())
def test_whatever_the_titles_hold_the_drawings_are_well_formed(procedure: Procedure) -> None:
    parsed(procedure_picture.draw(procedure, "en"))
    _check_bpmn(parsed(bpmn.draw(procedure, "en")))
    _check_mermaid(procedure, mermaid.draw(procedure, "en"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_mermaid_text_has_each_stage_once_and_arrows_between_known_nodes(
    name: str, language: str, library: Library
) -> None:
    _check_mermaid(library.procedures[name], mermaid.draw(library.procedures[name], language))


def _check_mermaid(procedure: Procedure, text: str) -> None:
    lines = text.splitlines()
    assert lines[1] == "flowchart BT"
    nodes = [
        m[1]
        for line in lines
        if (m := re.match(r" +(\w+)(?:\[|\(\[|\(\()\"", line)) and "subgraph" not in line
    ]
    assert Counter(nodes).most_common(1)[0][1] == 1
    assert len(nodes) == 1 + len(procedure.stages) + len(procedure.outcomes)
    arrows = [m for line in lines if (m := re.match(r"  (\w+) (?:-->|-\.->)\|\"[^\"]*\"\| (\w+)$", line))]
    assert len(arrows) == sum("->|" in line for line in lines)
    assert {end for arrow in arrows for end in arrow.groups()} <= set(nodes)
    assert sum(line.strip() == "end" for line in lines) == sum("subgraph" in line for line in lines)
    assert all(line.count('"') in (0, 2) for line in lines)


def test_mermaid_draws_escalations_dotted_and_in_their_own_colour(library: Library) -> None:
    text = mermaid.draw(library.procedures["dispute-mediation"], "zh")
    arrows = [line for line in text.splitlines() if "->|" in line]
    dotted = [number for number, line in enumerate(arrows) if "-.->" in line]
    styled = re.search(r"linkStyle ([\d,]+) stroke", text)
    assert styled is not None
    assert [int(number) for number in styled[1].split(",")] == dotted
    assert "村级调解 5个工作日 到期" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_bpmn_refers_only_to_what_it_holds_and_draws_all_of_it(
    name: str, language: str, library: Library
) -> None:
    _check_bpmn(parsed(bpmn.draw(library.procedures[name], language)))


def _check_bpmn(root: ET.Element) -> None:
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    process = root.find(f"{MODEL}process")
    assert process is not None
    nodes = {e.get("id"): e for e in process if e.tag not in (f"{MODEL}laneSet", f"{MODEL}sequenceFlow")}
    nodes.pop(None, None)
    flows = {e.get("id"): e for e in process.findall(f"{MODEL}sequenceFlow")}
    laned = [e.text for e in process.iter(f"{MODEL}flowNodeRef")]
    assert Counter(laned) == Counter(list(nodes))
    for identity, flow in flows.items():
        assert flow.get("sourceRef") in nodes
        assert flow.get("targetRef") in nodes
        source, target = nodes[flow.get("sourceRef")], nodes[flow.get("targetRef")]
        assert identity in [e.text for e in source.findall(f"{MODEL}outgoing")]
        assert identity in [e.text for e in target.findall(f"{MODEL}incoming")]
    for node in nodes.values():
        assert {e.text for e in node if e.tag in (f"{MODEL}incoming", f"{MODEL}outgoing")} <= flows.keys()
        assert node.get("attachedToRef", next(iter(nodes))) in nodes
    shapes = {e.get("bpmnElement") for e in root.iter(f"{DI}BPMNShape")}
    lanes = {e.get("id") for e in process.iter(f"{MODEL}lane")}
    assert shapes == {*nodes, *lanes, "Pool"}
    edges = {e.get("bpmnElement"): e.findall(WAYPOINT) for e in root.iter(f"{DI}BPMNEdge")}
    assert edges.keys() == flows.keys()
    assert all(len(points) > 1 for points in edges.values())


def test_bpmn_has_a_user_task_for_each_stage_in_the_lane_of_its_level(library: Library) -> None:
    procedure = library.procedures["petition"]
    root = parsed(bpmn.draw(procedure, "zh"))
    tasks = {e.get("id") for e in root.iter(f"{MODEL}userTask")}
    assert tasks == {f"Task_{stage.name}" for stage in procedure.stages}
    for lane in root.iter(f"{MODEL}lane"):
        held = {e.text for e in lane} & tasks
        level = (lane.get("id") or "").removeprefix("Lane_")
        assert held == {f"Task_{stage.name}" for stage in procedure.stages if stage.level == level}


def test_bpmn_has_a_timer_for_each_clock_and_only_one_that_moves_the_case_interrupts(
    library: Library,
) -> None:
    root = parsed(bpmn.draw(library.procedures["dispute-mediation"], "zh"))
    timers = {e.get("id"): e for e in root.iter(f"{MODEL}boundaryEvent")}
    moving = timers["Timer_village-mediation_village-mediation_0"]
    staying = timers["Timer_village-mediation_whole_1"]
    assert moving.get("attachedToRef") == staying.get("attachedToRef") == "Task_village-mediation"
    assert (moving.get("cancelActivity"), staying.get("cancelActivity")) == ("true", "false")
    assert moving.findtext(f".//{MODEL}timeDuration") == "5wd"
    assert staying.findtext(f".//{MODEL}timeDuration") == "P60D"
