"""A stage as a card: its title, who leads, its clocks with their rungs, and a row for each way out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casework.describing import listed, person_text, said
from casework.procedure import Action, ClockRule, Rung, Stage
from definitions.drawing.card_words import limit_text, row_text, short, since_text, timed_text, tip
from definitions.drawing.chart import Arrow, Chart
from definitions.drawing.letters import BOLD, wrap
from definitions.drawing.routing import Side

LineKind = Literal["title", "lead", "start", "clock", "rung", "over", "rule", "way", "end", "stay"]

PADDING = 9.0
BASE, SMALL, TITLE = 12.0, 10.5, 14.0
INDENT = 14.0
_SIZES = {"title": TITLE, "clock": BASE, "way": BASE, "end": BASE}
_HEIGHTS = {"title": 18.0, "rule": 6.0, "lead": 13.0, "start": 13.0, "rung": 13.0, "over": 13.0, "stay": 13.0}
_INDENTED = ("start", "clock", "rung", "over", "end")
_ROW = 15.0
_BELOW_TITLE = 4.0
_MOST_LINES = 3
_FEW_STAGES = 2


@dataclass(frozen=True)
class Line:
    """A line of a card, ``top`` below its upper edge. ``arrow`` leaves the card here, on ``side``."""

    kind: LineKind
    text: tuple[str, ...]
    top: float
    side: Side = "right"
    arrow: Arrow | None = None

    @property
    def size(self) -> float:
        return _SIZES.get(self.kind, SMALL)

    @property
    def pitch(self) -> float:
        return _HEIGHTS.get(self.kind, _ROW)

    @property
    def indent(self) -> float:
        return INDENT if self.kind in _INDENTED else 0.0

    @property
    def height(self) -> float:
        below = _BELOW_TITLE if self.kind == "title" else 0.0
        return self.pitch * max(1, len(self.text)) + below


@dataclass(frozen=True)
class Card:
    """A stage's card, and the words that explain it whole."""

    stage: Stage
    width: float
    lines: tuple[Line, ...]
    height: float
    tip: str


def card(
    chart: Chart, stage: Stage, width: float, sides: Mapping[str, Side], starts: str, language: str
) -> Card:
    """The card of a stage. ``sides``: where arrows leave to other stages; ``starts``: when a case begins."""
    lines: list[Line] = []
    top = PADDING - 4
    for kind, text, arrow in _contents(chart, stage, starts, language):
        side = sides.get(arrow.to, "right") if arrow else "right"
        room = width - 2 * PADDING - (INDENT if kind in _INDENTED else 0)
        size = _SIZES.get(kind, SMALL) * (BOLD if kind in ("title", "way") else 1)
        line = Line(kind, wrap(text, size, room, _MOST_LINES), top, side, arrow)
        lines.append(line)
        top += line.height
    return Card(stage, width, tuple(lines), top + PADDING - 4, tip(chart.procedure, stage, language))


_Content = tuple[LineKind, str, Arrow | None]


def _contents(chart: Chart, stage: Stage, starts: str, language: str) -> Iterator[_Content]:
    procedure = chart.procedure
    yield "title", stage.title.in_(language), None
    lead = person_text(procedure, stage.responsible.lead, language)
    yield "lead", said(language, f"牵头：{lead}", f"Lead: {lead}"), None
    if starts:
        yield "start", said(language, "登记：", "Filed: ") + starts, None
    ways = chart.out_of(stage)
    said_once = {arrow.name for arrow in chart.anywhere}
    for clock in chart.clocks_in(stage):
        if told_on_cards(chart, clock) or _leads_on(clock, ways):
            yield from _clock(chart, stage, clock, ways, language)
    others = [
        clock
        for clock in chart.clocks_in(stage)
        if not told_on_cards(chart, clock) and not _leads_on(clock, ways)
    ]
    if others:
        names = listed(language, tuple(limit_text(clock, language) for clock in others))
        yield "over", said(language, f"跨环节：{names}", f"Running on: {names}"), None
    yield "rule", "", None
    for arrow in ways:
        if arrow.by_time or arrow.to == stage.name or arrow.name in said_once:
            continue
        kind: LineKind = "way" if procedure.has_stage(arrow.to) else "end"
        yield kind, row_text(procedure, stage, arrow, language), arrow
    staying = [action for action in stage.actions if _stays(stage, action)]
    if staying:
        titles = listed(language, tuple(action.title.in_(language) for action in staying))
        yield "stay", said(language, f"本环节内：{titles}", f"Within: {titles}"), None


def _leads_on(clock: ClockRule, ways: tuple[Arrow, ...]) -> bool:
    return any(arrow.clock == clock.name and arrow.to != arrow.source for arrow in ways)


def _stays(stage: Stage, action: Action) -> bool:
    return all(way.to == stage.name for way in action.to)


def told_on_cards(chart: Chart, clock: ClockRule) -> bool:
    """Whether a clock's rungs stand on the cards; those of one that runs over many stages are notes."""
    return len(chart.running.get(clock.name, ())) <= _FEW_STAGES


def _clock(
    chart: Chart, stage: Stage, clock: ClockRule, ways: tuple[Arrow, ...], language: str
) -> Iterator[_Content]:
    """A clock with its rungs, and what its end does to the case."""
    procedure = chart.procedure
    yield "clock", limit_text(clock, language) + _whence(chart, stage, clock, language), None
    if told_on_cards(chart, clock):
        told = [short(procedure, rung, language) for rung in clock.rungs if not _moves(rung)]
        if any(told):
            yield "rung", said(language, "；", "; ").join(filter(None, told)), None
    for arrow in ways:
        if arrow.clock == clock.name and arrow.to != stage.name:
            kind: LineKind = "way" if procedure.has_stage(arrow.to) else "end"
            yield kind, timed_text(procedure, clock.rung(arrow.name), arrow, language), arrow


def _whence(chart: Chart, stage: Stage, clock: ClockRule, language: str) -> str:
    """Whose a clock is, or what starts it; the notes say so of one that runs over many stages."""
    if clock is stage.joint:
        return said(language, "（责任单位各自）", " (each assisting unit)")
    if clock in stage.clocks or not told_on_cards(chart, clock):
        return ""
    return said(language, "（自{}）", " (from {})").format(
        since_text(chart.procedure, stage, clock, language)
    )


def _moves(rung: Rung) -> bool:
    return bool(rung.escalate or rung.lapse or rung.silence)
