"""The same story begun on another day: over a whole year of the calendar, to find the worst day to file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from casework.calendar import ONE_DAY, Calendar
from casework.case import Case
from casework.decide import decide
from casework.decision import NotAllowed
from casework.procedure import Procedure
from casework.story import Step
from casework.verify.ahead import Map
from casework.verify.explore import Exploration, Node
from casework.verify.moves import STUTTER, Act, let_time_pass, moment, take
from casework.verify.shape import shape_of
from casework.verify.stories import step_of, way_to

EVERY = 7
WORST = 10
Worst = tuple[timedelta, datetime]
Measure = Callable[[datetime], timedelta | None]


def year_of_filing(calendar: Calendar) -> int:
    """The last published year whose cases run on into a published one."""
    years = sorted(year.year for year in calendar.years)
    return years[-2] if len(years) > 1 else years[-1] if years else 2026


def worst_day(calendar: Calendar, measure: Measure) -> Worst | None:
    """The longest over filings in that year, each at the very beginning of a day: the day counts whole.

    One day a week is tried, and then all before the worst of them: a limit put off to the end of a holiday is
    longer the earlier it began, so the worst day lies before one that is nearly as bad.
    """
    year = year_of_filing(calendar)
    days = [date(year, 1, 1) + ONE_DAY * n for n in range(365)]
    found: dict[date, timedelta] = {}

    def look(day: date) -> None:
        length = measure(calendar.instant(day, time()))
        if length is not None:
            found[day] = length

    for day in days[::EVERY]:
        look(day)
    for worst in sorted(found, key=lambda day: found[day])[-WORST:]:
        for day in (worst - ONE_DAY * n for n in range(1, EVERY)):
            if day.year == year and day not in found:
                look(day)
    return max(((length, calendar.instant(day, time())) for day, length in found.items()), default=None)


def retold(found: Exploration, node: Node, begin: datetime) -> tuple[tuple[Step, ...], Case] | None:
    """The steps to a node when the case is filed at another moment; None where it cannot be told so."""
    procedure = found.procedure
    try:
        case = decide(procedure, None, node.filed, begin).case
        steps: list[Step] = []
        for each in way_to(found, node)[1:]:
            if not isinstance(each.move, Act):
                case = pass_time(procedure, found.map, case)
                continue
            at = moment(procedure, case, each.move.when) or moment(procedure, case, "now")
            if at is None:
                return None
            act = redated(each.move, each.case, case.filed, at)
            case = take(procedure, case, act, at).case
            steps.append(step_of(act, at))
    except NotAllowed:
        return None
    return tuple(steps), case


def redated(act: Act, told: Case, filed: datetime, at: datetime) -> Act:
    """The act with its dates moved: the day of the act, and the day of filing."""
    calendar = told.calendar
    days = {
        calendar.date_of(told.filed).isoformat(): calendar.date_of(filed).isoformat(),
        calendar.date_of(told.as_of).isoformat(): calendar.date_of(at).isoformat(),
    }
    fields = {
        name: days.get(value, value) if isinstance(value, str) else value
        for name, value in act.fields.items()
    }
    return replace(act, fields=fields)


def pass_time(procedure: Procedure, where: Map, case: Case) -> Case:
    """As exploring lets time pass: until something is different."""
    shape = shape_of(where, case)
    for _ in range(STUTTER):
        decision = let_time_pass(procedure, case)
        if decision is None:
            break
        case = decision.case
        due_at_once = bool(case.dues) and case.dues[0].at <= case.as_of
        if not due_at_once and shape_of(where, case) != shape:
            break
    return case
