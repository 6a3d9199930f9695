"""Where the cards of a procedure stand and how its arrows run, for procedures of every shape."""

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from casework.procedure import Procedure
from definitions.drawing.arrangement import Arrangement
from definitions.drawing.chart import chart
from definitions.drawing.labels import PITCH, label, place
from definitions.drawing.letters import width, wrap
from definitions.drawing.procedure_picture import arranged
from definitions.drawing.routing import Link, Plan, lead, side_of
from definitions.library import Library
from tests.random_procedures import procedures

WIDTH, HEIGHT = 170.0, 120.0
ENOUGH = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def laid_out(procedure: Procedure) -> tuple[Arrangement, list[Link], Plan]:
    drawn = chart(procedure)
    arrangement = arranged(drawn, 0.6)
    links = []
    for number, arrow in enumerate(drawn.between_stages):
        side, leaves = side_of(arrangement, arrow.source, arrow.to), 30.0 + 16 * number % 80
        links.append(Link(arrow.source, arrow.to, side, leaves, 15.0, f"{arrow.to} {arrow.by_time}"))
    return arrangement, links, lead(arrangement, dict.fromkeys(arrangement.cells, HEIGHT), WIDTH, links, 26.0)


@ENOUGH
@given(procedures())
def test_every_stage_has_a_cell_of_its_own_in_the_lane_of_its_level(procedure: Procedure) -> None:
    arrangement, _, _ = laid_out(procedure)
    ladder = [level.name for level in procedure.levels]
    assert {name: cell.lane for name, cell in arrangement.cells.items()} == {
        stage.name: ladder.index(stage.level) for stage in procedure.stages
    }
    assert len(set(arrangement.cells.values())) == len(procedure.stages)


@ENOUGH
@given(procedures())
def test_no_cards_overlap_and_each_stands_within_its_lane(procedure: Procedure) -> None:
    arrangement, _, plan = laid_out(procedure)
    for (x, y), (other_x, other_y) in combinations(plan.corners.values(), 2):
        assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= HEIGHT
    for name, cell in arrangement.cells.items():
        band, (_, y) = plan.bands[cell.lane], plan.corners[name]
        assert band.top < y
        assert y + HEIGHT < band.bottom
    assert all(lower.top == upper.bottom for lower, upper in pairwise(plan.bands))


@ENOUGH
@given(procedures())
def test_arrows_run_upright_from_card_to_card_and_through_none(procedure: Procedure) -> None:
    _, links, plan = laid_out(procedure)
    for link, way in zip(links, plan.ways, strict=True):
        start_x, start_y = plan.corners[link.source]
        assert way[0] == (start_x + (WIDTH if link.side == "right" else 0), start_y + link.leaves)
        assert way[-1] == (plan.corners[link.target][0], plan.corners[link.target][1] + link.enters)
        for (x, y), (other_x, other_y) in pairwise(way):
            assert x == other_x or y == other_y
            for left, top in plan.corners.values():
                inside = max(x, other_x) > left and min(x, other_x) < left + WIDTH
                assert not (inside and max(y, other_y) > top and min(y, other_y) < top + HEIGHT)


@ENOUGH
@given(procedures())
def test_arrows_to_different_cards_never_run_upon_each_other(procedure: Procedure) -> None:
    _, links, plan = laid_out(procedure)
    upright = [
        (x, min(y, other_y), max(y, other_y), link.bundle)
        for link, way in zip(links, plan.ways, strict=True)
        for (x, y), (other_x, other_y) in pairwise(way)
        if x == other_x
    ]
    for (x, top, bottom, bundle), (other_x, other_top, other_bottom, other) in combinations(upright, 2):
        if bundle != other and x == other_x:
            assert bottom <= other_top or other_bottom <= top


def test_small_things_stay_below_and_the_ladder_reads_upwards(library: Library) -> None:
    arrangement, _, plan = laid_out(library.procedures["dispute-mediation"])
    heights = [plan.corners[f"{level}-mediation"][1] for level in ("village", "township", "county")]
    assert heights == sorted(heights, reverse=True)
    cells = arrangement.cells
    assert cells["village-mediation"].column == cells["township-mediation"].column


def test_a_case_moves_to_the_right_within_its_level(library: Library) -> None:
    cells = laid_out(library.procedures["petition"])[0].cells
    stages = ("reception", "handling", "service", "replied")
    for level in ("township", "county"):
        columns = [cells[f"{level}-{stage}"].column for stage in stages]
        assert columns == sorted(set(columns))


@pytest.mark.parametrize(
    "text", ["到期前3个工作日，预警牵头单位（责任领导）", "every 5wd after: remind", "x" * 90]
)
def test_lines_keep_to_their_room_and_lose_nothing(text: str) -> None:
    lines = wrap(text, 11, 90, 99)
    assert all(width(line, 11) <= 90 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_closing_mark() -> None:
    for room in range(55, 120):
        assert all(
            line[0] not in "，。；：）”"
            for line in wrap("期满未提出，转“办结”（未申请复查）；到期", 11, room, 99)
        )


def test_what_has_no_room_is_cut_with_a_mark() -> None:
    assert wrap("一二三四五六七八九十", 10, 30, 2) == ("一二三", "四五…")


def test_labels_never_meet_nor_cross_the_leader_of_another() -> None:
    placed = place([label(x, "催办牵头单位", "#000000") for x in (0, 5, 40, 41, 80, 300)])
    for one, other in combinations(placed, 2):
        left, right = sorted((one, other), key=lambda each: each.label.x)
        if left.row == right.row:
            assert left.label.right < right.label.x
        if left.row < right.row:  # the leader of the right one passes the row of the left one
            assert left.label.right < right.label.x
    assert PITCH > 11
