"""What explains a procedure's picture: how to read it, the clocks that run over stages, what the top does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casework.describing import every_text, listed, mark_text, people_text, person_text, rung_effects, said
from casework.procedure import ClockRule, Procedure
from casework.wording import rung_words
from definitions.drawing.card import told_on_cards
from definitions.drawing.card_words import way_text
from definitions.drawing.chart import Chart
from definitions.drawing.letters import width, wrap
from definitions.drawing.painting import (
    DASHES,
    FAINT,
    INK,
    PERSON,
    START,
    TIME,
    arrow_head,
    clock_face,
    outcome_ring,
)
from definitions.drawing.svg import Picture

_SIZE = 11.0
_PITCH = 16.0
_MOST_LINES = 20
_LEGEND_PITCH = 19.0
_BETWEEN = 28.0
_TWO_COLUMNS = 1100.0

Sign = Callable[[Picture, float, float], None]


@dataclass(frozen=True)
class Notes:
    """The legend and the lines of notes, wrapped for a given width."""

    room: float
    legend: tuple[tuple[float, float, float, Sign, str], ...]
    """Left edge, middle, where the words begin, the sign and the words of each entry."""
    columns: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> float:
        return self._legend_height + _PITCH * max(map(len, self.columns)) + 2

    @property
    def width(self) -> float:
        """How much of the room one column of notes really takes."""
        widest = max(width(line, _SIZE) for lines in self.columns for line in lines)
        return max(widest, *(words + width(text, _SIZE) for _, _, words, _, text in self.legend))

    @property
    def _legend_height(self) -> float:
        return max(middle for _, middle, _, _, _ in self.legend) + 12

    def paint(self, picture: Picture) -> None:
        for left, middle, words, sign, text in self.legend:
            sign(picture, left, middle)
            picture.text(words, middle + 4, text, _SIZE, fill=FAINT)
        column_width = (self.room + _BETWEEN) / len(self.columns)
        for column, lines in enumerate(self.columns):
            for number, line in enumerate(lines):
                y = self._legend_height + _PITCH * number + 11
                picture.text(column * column_width, y, line, _SIZE, fill=INK)


def notes(chart: Chart, room: float, language: str) -> Notes:
    """The notes for a picture, in two columns where there is room for them."""
    count = 2 if room >= _TWO_COLUMNS else 1
    width_of_one = (room - _BETWEEN * (count - 1)) / count
    told = [wrap(text, _SIZE, width_of_one, _MOST_LINES) for text in _notes(chart, language)]
    return Notes(room, tuple(_legend(room, language)), _in_columns(told, count))


def _in_columns(told: list[tuple[str, ...]], count: int) -> tuple[tuple[str, ...], ...]:
    """The notes in columns whose longest is as short as can be; no note is parted."""
    if count == 1:
        return (tuple(line for lines in told for line in lines),)
    best = min(
        range(len(told) + 1),
        key=lambda cut: max(sum(map(len, told[:cut])), sum(map(len, told[cut:]))),
    )
    return tuple(tuple(line for lines in part for line in lines) for part in (told[:best], told[best:]))


def _legend(room: float, language: str) -> Iterator[tuple[float, float, float, Sign, str]]:
    """The signs with their meaning, one after the other, in as many rows as it takes."""
    x, middle = 0.0, 8.0
    for sign, sign_width, (zh, en) in _SIGNS:
        text = said(language, zh, en)
        taken = sign_width + width(text, _SIZE)
        if x and x + taken > room:
            x, middle = 0.0, middle + _LEGEND_PITCH
        yield x, middle, x + sign_width, sign, text
        x += taken + 16


def _person_sign(picture: Picture, x: float, y: float) -> None:
    picture.line((x, y), (x + 26, y), stroke=PERSON, stroke_width="1.5")
    arrow_head(picture, (x + 32, y), PERSON)


def _time_sign(picture: Picture, x: float, y: float) -> None:
    picture.line((x, y), (x + 26, y), stroke=TIME, stroke_width="1.5", stroke_dasharray=DASHES)
    arrow_head(picture, (x + 32, y), TIME)


def _start_sign(picture: Picture, x: float, y: float) -> None:
    picture.circle(x + 5, y, 4, fill=START)


_SIGNS: tuple[tuple[Sign, float, tuple[str, str]], ...] = (
    (_person_sign, 38, ("办理动作", "action by a person")),
    (_time_sign, 38, ("到期提级或转入", "moved by time")),
    (
        lambda picture, x, y: outcome_ring(picture, x + 5, y),
        14,
        ("办理结果，事项终结", "outcome: the case ends"),
    ),
    (lambda picture, x, y: clock_face(picture, x + 5, y), 14, ("时限", "clock")),
    (_start_sign, 14, ("登记起点", "where a case begins")),
)


def _notes(chart: Chart, language: str) -> Iterator[str]:
    procedure = chart.procedure
    for clock in procedure.clocks:
        if not told_on_cards(chart, clock):
            yield _clock(chart, clock, language)
    for arrow in chart.anywhere:
        by = people_text(procedure, arrow.by, language)
        way = way_text(procedure, arrow, language)
        yield said(language, f"任何环节都可：{way}（{by}）。", f"At every stage: {way} ({by}).")
    yield _top(procedure, language)
    yield said(
        language,
        "动作未注明谁办的，由牵头单位办理；登记时取序号最先、条件符合的起点。",
        "An action without a name is the lead unit's. A case begins by the first numbered rule that holds.",
    )


def _clock(chart: Chart, clock: ClockRule, language: str) -> str:
    procedure = chart.procedure
    start = said(language, "自", "from ") + mark_text(procedure, clock.start, language)
    until = listed(language, tuple(mark_text(procedure, mark, language) for mark in clock.until))
    span = start + (said(language, f"至{until}", f" until {until}") if until else "")
    rungs = said(language, "；", "; ").join(_rungs(procedure, clock, language))
    budget = clock.budget.spoken(language)
    told = said(
        language,
        f"时限“{clock.title.zh}” {budget}（{span}）",
        f'Clock "{clock.title.en}" {budget} ({span})',
    )
    basis = f"  [{clock.basis}]" if clock.basis else ""
    return told + (said(language, "：", ": ") + rungs if rungs else "") + basis


def _rungs(procedure: Procedure, clock: ClockRule, language: str) -> Iterator[str]:
    for rung in clock.rungs:
        effects = rung_effects(procedure, rung, language)
        if effects:
            told = said(language, "、", ", ").join(effects)
            yield f"{rung_words(rung.name, language)} {told}{every_text(rung, language)}"


def _top(procedure: Procedure, language: str) -> str:
    post = person_text(procedure, procedure.top.hold, language)
    every = procedure.top.remind_every.spoken(language)
    return said(
        language,
        f"超期而无处可提：由{post}持续催办，每{every}一次，直至有人办理。",
        f"Overdue with nowhere to go: held by {post}, reminded every {every} until someone acts.",
    )
