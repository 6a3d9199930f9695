"""Lists of cases: for the API with filters, for the board by level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pydantic import TypeAdapter

from casework.case import Case
from casework.procedure import Level
from console.answers import CalendarWarning, CaseLine, CaseList, Words
from console.calendars import warnings
from console.desk import Desk
from console.problems import Problem
from console.telling import line, words
from console.units import unit_meant
from records.cases import CaseFilter, LevelCount, count_by_level, list_cases
from records.tables import CaseRow

_CASE = TypeAdapter(Case)
_SOON = timedelta(days=3)
_ON_A_LANE = 30
_LATE = 60


@dataclass(frozen=True)
class Lane:
    """One level of the board: how many cases stand there, how many are overdue, the first of the others."""

    name: str
    title: Words
    total: int
    overdue: int
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True)
class Board:
    """The county's board as of a local moment: figures, what is overdue wherever it stands, and lanes.

    ``calendars`` are those that lack a year.
    """

    now: str
    open: int
    overdue: int
    soon: int
    late: tuple[CaseLine, ...]
    lanes: tuple[Lane, ...]
    calendars: tuple[CalendarWarning, ...]


@dataclass(frozen=True)
class Asked:
    """Which cases were asked for; empty leaves a matter open."""

    level: str = ""
    unit: str = ""
    stage: str = ""
    procedure: str = ""
    overdue: bool = False
    ended: bool = False
    limit: int = 50
    offset: int = 0


def case_list(desk: Desk, asked: Asked) -> CaseList:
    """A page of the list. Raises Problem (422) for a level, stage or unit that there is not."""
    _check(desk, asked)
    wanted = CaseFilter(
        level=asked.level or None,
        stage=asked.stage or None,
        unit=unit_meant(desk.library.territory, asked.unit).code if asked.unit else None,
        procedure=desk.procedure(asked.procedure).name if asked.procedure else None,
        overdue=True if asked.overdue else None,
        open=not asked.ended,
    )
    rows = list_cases(desk.records, wanted, asked.limit + 1, asked.offset)
    return CaseList(more=len(rows) > asked.limit, cases=tuple(_lines(desk, rows[: asked.limit])))


def _check(desk: Desk, asked: Asked) -> None:
    if not (asked.level or asked.stage):
        return
    procedures = tuple(desk.offers.every())
    levels = {level.name for procedure in procedures for level in procedure.levels}
    stages = {stage.name for procedure in procedures for stage in procedure.stages}
    if asked.level and asked.level not in levels:
        raise _unknown("level", "层级", asked.level, levels)
    if asked.stage and asked.stage not in stages:
        raise _unknown("stage", "环节", asked.stage, stages)


def _unknown(what: str, zh: str, name: str, known: set[str]) -> Problem:
    names = "、".join(sorted(known))
    return Problem(
        422,
        f"unknown-{what}",
        f"没有{zh} {name}；现有：{names}",
        f"there is no {what} {name}; known: {names}",
    )


def _lines(desk: Desk, rows: Sequence[CaseRow]) -> Iterator[CaseLine]:
    now = desk.now()
    for row in rows:
        case = _CASE.validate_json(row.body)
        yield line(desk.edition_of(case), case, now)


def board(desk: Desk) -> Board:
    """The board: every level of the county, and those above it where a case stands there."""
    now = desk.case_time()
    counts = {count.level: count for count in count_by_level(desk.records, now + _SOON)}
    library = desk.offered()
    levels = {level.name: level for each in library.procedures.values() for level in each.levels}
    return Board(
        now=desk.library.local.local(now).strftime("%Y-%m-%d %H:%M"),
        open=sum(count.open for count in counts.values()),
        overdue=sum(count.overdue for count in counts.values()),
        soon=sum(count.due_soon for count in counts.values()),
        late=tuple(_lines(desk, list_cases(desk.records, CaseFilter(overdue=True), _LATE))),
        lanes=tuple(
            _lane(desk, level, counts.get(name, LevelCount(name, 0, 0, 0)))
            for name, level in levels.items()
            if name in counts or not level.external
        ),
        calendars=warnings(desk),
    )


def _lane(desk: Desk, level: Level, count: LevelCount) -> Lane:
    in_time = list_cases(desk.records, CaseFilter(level=level.name, overdue=False), _ON_A_LANE)
    return Lane(level.name, words(level.title), count.open, count.overdue, tuple(_lines(desk, in_time)))
