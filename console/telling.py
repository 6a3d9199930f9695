"""Tells of a case in the API's words: all is read off the case and its procedure, nothing is decided."""

from collections.abc import Iterable
from datetime import datetime

from casework.allowed import allowed
from casework.budget import parse_budget
from casework.case import Actor, Case, ClockState, Deadline, Place, Responsibility
from casework.decision import Entry
from casework.explain import DayLine, Explanation, condition, explain
from casework.predicate import Value
from casework.procedure import FieldRule, Procedure, Text
from casework.wording import due_words, entry_text, post_title, term, title
from console.answers import (
    ActionOpen,
    CaseAnswer,
    CaseLine,
    ClockAnswer,
    DayAnswer,
    DeadlineAnswer,
    Done,
    Duty,
    EntryAnswer,
    ExplainAnswer,
    FieldAnswer,
    FieldAsked,
    Named,
    UnitAnswer,
    Who,
    Words,
)
from console.seal import Seal, SealBroken

_DAY_WORDS = {
    "first-day": Text("起算当日不计", "the first day is not counted"),
    "day": Text("计入", "counted"),
    "working": Text("工作日，计入", "working day, counted"),
    "make-up": Text("调休上班，计入", "make-up workday, counted"),
    "weekend": Text("周末，不计", "weekend, skipped"),
    "holiday": Text("法定节假日，不计", "public holiday, skipped"),
    "paused": Text("中止期间，不计", "suspended, skipped"),
    "rolled": Text("期满日逢休息日，顺延", "the last day is a day off: moved on"),
    "closed": Text("非办公时间，不计", "outside office hours, skipped"),
    "same-date": Text(
        "到期月的对应日（没有的为月末日），计入", "the same date, or the month's last day: counted"
    ),
    "time": Text("计入（分钟）", "counted (minutes)"),
}
_NONE = Words(zh="", en="")


def words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)


def named(procedure: Procedure, name: str) -> Named:
    return Named(name=name, title=Words(zh=title(procedure, name, "zh"), en=title(procedure, name, "en")))


def post(procedure: Procedure, name: str) -> Words:
    return Words(zh=post_title(procedure, name, "zh"), en=post_title(procedure, name, "en"))


def terms(name: str) -> Words:
    return Words(zh=term(name, "zh"), en=term(name, "en"))


def due_in_words(case: Case, due: Deadline | None) -> Words:
    if due is None:
        return _NONE
    text = due_words(case.calendar, due.at)
    zh, en = ("（暂定）", " (provisional)") if due.provisional else ("", "")
    return Words(zh=text + zh, en=text + en)


def unit(procedure: Procedure, places: tuple[Place, ...]) -> UnitAnswer:
    """The unit a case was filed at, with the way down to it from below the top: 枫桥镇/枫源村."""
    below = [level.name for level in procedure.levels if not level.external][:-1]
    path = "/".join(place.name for place in reversed(places) if place.level in below)
    return UnitAnswer(
        code=places[0].code, name=places[0].name, level=places[0].level, path=path or places[0].name
    )


def who(actor: Actor) -> Who:
    return Who(kind=actor.kind, id=actor.id, name=actor.name)


def next_deadline(procedure: Procedure, case: Case) -> Deadline | None:
    """The earliest deadline of an office; where none runs, the end of a party's window."""
    running = [clock for clock in case.clocks if clock.running and clock.deadline]
    of_offices = [clock for clock in running if not procedure.clock(clock.name).window]
    dues = [clock.deadline for clock in of_offices or running if clock.deadline]
    return min(dues, key=lambda due: due.at, default=None)


def days_left(case: Case, due: Deadline | None, now: datetime) -> int | None:
    if due is None or not case.open:
        return None
    return (due.day - case.calendar.date_of(case.time_of(now))).days


def line(procedure: Procedure, case: Case, now: datetime) -> CaseLine:
    due = next_deadline(procedure, case)
    (lead,) = duties(procedure, case, [r for r in case.responsibilities if r.role == "lead"][:1]) or (None,)
    return CaseLine(
        id=case.id,
        procedure=Named(name=procedure.name, title=words(procedure.title)),
        kind=case.kind,
        unit=unit(procedure, case.places),
        level=named(procedure, procedure.stage(case.stage).level),
        stage=named(procedure, case.stage),
        outcome=named(procedure, case.outcome) if case.outcome else None,
        grade=named(procedure, case.grade) if case.grade else None,
        urgent=case.urgent,
        overdue=case.overdue,
        filed=case.filed,
        ended=case.ended,
        lead=lead.name if lead else "",
        lead_unit=lead.unit_name if lead else "",
        lead_post=lead.post_title if lead else _NONE,
        due=due.at if due else None,
        due_words=due_in_words(case, due),
        provisional=due.provisional if due else False,
        left=days_left(case, due, now),
        drill=case.pace is not None,
    )


def whole(
    procedure: Procedure, case: Case, entries: Iterable[EntryAnswer], seal: Seal, now: datetime
) -> CaseAnswer:
    return CaseAnswer(
        **dict(line(procedure, case, now)),
        edition=case.edition,
        as_of=case.as_of,
        suspended=case.suspended,
        fields=fields(procedure, case, seal),
        deadlines=tuple(_deadline(procedure, case, clock, now) for clock in case.clocks),
        responsibilities=duties(procedure, case, case.responsibilities),
        allowed=open_actions(procedure, case),
        entries=tuple(entries),
    )


def fields(procedure: Procedure, case: Case, seal: Seal) -> tuple[FieldAnswer, ...]:
    """The intake fields with their values, private ones opened."""
    told: list[tuple[FieldRule, Value]] = []
    for rule in procedure.intake:
        if rule.name in case.sealed:
            told.append((rule, _opened(seal, case, rule.name)))
        elif rule.name in case.fields:
            told.append((rule, case.fields[rule.name]))
    return tuple(
        FieldAnswer(name=rule.name, title=words(rule.title), value=value, private=rule.private)
        for rule, value in told
    )


def _opened(seal: Seal, case: Case, field: str) -> str:
    try:
        return seal.open(case.id, field, case.sealed[field])
    except SealBroken:
        return "（密钥不符，无法打开 / sealed with another key）"


def _deadline(procedure: Procedure, case: Case, clock: ClockState, now: datetime) -> DeadlineAnswer:
    rule = procedure.clock(clock.name)
    running = clock.deadline if clock.running else None
    return DeadlineAnswer(
        clock=clock.name,
        title=_clock_words(procedure, rule.title, clock.post),
        budget=str(rule.budget),
        state=condition(clock),
        started=clock.started,
        due=clock.deadline.at if clock.deadline else None,
        day=clock.deadline.day if clock.deadline else None,
        words=due_in_words(case, clock.deadline),
        provisional=bool(running and running.provisional),
        left=days_left(case, running, now),
        basis=rule.basis,
    )


def duties(procedure: Procedure, case: Case, held: Iterable[Responsibility]) -> tuple[Duty, ...]:
    units = {place.code: place.name for place in case.units}
    return tuple(
        Duty(
            role=r.role,
            role_title=terms(r.role),
            post=r.post,
            post_title=post(procedure, r.post),
            unit=r.unit,
            unit_name=units.get(r.unit, r.unit),
            official=r.official,
            name=r.name,
            stage=r.stage,
            opened=r.opened,
            due=r.due,
            vacant=r.vacant,
            vacant_title=post(procedure, r.vacant) if r.vacant else None,
        )
        for r in held
    )


def asked(rules: Iterable[FieldRule]) -> tuple[FieldAsked, ...]:
    return tuple(
        FieldAsked(
            name=rule.name,
            title=words(rule.title),
            type=rule.type,
            required=rule.required and rule.default is None,
            private=rule.private,
            choices=rule.choices,
            default=rule.default,
        )
        for rule in rules
    )


def open_actions(procedure: Procedure, case: Case) -> tuple[ActionOpen, ...]:
    return tuple(
        ActionOpen(
            action=each.action.name,
            title=words(each.action.title),
            by=tuple(who(actor) for actor in each.holders),
            fields=asked(each.action.requires),
            basis=each.action.basis,
        )
        for each in allowed(procedure, case)
    )


def entry(procedure: Procedure, case: Case, written: Entry, chained: str = "") -> EntryAnswer:
    return EntryAnswer(
        number=written.number,
        at=written.at,
        local=case.calendar.local(written.at).strftime("%Y-%m-%d %H:%M"),
        kind=written.kind,
        stage=written.stage,
        level=written.level,
        unit=written.unit,
        actor=who(written.actor),
        post=written.post,
        clock=written.clock,
        basis=written.basis,
        text=Words(zh=entry_text(procedure, written, "zh"), en=entry_text(procedure, written, "en")),
        hash=chained,
    )


def done(procedure: Procedure, case: Case, kinds: tuple[str, ...], *, repeated: bool) -> Done:
    """What came of a request, read off the case after it."""
    due = next_deadline(procedure, case)
    return Done(
        id=case.id,
        seq=case.seq,
        stage=named(procedure, case.stage),
        level=named(procedure, procedure.stage(case.stage).level),
        outcome=named(procedure, case.outcome) if case.outcome else None,
        due=due.at if due else None,
        due_words=due_in_words(case, due),
        provisional=due.provisional if due else False,
        holders=duties(procedure, case, case.responsibilities),
        entries=kinds,
        repeated=repeated,
    )


def explained(procedure: Procedure, case: Case) -> ExplainAnswer:
    return ExplainAnswer(
        id=case.id,
        procedure=Named(name=procedure.name, title=words(procedure.title)),
        clocks=tuple(_clock(procedure, case, each) for each in explain(procedure, case)),
    )


def _clock_words(procedure: Procedure, title: Text, post: str) -> Words:
    """A clock's title; an assisting unit's own is followed by its post."""
    if not post:
        return words(title)
    whose = procedure.post(post).title
    return Words(zh=f"{title.zh}({whose.zh})", en=f"{title.en} ({whose.en})")


def _clock(procedure: Procedure, case: Case, each: Explanation) -> ClockAnswer:
    budget = parse_budget(each.budget)
    return ClockAnswer(
        clock=each.clock,
        title=_clock_words(procedure, each.title, each.post),
        budget=each.budget,
        budget_words=Words(zh=budget.spoken("zh"), en=budget.spoken("en")),
        extended=each.extended,
        basis=each.basis,
        started=each.started,
        due=each.deadline.at if each.deadline else None,
        due_words=due_in_words(case, each.deadline),
        provisional=each.deadline.provisional if each.deadline else False,
        state=each.state,
        agrees=each.agrees,
        days=tuple(_day(day) for day in each.days),
    )


def _day(day: DayLine) -> DayAnswer:
    return DayAnswer(
        day=day.day,
        counted=day.counted,
        count=day.count,
        why=day.why,
        words=words(_DAY_WORDS[day.why]),
        note=day.note,
        provisional=day.provisional,
    )
