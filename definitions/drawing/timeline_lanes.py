"""What stands in each lane of a timeline: bars in rows, and the labels below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.describing import place_text, said
from casework.procedure import Procedure
from casework.timeline import ClockBar, StageBar, Timeline
from casework.wording import clock_title, due_words, post_title
from definitions.drawing.axis import Axis
from definitions.drawing.labels import PITCH, SIZE, Label, Placed, label, place, rows
from definitions.drawing.letters import width
from definitions.drawing.marks import labels
from definitions.drawing.painting import INK, PERSON

STAGE, CLOCK = 24.0, 7.0
PAD = 8.0
_EMPTY = 26.0
_LONGEST_TITLE = 130.0


@dataclass(frozen=True)
class Row:
    """Bars beside each other, and the labels below them."""

    stages: tuple[StageBar, ...]
    clocks: tuple[ClockBar, ...]
    labels: tuple[Placed, ...]

    @property
    def bar_height(self) -> float:
        return STAGE + PAD if self.stages else CLOCK + PAD

    @property
    def middle(self) -> float:
        """Where signs are set: on the lower edge of stages, in the middle of clocks."""
        return STAGE if self.stages else self.bar_height / 2

    @property
    def height(self) -> float:
        return self.bar_height + PITCH * rows(self.labels) + PAD


@dataclass(frozen=True)
class Lane:
    """A level with its rows; the clocks that run over stages are a lane without one."""

    level: str
    title: str
    number: int
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        if not self.rows:
            return _EMPTY
        return max(
            sum(row.height for row in self.rows) + PAD, min(width(self.title, 13), _LONGEST_TITLE) + 2 * PAD
        )


def lanes(procedure: Procedure, axis: Axis, told: Timeline) -> list[Lane]:
    """The lanes from the top: the highest level first, the clocks that run over stages last."""
    levels = procedure.levels
    used = {stage.level for stage in procedure.stages}
    reached = [n for n, level in enumerate(levels) if any(b.level == level.name for b in told.stages)]
    lanes = [
        Lane(level.name, level.title.in_(axis.language), number, _rows(procedure, axis, told, level.name))
        for number, level in enumerate(levels)
        if level.name in used and number <= max(reached) + 1
    ]
    over = tuple(_clock_row(procedure, axis, (clock,)) for clock in told.clocks if not clock.level)
    title = said(axis.language, "跨环节时限", "Overall")
    return [*reversed(lanes), *([Lane("", title, -1, over)] if over else [])]


def _rows(procedure: Procedure, axis: Axis, told: Timeline, level: str) -> tuple[Row, ...]:
    stages = tuple(bar for bar in told.stages if bar.level == level)
    if not stages:
        return ()
    words = [each for bar in stages for each in _stage_labels(procedure, axis, bar)]
    clocks = [clock for clock in told.clocks if clock.level == level]
    return (Row(stages, (), place(words)), *_clock_rows(procedure, axis, clocks))


def _stage_labels(procedure: Procedure, axis: Axis, bar: StageBar) -> list[Label]:
    title = stage_title(procedure, axis, bar)
    told = labels(procedure, axis, bar.moments)
    if fits(axis, bar, title):
        return told
    return [label(axis.x(bar.start), title, INK, bold=True), *told]


def stage_title(procedure: Procedure, axis: Axis, bar: StageBar) -> str:
    return place_text(procedure, bar.stage, axis.language)


def fits(axis: Axis, bar: StageBar, title: str) -> bool:
    return width(title, SIZE + 1) + 14 <= axis.x(bar.end) - axis.x(bar.start)


def _clock_rows(procedure: Procedure, axis: Axis, clocks: Sequence[ClockBar]) -> list[Row]:
    """Clocks one after the other in a row; those that run at the same time in rows of their own."""
    lines: list[list[ClockBar]] = []
    for clock in sorted(clocks, key=lambda clock: clock.start):
        line = next((line for line in lines if line[-1].end <= clock.start), None)
        if line is None:
            lines.append([clock])
        else:
            line.append(clock)
    return [_clock_row(procedure, axis, tuple(line)) for line in lines]


def _clock_row(procedure: Procedure, axis: Axis, clocks: tuple[ClockBar, ...]) -> Row:
    words = [each for clock in clocks for each in _clock_labels(procedure, axis, clock)]
    return Row((), clocks, place(words))


def _clock_labels(procedure: Procedure, axis: Axis, clock: ClockBar) -> list[Label]:
    name = clock_title(procedure, clock.clock, axis.language)
    if clock.post:
        post = post_title(procedure, clock.post, axis.language)
        name += said(axis.language, f"（{post}）", f" ({post})")
    budget = procedure.clock(clock.clock).budget.spoken(axis.language)
    due = ""
    if clock.due:
        when = due_words(axis.calendar, clock.due.at)
        due = said(axis.language, f"，{when} 到期", f", due {when}")
    text = f"{name} {budget}{due}"
    return [
        label(axis.x(clock.start), text, PERSON),
        *labels(procedure, axis, clock.moments),
    ]
