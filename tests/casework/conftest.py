"""A small ladder of three levels, written in Python, for tests of the core alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from casework.budget import parse_budget
from casework.calendar import Calendar, Holiday, Year
from casework.canonical import digest
from casework.case import Actor, Case, Holder, Place
from casework.decide import advance, decide_at
from casework.decision import Decision
from casework.event import ActionTaken, Filed
from casework.predicate import FieldTest, Value
from casework.procedure import (
    Action,
    ClockRule,
    Extension,
    FieldRule,
    Grade,
    Level,
    Mark,
    Outcome,
    PauseRule,
    Post,
    Procedure,
    Responsible,
    Rung,
    Stage,
    Text,
    Top,
    Way,
)

LEVELS = ("village", "township", "county")


def text(name: str) -> Text:
    return Text(name, name)


def beijing(moment: str) -> datetime:
    """``2026-02-09 10:00`` in Asia/Shanghai."""
    return datetime.fromisoformat(f"{moment}:00+08:00").astimezone(UTC)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """2026 as published, and nothing beyond."""
    holidays = (
        Holiday("元旦", date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
        Holiday("春节", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))),
        Holiday("清明节", date(2026, 4, 4), date(2026, 4, 6)),
        Holiday("劳动节", date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
        Holiday("端午节", date(2026, 6, 19), date(2026, 6, 21)),
        Holiday("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
        Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7), (date(2026, 9, 20), date(2026, 10, 10))),
    )
    office = ((time(8, 30), time(12)), (time(14), time(17, 30)))
    return Calendar(
        "cn", "2026", "Asia/Shanghai", (5, 6), office, (Year(2026, "国办发明电〔2025〕7号", holidays),)
    )


def stage(level: str, up: str | None) -> Stage:
    rungs = (
        Rung("-1wd", "before", 1, "wd", remind=("lead",)),
        Rung("breach", "breach", card="yellow", escalate=up),
    )
    reason = FieldRule("reason", text("reason"))
    served = FieldRule("served_on", text("served_on"), "date")
    agreement = FieldRule("agreement", text("agreement"), "evidence")
    away = "awaiting-party"
    actions = (
        Action("settle", text("settle"), ("lead",), (agreement,), to=(Way("settled"),)),
        Action("refer-up", text("refer-up"), ("lead",), (reason,), to=(Way(up or "settled"),)),
        Action("note", text("note"), ("lead", "leader"), (FieldRule("note", text("note")),)),
        Action("extend", text("extend"), ("leader",), (reason,), extends="whole"),
        Action("suspend", text("suspend"), ("lead",), (reason,), suspends=away),
        Action("resume", text("resume"), ("lead",), resumes=away),
        Action("serve", text("serve"), ("lead",), (served,), marks=(Mark("served", "served_on"),)),
        Action("withdraw", text("withdraw"), ("party",), to=(Way("withdrawn"),)),
    )
    clock = ClockRule(
        f"{level}-clock", text(level), parse_budget("5wd"), rungs,
        pause=PauseRule((away,), parse_budget("30d")), basis="example",
    )  # fmt: skip
    posts = Responsible(f"{level}-leader", f"{level}-lead", (), "county-lead")
    return Stage(level, text(level), level, posts, actions, clock)


@pytest.fixture(scope="session")
def procedure() -> Procedure:
    """Village → township → county in steps of 5wd, 60d in all, and a review window of 30d from service."""
    whole = ClockRule(
        "whole", text("whole"), parse_budget("60d"),
        (
            Rung("75%", "percent", 75, remind=("lead",)),
            Rung("-3wd", "before", 3, "wd", warn=("lead", "leader")),
            Rung("breach", "breach", card="red", supervise="county-lead"),
            Rung("+5wd", "after", 5, "wd", every=parse_budget("5wd"), remind=("leader",)),
        ),
        start="filed", until=("served",),
        extend=Extension(parse_budget("30d"), 1, "leader"),
        pause=PauseRule(("awaiting-party",), parse_budget("30d")),
    )  # fmt: skip
    window = ClockRule(
        "window", text("window"), parse_budget("30d"), (Rung("breach", "breach", lapse="settled"),),
        start="served", window=True,
    )  # fmt: skip
    posts = tuple(
        Post(f"{level}-{role}", level, text(f"{level}-{role}"))
        for level in LEVELS
        for role in ("leader", "lead")
    )
    urgent = Grade("red", text("red"), FieldTest("violence", "is", (True,)), urgent=True)
    return Procedure(
        "ladder", "1", "dispute", text("ladder"), (), True, "cn",
        tuple(Level(level, text(level)) for level in LEVELS), posts,
        (
            FieldRule("people", text("people"), "integer", minimum=1, default=2),
            FieldRule("violence", text("violence"), "flag", required=False),
            FieldRule("contact", text("contact"), "phone", required=False, private=True),
        ),
        (Way("county", FieldTest("violence", "is", (True,))), Way("village")), (urgent,), (whole, window),
        (stage("village", "township"), stage("township", "county"), stage("county", None)),
        (Outcome("settled", text("settled")), Outcome("withdrawn", text("withdrawn"))),
        Top("county-lead", parse_budget("5wd")),
    )  # fmt: skip


@pytest.fixture(scope="session")
def filed(procedure: Procedure, calendar: Calendar) -> Filed:
    places = tuple(Place(level, str(n), level) for n, level in enumerate(LEVELS))
    holders = tuple(
        Holder(f"{place.level}-{role}", place.code, f"o-{place.level}-{role}", f"{place.level} {role}")
        for place in places
        for role in ("leader", "lead")
    )
    clerk = Actor("official", "o-clerk", "clerk")
    return Filed("D-1", digest(procedure), calendar, places, holders, clerk, {"people": 2})


class Told:
    """One case and all that was decided about it, driven by a test."""

    def __init__(self, procedure: Procedure, filed: Filed, at: str) -> None:
        self.procedure = procedure
        self.decisions: list[Decision] = list(decide_at(procedure, None, filed, beijing(at)))

    @property
    def case(self) -> Case:
        return self.decisions[-1].case

    def until(self, moment: str) -> "Told":
        self.decisions += advance(self.procedure, self.case, beijing(moment))
        return self

    def act(self, moment: str, action: str, who: str, **fields: Value) -> "Told":
        kind = "party" if who == "party" else "official"
        actor = Actor("party", "party", who) if kind == "party" else Actor("official", who, who)
        event = ActionTaken(action, actor, fields)
        self.decisions += decide_at(self.procedure, self.case, event, beijing(moment))
        return self

    def kinds(self, *wanted: str) -> list[tuple[str, str]]:
        """Entries of some kinds, as local date-time and kind."""
        return [
            (self.case.calendar.local(entry.at).strftime("%m-%d %H:%M"), entry.kind)
            for decision in self.decisions
            for entry in decision.entries
            if not wanted or entry.kind in wanted
        ]

    def dues(self) -> dict[str, str]:
        return {c.name: c.deadline.day.isoformat() for c in self.case.clocks if c.deadline and not c.stopped}


Tell = Callable[..., Told]


@pytest.fixture
def tell(procedure: Procedure, filed: Filed) -> Tell:
    """Start a case: ``tell("2026-03-02 10:00", violence=True, vacant=["village-lead"])``."""

    def start(at: str, vacant: tuple[str, ...] = (), origin: str = "village", **fields: Value) -> Told:
        event = replace(
            filed,
            fields={**filed.fields, **fields},
            holders=tuple(h for h in filed.holders if h.post not in vacant),
            places=filed.places[LEVELS.index(origin) :],
        )
        return Told(procedure, event, at)

    return start
