"""The picture of a story: stages as bars in lanes from the village upwards, clocks as thin bars below."""

from collections.abc import Sequence
from datetime import time, timedelta

from casework.calendar import ONE_DAY, Calendar
from casework.describing import said
from casework.procedure import Procedure
from casework.timeline import ClockBar, StageBar, Timeline
from casework.wording import clock_title, entry_text
from definitions.drawing import axis as axes
from definitions.drawing.axis import Axis
from definitions.drawing.labels import PITCH, SIZE
from definitions.drawing.letters import BOLD, shortened, wrap
from definitions.drawing.marks import gravest, legend, sign
from definitions.drawing.painting import DASHES, FAINT, INK, LANE_HEAD, PERSON, TIME, lane_colours, lane_title
from definitions.drawing.svg import Picture
from definitions.drawing.timeline_lanes import CLOCK, PAD, STAGE, Lane, Row, fits, lanes, stage_title

_MARGIN, _TITLE, _SUBTITLE = 14.0, 20.0, 12.0
_ROOM, _RIGHT = 1120.0, 40.0
_SHORT_DAYS = timedelta(days=3)
_RUNNING = "#7f9cc0"
_OVERALL = ("#fbfbfc", "#d8dde4", "#eceef1")


def draw(
    procedure: Procedure, calendar: Calendar, told: Timeline, title: str, subtitle: str, language: str
) -> str:
    """The timeline as SVG."""
    drawn = _Drawing(procedure, _axis(calendar, told, language), told)
    return str(drawn.painted(title, subtitle))


def _axis(calendar: Calendar, told: Timeline, language: str) -> Axis:
    """From the day of the filing to the day after the end; by the hour where it is all over in a few days."""
    if told.end - told.start <= _SHORT_DAYS:
        hour = timedelta(hours=1)
        start = told.start - timedelta(minutes=calendar.local(told.start).minute)
        return Axis(calendar, start, told.end + hour, _ROOM, language)
    start = calendar.instant(calendar.date_of(told.start), time())
    end = calendar.instant(calendar.date_of(told.end) + ONE_DAY, time())
    return Axis(calendar, start, end, _ROOM, language)


class _Drawing:
    def __init__(self, procedure: Procedure, axis: Axis, told: Timeline) -> None:
        self.procedure, self.axis, self.told = procedure, axis, told
        self.language = axis.language
        self.lanes = lanes(procedure, axis, told)
        ends = (each.label.right for lane in self.lanes for row in lane.rows for each in row.labels)
        self.width = LANE_HEAD + max(_ROOM + _RIGHT, *ends) + 8

    def painted(self, title: str, subtitle: str) -> Picture:
        full = self.width + 2 * _MARGIN
        head = wrap(subtitle, _SUBTITLE, full - 2 * _MARGIN, 2)
        top = _MARGIN + _TITLE + 8 + 17 * len(head) + 8
        bottom = axes.HEIGHT + sum(lane.height for lane in self.lanes)
        picture = Picture(full, top + bottom + 30 + _MARGIN, title, self._description(), self.language)
        shown = shortened(title, _TITLE * BOLD, self.width)
        picture.text(_MARGIN, _MARGIN + _TITLE - 2, shown, _TITLE, font_weight="bold", fill=INK)
        for number, line in enumerate(head):
            picture.text(_MARGIN, _MARGIN + _TITLE + 19 + 17 * number, line, _SUBTITLE, fill=FAINT)
        with picture.group(transform=f"translate({_MARGIN:g} {top:g})"):
            self._body(picture, bottom)
            legend(picture, LANE_HEAD, bottom + 24, self.language)
        return picture

    def _body(self, picture: Picture, bottom: float) -> None:
        tops = self._tops()
        for lane in self.lanes:
            ground, head, _ = self._colours(lane)
            picture.rect(0, tops[lane.number], self.width, lane.height, fill=ground, stroke=head)
        with picture.group(transform=f"translate({LANE_HEAD:g} 0)"):
            self.axis.shade(picture, axes.HEIGHT, bottom)
            self.axis.paint(picture, bottom)
        for lane in self.lanes:
            self._head(picture, lane, tops[lane.number])
        with picture.group(transform=f"translate({LANE_HEAD:g} 0)"):
            self._moves(picture, tops)
            for lane in self.lanes:
                y = tops[lane.number] + PAD
                for row in lane.rows:
                    self._row(picture, row, y, lane)
                    y += row.height

    def _tops(self) -> dict[int, float]:
        tops: dict[int, float] = {}
        y = axes.HEIGHT
        for lane in self.lanes:
            tops[lane.number] = y
            y += lane.height
        return tops

    def _colours(self, lane: Lane) -> tuple[str, str, str]:
        return lane_colours(lane.number) if lane.level else _OVERALL

    def _head(self, picture: Picture, lane: Lane, top: float) -> None:
        if not lane.rows:
            none = said(self.language, "（未到此层级）", " (not reached)")
            shown = shortened(lane.title + none, 12, self.width - 24)
            picture.text(12, top + lane.height / 2 + 4, shown, 12, fill=FAINT)
            return
        picture.rect(0, top, LANE_HEAD, lane.height, fill=self._colours(lane)[1])
        lane_title(picture, lane.title, LANE_HEAD / 2, top + lane.height / 2, lane.height)

    def _row(self, picture: Picture, row: Row, y: float, lane: Lane) -> None:
        for placed in row.labels:
            base = y + row.bar_height + PITCH * placed.row
            picture.line((placed.label.x, y + row.middle), (placed.label.x, base + PITCH - 4),
                         stroke=placed.label.colour, stroke_width="0.7")  # fmt: skip
        for bar in row.stages:
            self._stage(picture, bar, y, lane)
        for clock in row.clocks:
            self._clock(picture, clock, y + row.middle)
        ground = self._colours(lane)[0]
        for placed in row.labels:
            base = y + row.bar_height + PITCH * (placed.row + 1) - 4
            weight = {"font_weight": "bold"} if placed.label.bold else {}
            picture.text(placed.text_x, base, placed.label.text, SIZE, fill=placed.label.colour,
                         stroke=ground, stroke_width="3", paint_order="stroke", **weight)  # fmt: skip

    def _stage(self, picture: Picture, bar: StageBar, y: float, lane: Lane) -> None:
        left, right = self.axis.x(bar.start), self.axis.x(bar.end)
        _, head, _ = lane_colours(lane.number)
        title = stage_title(self.procedure, self.axis, bar)
        with picture.group(title):
            picture.rect(left, y, max(2.0, right - left), STAGE, fill=head, stroke=INK, stroke_width="0.8")
            if fits(self.axis, bar, title):
                picture.text(left + 7, y + 16, title, SIZE + 1, fill=INK, font_weight="bold")
        for moment in bar.moments:
            with picture.group(self._tip(moment.entries)):
                sign(picture, gravest(moment), self.axis.x(moment.at), y + STAGE)

    def _clock(self, picture: Picture, clock: ClockBar, y: float) -> None:
        with picture.group(clock_title(self.procedure, clock.clock, self.language)):
            for stretch in clock.stretches:
                left, right = self.axis.x(stretch.start), self.axis.x(stretch.end)
                look = {
                    "running": {"fill": _RUNNING},
                    "overdue": {"fill": TIME},
                    "paused": {"fill": "#ffffff", "stroke": _RUNNING, "stroke_dasharray": "3 2"},
                }[stretch.kind]
                picture.rect(left, y - CLOCK / 2, max(1.5, right - left), CLOCK, **look)
        for moment in clock.moments:
            with picture.group(self._tip(moment.entries)):
                sign(picture, gravest(moment), self.axis.x(moment.at), y)

    def _tip(self, entries: Sequence[object]) -> str:
        return "\n".join(entry_text(self.procedure, entry, self.language) for entry in entries)  # type: ignore[arg-type]

    def _moves(self, picture: Picture, tops: dict[int, float]) -> None:
        """From the end of each stage to the start of the next: by a person, or by time."""
        numbers = {level.name: n for n, level in enumerate(self.procedure.levels)}
        for bar, after in zip(self.told.stages, self.told.stages[1:], strict=False):
            if bar.level == after.level:
                continue
            x = self.axis.x(after.start)
            up = tops[numbers[after.level]] < tops[numbers[bar.level]]
            start = tops[numbers[bar.level]] + PAD + (0 if up else STAGE)
            end = tops[numbers[after.level]] + PAD + (STAGE if up else 0)
            colour = TIME if bar.escalated else PERSON
            stroke = {"stroke_dasharray": DASHES} if bar.escalated else {}
            picture.line(
                (x, start), (x, end + (7 if up else -7)), stroke=colour, stroke_width="1.5", **stroke
            )
            away = 8 if up else -8
            picture.polygon([(x, end), (x - 4, end + away), (x + 4, end + away)], fill=colour)

    def _description(self) -> str:
        """The story in words, for those who cannot see it."""
        lines = []
        for bar in self.told.stages:
            first, last = (
                self.axis.calendar.local(at).strftime("%Y-%m-%d %H:%M") for at in (bar.start, bar.end)
            )
            lines.append(f"{first} – {last}  {stage_title(self.procedure, self.axis, bar)}")
        return "\n".join(lines)
