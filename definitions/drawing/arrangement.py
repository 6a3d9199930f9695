"""Where the stages stand: their level is the lane, so only column and row within the lane are chosen.

Within a lane a case moves to the right; between lanes it moves up or down in its column, so that the ladder
reads upwards. A stage whose place is taken moves right or to another row, whichever costs less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]
_OFF_ITS_ROW = 0.3


@dataclass(frozen=True)
class Cell:
    """A place in the picture: the lane counts upwards from the lowest level, the row upwards in its lane."""

    lane: int
    row: int
    column: int


@dataclass(frozen=True)
class Arrangement:
    """The cell of each stage, and how many rows each lane has (none where it has no stage)."""

    cells: Mapping[str, Cell]
    rows: tuple[int, ...]

    @property
    def columns(self) -> int:
        return max(cell.column for cell in self.cells.values()) + 1

    def taken(self, lane: int, row: int, column: int) -> bool:
        return Cell(lane, row, column) in self.cells.values()


def arrange(
    lanes: Mapping[str, int], edges: Sequence[Edge], first: Sequence[str], lane_count: int, row_cost: float
) -> Arrangement:
    """Cells for stages whose ``lanes`` are given, in the order of that mapping where nothing else decides.

    ``first`` are the stages at which a case may begin. ``row_cost``: how many columns a second row is worth;
    a third is worth twice as many.
    """
    onwards = _without_cycles(lanes, edges, first)
    before: dict[str, list[str]] = {name: [] for name in lanes}
    for source, target in onwards:
        before[target].append(source)
    cells: dict[str, Cell] = {}
    while len(cells) < len(lanes):
        ready = [
            name for name in lanes if name not in cells and all(source in cells for source in before[name])
        ]
        name = min(ready, key=lambda each: _column(each, lanes, before, cells))
        cells[name] = _cell(name, lanes, before, cells, row_cost)
    rows = [0] * lane_count
    for cell in cells.values():
        rows[cell.lane] = max(rows[cell.lane], cell.row + 1)
    return Arrangement(cells, tuple(rows))


def _without_cycles(lanes: Mapping[str, int], edges: Sequence[Edge], first: Sequence[str]) -> list[Edge]:
    """The edges that lead on, without those that lead back to where a case has been on its way."""
    after: dict[str, list[str]] = {name: [] for name in lanes}
    for source, target in dict.fromkeys(edges):
        after[source].append(target)
    kept: list[Edge] = []
    done: set[str] = set()
    for root in (*reversed(first), *lanes):
        if root not in done:
            kept += _walk(root, after, done)
    return kept


def _walk(root: str, after: Mapping[str, list[str]], done: set[str]) -> Iterator[Edge]:
    way, ahead = [root], [iter(after[root])]
    while way:
        target = next(ahead[-1], None)
        if target is None:
            done.add(way.pop())
            ahead.pop()
        elif target not in way:
            yield way[-1], target
            if target not in done:
                way.append(target)
                ahead.append(iter(after[target]))


def _column(
    name: str, lanes: Mapping[str, int], before: Mapping[str, list[str]], cells: Mapping[str, Cell]
) -> int:
    """The leftmost column: right of what comes before in its lane, not left of it in others."""
    return max((cells[source].column + (lanes[source] == lanes[name]) for source in before[name]), default=0)


def _cell(
    name: str,
    lanes: Mapping[str, int],
    before: Mapping[str, list[str]],
    cells: Mapping[str, Cell],
    row_cost: float,
) -> Cell:
    lane, leftmost = lanes[name], _column(name, lanes, before, cells)
    taken = {(cell.row, cell.column) for cell in cells.values() if cell.lane == lane}
    rows = max((row for row, _ in taken), default=-1) + 1
    own = next((cells[s].row for s in reversed(before[name]) if lanes[s] == lane), None)

    def cost(place: tuple[int, int]) -> float:
        row, column = place
        further = row_cost * rows if row == rows else 0
        return column - leftmost + further + _OFF_ITS_ROW * (own is not None and row != own)

    free = (
        (row, column)
        for row in range(rows + 1)
        for column in range(leftmost, leftmost + len(lanes) + 1)
        if (row, column) not in taken
    )
    row, column = min(free, key=cost)
    return Cell(lane, row, column)
