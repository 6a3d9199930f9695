"""The time axis of a timeline: months and days, days off shaded, holidays named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.calendar import ONE_DAY, Calendar
from casework.describing import said
from definitions.drawing.letters import width
from definitions.drawing.painting import FAINT, INK, TIME
from definitions.drawing.svg import Picture

HEIGHT = 52.0
_MONTH_Y, _HOLIDAY_Y, _TICK_Y = 13.0, 29.0, 46.0
_SIZE = 11.0
_WEEKEND, _HOLIDAY, _GRID = "#eceef1", "#fbe3e0", "#dde1e6"
_NARROWEST_DAY = 1.2
_DAYS_NAMED = 3.0
_SHORT = timedelta(days=4)
_WIDEST_HOUR = 75.0
_HOURS = (1, 2, 3, 6, 12)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Axis:
    """Instants from ``start`` to ``end`` along ``room`` units."""

    calendar: Calendar
    start: datetime
    end: datetime
    room: float
    language: str

    @property
    def short(self) -> bool:
        """Whether hours matter."""
        return self.end - self.start <= _SHORT

    def x(self, at: datetime) -> float:
        at = min(max(at, self.start), self.end)
        return self.room * (at - self.start) / (self.end - self.start)

    def at_day(self, day: date) -> float:
        return self.x(self.calendar.instant(day, time()))

    @property
    def days(self) -> Iterator[date]:
        day, last = self.calendar.date_of(self.start), self.calendar.date_of(self.end)
        while day <= last:
            yield day
            day += ONE_DAY

    @property
    def day_width(self) -> float:
        return self.room * (ONE_DAY / (self.end - self.start))

    def shade(self, picture: Picture, top: float, bottom: float) -> None:
        """Days off, so that one sees which days no working day was counted."""
        for first, last, holiday in self._days_off():
            left, right = self.at_day(first), self.at_day(last + ONE_DAY)
            if right > left and (holiday or self.day_width >= _NARROWEST_DAY):
                colour = _HOLIDAY if holiday else _WEEKEND
                picture.rect(left, top, right - left, bottom - top, fill=colour, fill_opacity="0.75")

    def paint(self, picture: Picture, bottom: float) -> None:
        """The scale above the lanes, and its lines through them down to ``bottom``."""
        self._months(picture)
        self._holidays(picture)
        last = -1000.0
        for at, text in self._ticks():
            x = self.x(at)
            picture.line((x, HEIGHT), (x, bottom), stroke=_GRID, stroke_width="0.8")
            if x - last >= width(text, _SIZE) + 8:
                picture.text(x + 2, _TICK_Y, text, _SIZE, fill=FAINT)
                last = x
        self._unpublished(picture, bottom)

    def _days_off(self) -> Iterator[tuple[date, date, str]]:
        """Days off in a row: from, to, and the holiday they belong to (empty for a weekend)."""
        run: tuple[date, date, str] | None = None
        for day in self.days:
            off = not self.calendar.is_working(day)
            name = self.calendar.holiday_name(day) if off else ""
            if run and off and name == run[2]:
                run = (run[0], day, name)
                continue
            if run:
                yield run
            run = (day, day, name) if off else None
        if run:
            yield run

    def _months(self, picture: Picture) -> None:
        starts = [self.calendar.date_of(self.start)]
        starts += [day for day in self.days if day.day == 1 and day not in starts]
        left = -1000.0
        for number, day in enumerate(starts):
            text = self._month(day, with_year=number == 0 or day.month == 1)
            x = self.at_day(day)
            if x >= left and x + width(text, 12) <= self.room + 60:
                picture.text(x + 2, _MONTH_Y, text, 12, fill=INK, font_weight="bold")
                left = x + width(text, 12) + 12

    def _month(self, day: date, *, with_year: bool) -> str:
        zh, en = f"{day.month}月", _MONTHS[day.month - 1]
        return said(self.language, f"{day.year}年{zh}" if with_year else zh,
                    f"{en} {day.year}" if with_year else en)  # fmt: skip

    def _holidays(self, picture: Picture) -> None:
        left = -1000.0
        for first, last, name in self._days_off():
            if not name:
                continue
            middle = (self.at_day(first) + self.at_day(last + ONE_DAY)) / 2
            half = width(name, _SIZE) / 2
            if middle - half > left:
                picture.text(middle, _HOLIDAY_Y, name, _SIZE, fill=TIME, text_anchor="middle")
                left = middle + half + 4

    def _ticks(self) -> Iterator[tuple[datetime, str]]:
        if self.short:
            yield from self._hours()
            return
        for day in self.days:
            at = self.calendar.instant(day, time())
            if at < self.start or at > self.end:
                continue
            if (
                self.day_width >= _SIZE * 1.9
                or (day.weekday() == 0 and self.day_width >= _NARROWEST_DAY)
                or day.day == 1
            ):
                yield at, str(day.day) if self.day_width >= _DAYS_NAMED else str(day.month)

    def _hours(self) -> Iterator[tuple[datetime, str]]:
        step = next((h for h in _HOURS if self.day_width / 24 * h >= _WIDEST_HOUR), 24)
        at = self.calendar.instant(self.calendar.date_of(self.start), time())
        while at <= self.end:
            if at >= self.start:
                local = self.calendar.local(at)
                yield at, said(self.language, f"{local.day}日{local:%H:%M}", f"{local.day}. {local:%H:%M}")
            at += timedelta(hours=step)

    def _unpublished(self, picture: Picture, bottom: float) -> None:
        """Where the announced holidays end, and all that was counted is provisional."""
        first = next((day for day in self.days if not self.calendar.published(day)), None)
        if first is None:
            return
        x = self.at_day(first)
        picture.line((x, _HOLIDAY_Y - 10), (x, bottom), stroke=TIME, stroke_dasharray="2 3")
        text = said(self.language, f"{first.year}年节假日未公布，此后暂定",
                    f"holidays of {first.year} not announced: provisional")  # fmt: skip
        picture.text(x + 4, _HOLIDAY_Y, text, _SIZE, fill=TIME)
