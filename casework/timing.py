"""What time does: it reminds, warns, records the overdue, gives cards, supervises and escalates."""

from dataclasses import replace
from datetime import timedelta

from casework import clock as clocks
from casework.case import ClockState, Due, Responsibility
from casework.decision import EntryKind, NoticeKind
from casework.draft import Draft
from casework.dues import earliest_deadline, fired_name, is_of
from casework.holders import answering, those_meant
from casework.procedure import ClockRule, Rung
from casework.stages import deadline_detail, go, mark, resume_clock, stop_clock


def come(draft: Draft, due: Due) -> None:
    """Carry out one due moment."""
    if due.kind == "hold":
        _hold(draft)
        return
    clock = draft.case.clock(due.clock, due.post)
    assert clock is not None
    rule = draft.procedure.clock(due.clock)
    if due.kind == "pause-cap":
        _end_pause(draft, rule, clock)
    else:
        _rung(draft, rule, clock, rule.rung(due.rung), due.turn)


def _hold(draft: Draft) -> None:
    """The case has nowhere to go: its holders and the post at the top hear of it again, and again."""
    draft.change(held=draft.at, holds=draft.case.holds + 1)
    due = earliest_deadline(draft.procedure, draft.case)
    for responsibility in _once(_people(draft, draft.procedure.top.hold) + _people(draft, "leader")):
        draft.write("held", about=responsibility, detail={"count": draft.case.holds})
        draft.notify("hold", responsibility, due=due)


def _end_pause(draft: Draft, rule: ClockRule, clock: ClockState) -> None:
    """A pause has used up its cap: the clock runs on, though what it waits for has not come."""
    assert rule.pause is not None
    covered = clocks.last_covered(rule.pause, draft.case.calendar, draft.at)
    resume_clock(draft, rule, clock, covered)
    draft.write("pause-capped", clock=rule.name, detail={"cap": str(rule.pause.at_most)})


def _rung(draft: Draft, rule: ClockRule, clock: ClockState, rung: Rung, turn: int) -> None:
    draft.set_clock(replace(clock, fired=(*clock.fired, fired_name(rung.name, turn))))
    clock = draft.case.clock(rule.name, clock.post) or clock
    if rung.point == "breach" and not turn:
        _breach(draft, rule, clock)
    _speak(draft, clock, rung, "reminded", "reminder", rung.remind)
    _speak(draft, clock, rung, "warned", "warning", rung.warn)
    if not turn:
        _act(draft, rule, clock, rung)


def _breach(draft: Draft, rule: ClockRule, clock: ClockState) -> None:
    """A deadline passed. For an office that is a breach; for a party's window, its end."""
    if rule.window:
        stop_clock(draft, rule, clock)
        return
    draft.set_clock(replace(clock, breached=draft.at))
    for responsibility in _once(_late(draft, clock) + _people(draft, "leader")):
        draft.write(
            "overdue", about=responsibility, clock=rule.name, basis=rule.basis, detail=deadline_detail(clock)
        )
        draft.notify("overdue", responsibility, clock=rule.name, due=draft.at)


def _late(draft: Draft, clock: ClockState) -> tuple[Responsibility, ...]:
    """Whose clock it is: the lead unit's, or in a joint handling an assisting unit's own."""
    if not clock.post:
        return _people(draft, "lead")
    return tuple(r for r in draft.case.responsibilities if is_of(clock, r))


def _speak(
    draft: Draft, clock: ClockState, rung: Rung, entry: EntryKind, notice: NoticeKind, whom: tuple[str, ...]
) -> None:
    due = clock.deadline.at if clock.deadline else None
    people = [
        _late(draft, clock) if clock.post and role == "assist" else _people(draft, role) for role in whom
    ]
    for responsibility in _once(tuple(r for each in people for r in each)):
        draft.write(entry, about=responsibility, clock=clock.name, rung=rung.name)
        draft.notify(notice, responsibility, clock=clock.name, rung=rung.name, due=due)


def _act(draft: Draft, rule: ClockRule, clock: ClockState, rung: Rung) -> None:
    if rung.card:
        for responsibility in _late(draft, clock):
            draft.write(
                "carded", about=responsibility, clock=rule.name, rung=rung.name, detail={"card": rung.card}
            )
            draft.notify("card", responsibility, clock=rule.name, rung=rung.name)
    if rung.supervise:
        supervisor = answering(draft.procedure, draft.case, rung.supervise)
        draft.write("supervised", about=supervisor, clock=rule.name, rung=rung.name, basis=rule.basis)
        draft.notify("supervision", supervisor, clock=rule.name, rung=rung.name)
    if rung.escalate:
        _escalate(draft, rule, rung, rung.escalate)
    if rung.lapse:
        draft.write("lapsed", clock=rule.name, rung=rung.name, detail={"to": rung.lapse})
        _mark(draft, rule, rung)
        go(draft, rung.lapse, "lapsed")
    if rung.silence:
        draft.write("silent", clock=rule.name, rung=rung.name, basis=rule.basis, detail={"to": rung.silence})
        _mark(draft, rule, rung)
        go(draft, rung.silence, "silent")


def _mark(draft: Draft, rule: ClockRule, rung: Rung) -> None:
    """What the end of a limit counts as happened on its last day, whose 24:00 the end is (复议法 第30条)."""
    at = draft.at - timedelta(seconds=1) if rule.budget.in_days else draft.at
    for name in rung.marks:
        mark(draft, name, at)


def _escalate(draft: Draft, rule: ClockRule, rung: Rung, to: str) -> None:
    """Time moves the case up. It never moves one sideways or down: that leaves an entry instead."""
    ladder = [level.name for level in draft.procedure.levels]
    target = draft.procedure.stage(to)
    if ladder.index(target.level) <= ladder.index(draft.stage.level):
        draft.write("rung-skipped", clock=rule.name, rung=rung.name, detail={"why": "already-at-level"})
        return
    draft.write("escalated", clock=rule.name, rung=rung.name, basis=rule.basis, detail={"to": to})
    go(draft, to, "escalated")


def _people(draft: Draft, whom: str) -> tuple[Responsibility, ...]:
    return those_meant(draft.procedure, draft.case, whom)


def _once(people: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
    """Each person once, though they answer in several ways; vacancies each."""
    seen: dict[tuple[str, str], Responsibility] = {}
    for person in people:
        seen.setdefault((person.official, "" if person.official else person.post), person)
    return tuple(seen.values())
