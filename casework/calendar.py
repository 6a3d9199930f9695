"""Working days and office hours, from the State Council's yearly notices.

Weekends are Saturday and Sunday (国务院关于职工工作时间的规定 第7条) but for the make-up workdays
(调休上班日) that a notice names. A year whose notice is not loaded is *unpublished*: only its weekends are
known, and whatever was counted in it is provisional.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

DayKind = Literal["working", "make-up", "weekend", "holiday"]
ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)


def months_after(day: date, months: int) -> date:
    """The same date so many months on (or back); the month's last day where it has no such date.

    A limit in months ends on it (民法典 第202条).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=32)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@dataclass(frozen=True)
class Holiday:
    """One holiday of a notice: the days off in a row, and the days worked in exchange."""

    name: str
    first: date
    last: date
    make_up: tuple[date, ...] = ()


@dataclass(frozen=True)
class Year:
    """A published year: its notice's number and what the notice says."""

    year: int
    notice: str
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True)
class Calendar:
    """An edition of a calendar. ``office`` holds the opening spans of a working day, in local time."""

    name: str
    edition: str
    zone: str
    weekend: tuple[int, ...]
    office: tuple[tuple[time, time], ...]
    years: tuple[Year, ...]

    @cached_property
    def _off(self) -> dict[date, str]:
        return {
            holiday.first + ONE_DAY * n: holiday.name
            for year in self.years
            for holiday in year.holidays
            for n in range((holiday.last - holiday.first).days + 1)
        }

    @cached_property
    def _make_up(self) -> dict[date, str]:
        return {day: h.name for year in self.years for h in year.holidays for day in h.make_up}

    @cached_property
    def _published(self) -> frozenset[int]:
        return frozenset(year.year for year in self.years)

    def published(self, day: date) -> bool:
        """Whether the notice for the year of ``day`` is loaded."""
        return day.year in self._published

    def kind_of(self, day: date) -> DayKind:
        if day in self._make_up:
            return "make-up"
        if day in self._off:
            return "holiday"
        return "weekend" if day.weekday() in self.weekend else "working"

    def holiday_name(self, day: date) -> str:
        """The holiday that a day off or a make-up workday belongs to; empty for other days."""
        return self._off.get(day) or self._make_up.get(day, "")

    def is_working(self, day: date) -> bool:
        return self.kind_of(day) in ("working", "make-up")

    def local(self, at: datetime) -> datetime:
        return at.astimezone(zone(self.zone))

    def date_of(self, at: datetime) -> date:
        """The local date on which an instant lies."""
        return self.local(at).date()

    def instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, zone(self.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """24:00 of a day, which is when a limit that ends on it ends (民法典 第203条)."""
        return self.instant(day + ONE_DAY, time())

    def opening(self, day: date) -> datetime:
        return self.instant(day, self.office[0][0])

    def on_or_after(self, day: date) -> date:
        """The first working day from ``day`` on."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to ``day``."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, amount: int) -> date:
        """The ``amount``-th working day after ``day`` (before it, where negative)."""
        step = ONE_DAY if amount > 0 else -ONE_DAY
        for _ in range(abs(amount)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``."""
        return sum(self.is_working(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))

    def in_office_hours(self, at: datetime) -> bool:
        local = self.local(at)
        return self.is_working(local.date()) and any(
            opens <= local.time() < closes for opens, closes in self.office
        )

    def next_office_moment(self, at: datetime) -> datetime:
        """``at`` itself in office hours, else the next opening."""
        if self.in_office_hours(at):
            return at
        return next(opens for opens, _ in self.office_spans(self.date_of(at)) if opens >= at)

    def last_office_moment(self, at: datetime) -> datetime:
        """``at`` itself in office hours, else the opening of the last working day that has begun by then."""
        if self.in_office_hours(at):
            return at
        day = self.date_of(at)
        if self.opening(day) > at:
            day -= ONE_DAY
        return self.opening(self.on_or_before(day))

    def office_spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The office spans from ``day`` on, without end, as instants."""
        while True:
            if self.is_working(day):
                for opens, closes in self.office:
                    yield self.instant(day, opens), self.instant(day, closes)
            day += ONE_DAY

    def add_office_seconds(self, at: datetime, seconds: int) -> datetime:
        """The instant at which ``seconds`` of office time have passed since ``at``."""
        for opens, closes in self.office_spans(self.date_of(at)):
            begin = max(at, opens)
            if begin >= closes:
                continue
            if seconds <= (available := int((closes - begin).total_seconds())):
                return begin + timedelta(seconds=seconds)
            seconds -= available
        raise AssertionError("office_spans never ends")

    def office_seconds_between(self, start: datetime, end: datetime) -> int:
        total = 0
        for opens, closes in self.office_spans(self.date_of(start)):
            if opens >= end:
                return total
            total += max(0, int((min(end, closes) - max(start, opens)).total_seconds()))
        raise AssertionError("office_spans never ends")


def changed_days(old: Calendar, new: Calendar) -> Iterator[tuple[date, DayKind, DayKind]]:
    """The days of the years that ``old`` has published and ``new`` counts otherwise, as they were and are."""
    for year in sorted(each.year for each in old.years):
        first = date(year, 1, 1)
        for n in range((date(year + 1, 1, 1) - first).days):
            day = first + ONE_DAY * n
            if old.is_working(day) != new.is_working(day):
                yield day, old.kind_of(day), new.kind_of(day)
