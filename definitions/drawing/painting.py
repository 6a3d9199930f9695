"""The parts of a procedure's picture: lanes, cards and arrows, and their colours."""

from casework.describing import said
from casework.procedure import Procedure
from definitions.drawing.card import PADDING, Card, Line
from definitions.drawing.chart import Arrow
from definitions.drawing.letters import BOLD, shortened, wrap
from definitions.drawing.routing import Plan
from definitions.drawing.svg import Picture, Point

LANE_HEAD = 30.0
INK, FAINT, PERSON, TIME, START = "#1b2430", "#5b6673", "#3a4a63", "#b3261e", "#2e7d4f"
_COLOURS = {"lead": FAINT, "rung": FAINT, "stay": FAINT, "start": START}
DASHES = "6 3"
# Background, head and title strip of each lane, from the lowest up; further ones repeat the last.
_LANES = (
    ("#f3f8f1", "#cfe3c8", "#e3f0de"),
    ("#f1f6fb", "#c6daee", "#dfeaf6"),
    ("#fdf6ec", "#f0d9b5", "#f9ead0"),
    ("#f8f3fa", "#e0cfe8", "#efe4f3"),
    ("#f5f5f6", "#d8d9de", "#e9eaed"),
)


def lane_colours(lane: int) -> tuple[str, str, str]:
    """Background, head and strip of a lane, counted from the lowest."""
    return _LANES[min(lane, len(_LANES) - 1)]


def lanes(picture: Picture, procedure: Procedure, plan: Plan, language: str) -> None:
    """The lanes with their levels' titles; the title of one without stages lies flat."""
    used = {stage.level for stage in procedure.stages}
    for lane, (level, band) in enumerate(zip(procedure.levels, plan.bands, strict=True)):
        ground, head, _ = lane_colours(lane)
        height = band.bottom - band.top
        picture.rect(0, band.top, plan.width + LANE_HEAD, height, fill=ground, stroke=head)
        title = level.title.in_(language)
        if level.name not in used:
            none = said(language, "（本程序在此层级没有环节）", " (no stage at this level)")
            shown = shortened(title + none, 12, plan.width)
            picture.text(12, band.top + height / 2 + 4, shown, 12, fill=FAINT)
            continue
        if level.external:
            title += said(language, " · 系统外", " · outside")
        picture.rect(0, band.top, LANE_HEAD, height, fill=head)
        lane_title(picture, title, 18, (band.top + band.bottom) / 2, height)


def lane_title(picture: Picture, title: str, x: float, y: float, room: float) -> None:
    """A title that reads upwards in the head of a lane."""
    lines = wrap(title, 13 * BOLD, room - 8, 2)
    for number, line in enumerate(lines):
        across = x + 5 + 15 * (number - (len(lines) - 1) / 2)
        turned = f"rotate(-90 {across:.1f} {y:.1f})"
        picture.text(
            across, y, line, 13, text_anchor="middle", font_weight="bold", fill=INK, transform=turned
        )


def paint_card(picture: Picture, card: Card, corner: Point, lane: int) -> None:
    x, y = corner
    _, head, strip = lane_colours(lane)
    title = card.lines[0]
    with picture.group(card.tip):
        picture.rect(x, y, card.width, card.height, rx="6", fill="#ffffff", stroke=head, stroke_width="1.4")
        picture.rect(x + 0.7, y + 0.7, card.width - 1.4, title.top + title.height - 1, rx="5", fill=strip)
        for line in card.lines:
            _line(picture, line, x, y, card.width)


def _line(picture: Picture, line: Line, x: float, y: float, width: float) -> None:
    top = y + line.top
    if line.kind == "rule":
        middle = top + line.pitch / 2
        picture.line((x + PADDING, middle), (x + width - PADDING, middle), stroke="#d5dae1")
        return
    middle = top + line.pitch / 2
    if line.kind in ("clock", "over"):
        clock_face(picture, x + PADDING + 5, middle)
    if line.kind == "end":
        outcome_ring(picture, x + PADDING + 5, middle, timed=_timed(line))
    if line.kind == "start":
        picture.circle(x + PADDING + 5, middle, 4, fill=START)
    right = line.kind == "way" and line.side == "right"
    colour = TIME if _timed(line) else _COLOURS.get(line.kind, INK)
    weight = {"font_weight": "bold"} if line.kind in ("title", "way") else {}
    for number, text in enumerate(line.text):
        place = x + width - PADDING if right else x + PADDING + line.indent
        anchor = {"text_anchor": "end"} if right else {}
        baseline = top + line.pitch * number + line.pitch / 2 + line.size * 0.36
        picture.text(place, baseline, text, line.size, fill=colour, **anchor, **weight)


def _timed(line: Line) -> bool:
    return line.arrow is not None and line.arrow.by_time


def clock_face(picture: Picture, x: float, y: float) -> None:
    picture.circle(x, y, 4.6, fill="#ffffff", stroke=INK, stroke_width="1.2")
    picture.line((x, y), (x, y - 3), stroke=INK, stroke_width="1.1")
    picture.line((x, y), (x + 2.3, y), stroke=INK, stroke_width="1.1")


def outcome_ring(picture: Picture, x: float, y: float, *, timed: bool = False) -> None:
    colour = TIME if timed else INK
    picture.circle(x, y, 4.6, fill="none", stroke=colour, stroke_width="1.2")
    picture.circle(x, y, 2.2, fill=colour)


def arrow_line(picture: Picture, arrow: Arrow, way: tuple[Point, ...]) -> None:
    """An arrow: what people do in a whole line, what time does in a broken red one."""
    colour = TIME if arrow.by_time else PERSON
    stroke = {"stroke_dasharray": DASHES} if arrow.by_time else {}
    end = way[-1]
    picture.way([*way[:-1], (end[0] - 5, end[1])], stroke=colour, stroke_width="1.5", **stroke)
    arrow_head(picture, end, colour)


def arrow_head(picture: Picture, tip: Point, colour: str) -> None:
    x, y = tip
    picture.polygon([(x, y), (x - 8, y - 4), (x - 8, y + 4)], fill=colour)


def departures(picture: Picture, arrow: Arrow, start: Point) -> None:
    """Where an arrow leaves its card."""
    picture.circle(*start, 2.4, fill=TIME if arrow.by_time else PERSON)
