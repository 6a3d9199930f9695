"""The way of each arrow between boxes on a grid: through channels beside columns and gaps between rows.

Arrows to the same box share their last stretch (their ``bundle``), others run beside each other, so no line
lies upon another and none runs through a box.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from definitions.drawing.arrangement import Arrangement
from definitions.drawing.svg import Point

Side = Literal["left", "right"]
Span = tuple[float, float]
Key = tuple[int, str]
"""A channel or a gap, and the bundle that runs in it."""

TRACK = 8.0
EDGE = 11.0
"""From the outermost track to the boxes beside it."""
ROW_GAP = 10.0
LANE_GAP = 18.0


@dataclass(frozen=True)
class Link:
    """An arrow to be led: where it leaves and enters, as distances from the tops of the two boxes."""

    source: str
    target: str
    side: Side
    leaves: float
    enters: float
    bundle: str


@dataclass(frozen=True)
class Band:
    """A lane from its upper to its lower edge."""

    top: float
    bottom: float


@dataclass(frozen=True)
class Plan:
    """Where everything is: the left upper corner of each box, the lanes from the lowest up, and the ways."""

    corners: Mapping[str, Point]
    bands: tuple[Band, ...]
    ways: tuple[tuple[Point, ...], ...]
    width: float
    height: float


@dataclass(frozen=True)
class _Course:
    """How a link goes: it turns in one channel; or leaves by one, through a gap, and enters from another."""

    out: int
    into: int
    gap: int | None = None


def side_of(arrangement: Arrangement, source: str, target: str) -> Side:
    """Arrows to columns further right leave on the right; those straight up or down, or back, on the left."""
    return "right" if arrangement.cells[target].column > arrangement.cells[source].column else "left"


def lead(
    arrangement: Arrangement,
    heights: Mapping[str, float],
    box_width: float,
    links: Sequence[Link],
    empty_lane: float,
) -> Plan:
    """Lead all links between boxes of given heights. Lanes without a box are ``empty_lane`` high."""
    courses = [_course(arrangement, link) for link in links]
    in_gaps = _tracks(
        ((course.gap, link.bundle), _between(course.out, course.into))
        for link, course in zip(links, courses, strict=True)
        if course.gap is not None
    )
    tops, gaps, bands, height = _vertically(arrangement, heights, in_gaps, empty_lane)
    risers = [
        riser
        for link, course in zip(links, courses, strict=True)
        for riser in _risers(link, course, tops, gaps, in_gaps)
    ]
    in_channels = _tracks(((channel, bundle), span) for channel, bundle, span in risers)
    channels, columns, width = _horizontally(arrangement.columns, box_width, in_channels)
    corners = {name: (columns[cell.column], tops[name]) for name, cell in arrangement.cells.items()}

    def way(link: Link, course: _Course) -> tuple[Point, ...]:
        x_out = channels[course.out] + TRACK * in_channels[course.out, link.bundle]
        x_in = channels[course.into] + TRACK * in_channels[course.into, link.bundle]
        x, y = corners[link.source]
        start = (x + (box_width if link.side == "right" else 0), y + link.leaves)
        end = (corners[link.target][0], corners[link.target][1] + link.enters)
        if course.gap is not None:
            middle = gaps[course.gap] + TRACK * in_gaps[course.gap, link.bundle]
            return (start, (x_out, start[1]), (x_out, middle), (x_in, middle), (x_in, end[1]), end)
        return (start, (x_out, start[1]), (x_out, end[1]), end)

    ways = tuple(way(link, course) for link, course in zip(links, courses, strict=True))
    return Plan(corners, bands, ways, width, height)


def _course(arrangement: Arrangement, link: Link) -> _Course:
    source, target = arrangement.cells[link.source], arrangement.cells[link.target]
    out = source.column + (link.side == "right")
    into = target.column
    if out == into:
        return _Course(out, into)
    passed = range(min(out, into), max(out, into))
    if not any(arrangement.taken(source.lane, source.row, column) for column in passed):
        return _Course(into, into)
    if out < into and not any(arrangement.taken(target.lane, target.row, column) for column in passed):
        return _Course(out, out)
    row = _line(arrangement, target.lane, target.row)
    above = _line(arrangement, source.lane, source.row) <= row
    return _Course(out, into, gap=row if above else row + 1)


def _line(arrangement: Arrangement, lane: int, row: int) -> int:
    """The number of a row, counted from the top of the picture; lanes without boxes are one row."""
    over = sum(max(1, rows) for rows in arrangement.rows[lane + 1 :])
    return over + max(1, arrangement.rows[lane]) - 1 - row


def _between(first: float, second: float) -> Span:
    return min(first, second), max(first, second)


def _tracks(wanted: Iterable[tuple[tuple[int | None, str], Span]]) -> dict[Key, int]:
    """A track for each bundle in each channel, such that none lies upon another; the longest come last."""
    spans: dict[Key, Span] = {}
    for (place, bundle), (low, high) in wanted:
        assert place is not None
        known = spans.get((place, bundle), (low, high))
        spans[place, bundle] = (min(low, known[0]), max(high, known[1]))
    tracks: dict[Key, int] = {}
    for key in sorted(spans, key=lambda key: (spans[key][1] - spans[key][0], key)):
        beside = {tracks[other] for other in tracks if other[0] == key[0] and _meet(spans[other], spans[key])}
        tracks[key] = next(track for track in range(len(spans)) if track not in beside)
    return tracks


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] + TRACK and other[0] <= one[1] + TRACK


def _vertically(
    arrangement: Arrangement, heights: Mapping[str, float], in_gaps: Mapping[Key, int], empty_lane: float
) -> tuple[dict[str, float], dict[int, float], tuple[Band, ...], float]:
    """Tops of the boxes, the first track of each gap, the lanes, and the whole height; from the top down."""
    rooms = dict.fromkeys(range(sum(max(1, rows) for rows in arrangement.rows) + 1), 0.0)
    for (gap, _), track in in_gaps.items():
        rooms[gap] = max(rooms[gap], TRACK * (track + 1))
    tops: dict[str, float] = {}
    gaps: dict[int, float] = {}
    bands: list[Band] = []
    y, line = 0.0, 0
    for lane in reversed(range(len(arrangement.rows))):
        top = y
        rows = arrangement.rows[lane]
        y += 0 if rows == 0 and not rooms[line] else LANE_GAP / 2
        for row in reversed(range(max(1, rows))):
            gaps[line] = y + TRACK / 2
            y += rooms[line]
            names = [name for name, cell in arrangement.cells.items() if (cell.lane, cell.row) == (lane, row)]
            tops |= dict.fromkeys(names, y)
            y += max((heights[name] for name in names), default=empty_lane)
            y += ROW_GAP if row else 0
            line += 1
        y += LANE_GAP / 2 if rows else 0
        bands.append(Band(top, y))
    gaps[line] = y - LANE_GAP / 2 + TRACK / 2
    bottom = y + rooms[line]
    bands[-1] = Band(bands[-1].top, bottom)
    return tops, gaps, tuple(reversed(bands)), bottom


def _risers(
    link: Link,
    course: _Course,
    tops: Mapping[str, float],
    gaps: Mapping[int, float],
    in_gaps: Mapping[Key, int],
) -> list[tuple[int, str, Span]]:
    """The stretches of a link that run up or down, each in its channel."""
    leaves, enters = tops[link.source] + link.leaves, tops[link.target] + link.enters
    if course.gap is None:
        return [(course.out, link.bundle, _between(leaves, enters))]
    middle = gaps[course.gap] + TRACK * in_gaps[course.gap, link.bundle]
    return [
        (course.out, link.bundle, _between(leaves, middle)),
        (course.into, link.bundle, _between(middle, enters)),
    ]


def _horizontally(
    columns: int, box_width: float, in_channels: Mapping[Key, int]
) -> tuple[dict[int, float], dict[int, float], float]:
    """The first track of each channel, the left edge of each column, and the whole width."""
    channels: dict[int, float] = {}
    edges: dict[int, float] = {}
    x = 0.0
    for column in range(columns + 1):
        used = [track for (channel, _), track in in_channels.items() if channel == column]
        channels[column] = x + EDGE
        x += 2 * EDGE + TRACK * max(used, default=0)
        if column < columns:
            edges[column] = x
            x += box_width
    return channels, edges, x
