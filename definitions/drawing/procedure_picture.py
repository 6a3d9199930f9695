"""The picture of a procedure: its stages in lanes from the village upwards, and what moves a case between."""

from collections.abc import Iterator, Mapping

from casework.describing import condition_text, said
from casework.procedure import Procedure, Stage
from definitions.drawing.arrangement import Arrangement, Cell, arrange
from definitions.drawing.card import Card, Line, card
from definitions.drawing.chart import Arrow, Chart, chart
from definitions.drawing.letters import BOLD, shortened, wrap
from definitions.drawing.notes import Notes, notes
from definitions.drawing.painting import LANE_HEAD, arrow_line, departures, lanes, paint_card
from definitions.drawing.routing import Link, lead, side_of
from definitions.drawing.space import Space, free_space
from definitions.drawing.svg import Picture

MARGIN = 12.0
_TITLE, _SUBTITLE = 20.0, 11.5
_EMPTY_LANE = 26.0
_PANEL = 10.0
_NARROWEST, _WIDEST = 260.0, 620.0
_A4 = (277.0, 190.0)
_WORTH = 0.97
_ROW_COSTS = (0.4, 0.6, 1.1, 1.6, 2.6)
_CARD_WIDTHS = (156.0, 164.0, 172.0, 180.0, 190.0, 200.0, 210.0, 225.0, 240.0, 260.0, 280.0)
_ENTRY, _TIMED_ENTRY = 15.0, 24.0


def draw(procedure: Procedure, language: str) -> str:
    """The procedure as SVG, arranged so that it is largest on a landscape A4 page.

    Where escalations need not lead to the right the picture may be smaller, but it reads a little less well:
    that is worth it only where something is gained.
    """
    drawn = chart(procedure)
    sheets = [
        (sheet.scale * worth, sheet)
        for worth, arrangement in _arrangements(drawn)
        for sheet in (_Sheet(drawn, arrangement, width, language) for width in _CARD_WIDTHS)
    ]
    return str(max(sheets, key=lambda each: each[0])[1].painted())


def _arrangements(drawn: Chart) -> Iterator[tuple[float, Arrangement]]:
    """Different ways to arrange the stages, and how much each is worth to the reader."""
    known: list[Mapping[str, Cell]] = []
    for ladder, worth in ((True, 1.0), (False, _WORTH)):
        for cost in _ROW_COSTS:
            arrangement = arranged(drawn, cost, ladder=ladder)
            if arrangement.cells not in known:
                known.append(arrangement.cells)
                yield worth, arrangement


def arranged(drawn: Chart, row_cost: float, *, ladder: bool = True) -> Arrangement:
    """The stages in their cells. ``ladder``: what time does from lane to lane never leads to the left."""
    procedure = drawn.procedure
    levels = [level.name for level in procedure.levels]
    lanes = {stage.name: levels.index(stage.level) for stage in procedure.stages}
    leading = [a for a in drawn.between_stages if ladder or not a.by_time or lanes[a.source] == lanes[a.to]]
    return arrange(
        lanes,
        [(arrow.source, arrow.to) for arrow in leading],
        [way.to for way in procedure.start if procedure.has_stage(way.to)],
        len(levels),
        row_cost,
    )


class _Sheet:
    """One way to arrange the picture, with its size."""

    def __init__(self, drawn: Chart, arrangement: Arrangement, card_width: float, language: str) -> None:
        self.procedure = drawn.procedure
        self.language = language
        self.cards = {
            stage.name: _card(drawn, stage, arrangement, card_width, language)
            for stage in drawn.procedure.stages
        }
        self.arrows = [
            (line, line.arrow)
            for each in self.cards.values()
            for line in each.lines
            if line.arrow and drawn.procedure.has_stage(line.arrow.to)
        ]
        heights = {name: each.height for name, each in self.cards.items()}
        links = [_link(line, arrow) for line, arrow in self.arrows]
        self.plan = lead(arrangement, heights, card_width, links, _EMPTY_LANE)
        self.width = self.plan.width + LANE_HEAD + 2 * MARGIN
        self.head = wrap(self._head(), _SUBTITLE, self.width - 2 * MARGIN, 2)
        self.top = MARGIN + _TITLE + 8 + len(self.head) * 17 + 6
        self.panel = self._panel(drawn)
        self.foot = None if self.panel else notes(drawn, self.width - 2 * MARGIN, language)
        self.height = self.top + self.plan.height + (self.foot.height + 10 if self.foot else 0) + MARGIN

    def _panel(self, drawn: Chart) -> tuple[Space, Notes] | None:
        """An empty corner of the lanes that holds the notes, and the notes for it."""
        for space in free_space(self.plan, {name: (c.width, c.height) for name, c in self.cards.items()}):
            fitting = notes(drawn, min(space.width, _WIDEST) - 2 * _PANEL, self.language)
            if space.width >= _NARROWEST and fitting.height + 2 * _PANEL <= space.height:
                return space, fitting
        return None

    @property
    def scale(self) -> float:
        """Millimetres of a landscape A4 page to a unit of the picture."""
        return min(_A4[0] / self.width, _A4[1] / self.height)

    def _head(self) -> str:
        procedure, language = self.procedure, self.language
        parts = [said(language, f"版本 {procedure.edition}", f"Edition {procedure.edition}")]
        if procedure.example:
            parts.append(
                said(language, "示例期限，没有全国性依据", "example limits without a national source")
            )
        parts.append(said(language, "依据：", "Basis: ") + "；".join(procedure.basis))
        return "  ·  ".join(parts)

    def painted(self) -> Picture:
        title = self.procedure.title.in_(self.language)
        picture = Picture(self.width, self.height, title, self._description(), self.language)
        shown = shortened(title, _TITLE * BOLD, self.width - 2 * MARGIN)
        picture.text(MARGIN, MARGIN + _TITLE - 2, shown, _TITLE, font_weight="bold", fill="#1b2430")
        for number, line in enumerate(self.head):
            picture.text(MARGIN, MARGIN + _TITLE + 20 + 17 * number, line, _SUBTITLE, fill="#5b6673")
        with picture.group(transform=f"translate({MARGIN:g} {self.top:g})"):
            self._body(picture)
        if self.foot:
            with picture.group(transform=f"translate({MARGIN:g} {self.top + self.plan.height + 10:g})"):
                self.foot.paint(picture)
        return picture

    def _body(self, picture: Picture) -> None:
        lanes(picture, self.procedure, self.plan, self.language)
        with picture.group(transform=f"translate({LANE_HEAD:g} 0)"):
            for (_, arrow), way in sorted(
                zip(self.arrows, self.plan.ways, strict=True), key=lambda pair: pair[0][1].by_time
            ):
                arrow_line(picture, arrow, way)
            for name, each in self.cards.items():
                lane = [level.name for level in self.procedure.levels].index(each.stage.level)
                paint_card(picture, each, self.plan.corners[name], lane)
            for (_, arrow), way in zip(self.arrows, self.plan.ways, strict=True):
                departures(picture, arrow, way[0])
            if self.panel:
                _paint_panel(picture, *self.panel)

    def _description(self) -> str:
        """The picture in words, for those who cannot see it."""
        procedure, language = self.procedure, self.language
        lines, join = [], said(language, "", " ")
        for stage in procedure.stages:
            level = procedure.level(stage.level).title.in_(language)
            ways = "；".join(join.join(line.text) for line in self.cards[stage.name].lines if line.arrow)
            lines.append(f"{stage.title.in_(language)}（{level}）：{ways}" if language == "zh" else
                         f"{stage.title.in_(language)} ({level}): {ways}")  # fmt: skip
        return "\n".join(lines)


def _paint_panel(picture: Picture, space: Space, fitting: Notes) -> None:
    height = fitting.height + 2 * _PANEL
    width = fitting.width + 2 * _PANEL
    picture.rect(space.x, space.y, width, height, rx="6", fill="#ffffff", stroke="#c9ced6")
    with picture.group(transform=f"translate({space.x + _PANEL:g} {space.y + _PANEL:g})"):
        fitting.paint(picture)


def _card(drawn: Chart, stage: Stage, arrangement: Arrangement, width: float, language: str) -> Card:
    sides = {
        arrow.to: side_of(arrangement, stage.name, arrow.to)
        for arrow in drawn.between_stages
        if arrow.source == stage.name
    }
    return card(drawn, stage, width, sides, starting_rules(drawn.procedure, stage, language), language)


def starting_rules(procedure: Procedure, stage: Stage, language: str) -> str:
    """When a case begins at a stage; the first rule that holds is taken, so each is numbered."""
    rules = [
        f"{number}. {condition_text(procedure, way.when, language)}"
        for number, way in enumerate(procedure.start, start=1)
        if way.to == stage.name
    ]
    return "；".join(rules)


def _link(line: Line, arrow: Arrow) -> Link:
    middle = line.top + line.pitch / 2 + (3 if line.side == "left" else -1)
    kind = "time" if arrow.by_time else "act"
    return Link(
        arrow.source,
        arrow.to,
        line.side,
        middle,
        _TIMED_ENTRY if arrow.by_time else _ENTRY,
        f"{arrow.to} {kind}",
    )
