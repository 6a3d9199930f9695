"""Entering and leaving stages: responsibilities opened and closed, clocks started and stopped."""

from dataclasses import replace
from datetime import UTC, datetime

from casework import clock as clocks
from casework.calendar import END_OF_DAY
from casework.case import Actor, ClockState, Role
from casework.draft import Draft
from casework.dues import fired_name
from casework.holders import answering, is_recused
from casework.predicate import Fields, Value, holds
from casework.procedure import FILED, ClockRule, Mark, Stage, Way
from casework.rungs import rung_at


def first_way(ways: tuple[Way, ...], fields: Fields) -> str | None:
    return next((way.to for way in ways if holds(way.when, fields)), None)


def go(draft: Draft, to: str, result: str) -> None:
    """Leave the stage for another or for an outcome. ``result`` says how its holders were released."""
    leave(draft, result)
    if draft.procedure.has_stage(to):
        enter(draft, to)
    else:
        end(draft, to)


def enter(draft: Draft, name: str) -> None:
    draft.change(stage=name, entered=draft.at, held=None)
    stage = draft.stage
    draft.write("entered", basis=stage.basis)
    if draft.procedure.level(stage.level).external:
        place = draft.case.place(stage.level)
        draft.write("handed-out", basis=stage.basis, detail={"to": place.name if place else stage.level})
    _open_responsibilities(draft)
    if stage.clock:
        start_clock(draft, stage.clock, draft.at)
    if stage.joint:
        for post in stage.responsible.assist:
            start_clock(draft, stage.joint, draft.at, post)
    for responsibility in draft.case.responsibilities:
        draft.notify("assigned", responsibility)


def _open_responsibilities(draft: Draft) -> None:
    for role, post in wanted_posts(draft.stage):
        take_up(draft, role, post)


def wanted_posts(stage: Stage) -> list[tuple[Role, str]]:
    """Who should answer for a stage, in which role."""
    posts = stage.responsible
    wanted: list[tuple[Role, str]] = [("leader", posts.leader), ("lead", posts.lead)]
    return wanted + [("assist", post) for post in posts.assist]


def take_up(draft: Draft, role: Role, post: str) -> None:
    """Open a responsibility for a post. A vacancy is itself recorded, and the substitute answers."""
    answer = answering(draft.procedure, draft.case, post)
    number = draft.case.spans + 1
    opened = replace(answer, number=number, role=role, opened=draft.at, stage=draft.case.stage)
    if opened.vacant or not opened.official:
        detail: dict[str, Value] = {"post": post, "role": role, "instead": opened.name}
        if is_recused(draft.procedure, draft.case, post):
            detail["recused"] = True
        draft.write("vacant", about=opened, detail=detail)
    draft.write("responsible", about=opened, detail={"role": role, "name": opened.name})
    draft.open(opened)


def leave(draft: Draft, result: str) -> None:
    if draft.case.suspended:
        end_suspension(draft)
    for responsibility in draft.case.responsibilities:
        draft.release(responsibility, result)
    own = [clock.name for clock in draft.stage.clocks]
    for rule, clock in tuple(draft.running_clocks()):
        if rule.name in own:
            stop_clock(draft, rule, clock)


def reassign(draft: Draft, actor: Actor, reason: str) -> None:
    """Whoever answers now takes over from whoever no longer does, each with an entry."""
    for held in draft.case.responsibilities:
        now = answering(draft.procedure, draft.case, held.vacant or held.post)
        if (now.official, now.unit) == (held.official, held.unit):
            continue
        detail: dict[str, Value] = {"from": held.name, "to": now.name, "reason": reason}
        draft.write("handed-over", actor=actor, about=held, detail=detail)
        draft.release(held, "handed-over")
        take_up(draft, held.role, held.vacant or held.post)
        draft.notify("assigned", replace(now, due=held.due))


def end(draft: Draft, outcome: str) -> None:
    for rule, clock in tuple(draft.running_clocks()):
        stop_clock(draft, rule, clock)
    draft.write("ended", detail={"outcome": outcome})
    draft.change(outcome=outcome, ended=draft.at)


def mark(draft: Draft, name: str, at: datetime) -> None:
    """Something happened that starts or stops clocks of the case."""
    for rule, clock in tuple(draft.running_clocks()):
        if name in rule.until:
            stop_clock(draft, rule, clock)
    for rule in draft.procedure.clocks:
        if rule.start == name:
            start_clock(draft, rule, at)


def mark_filed(draft: Draft) -> None:
    mark(draft, FILED, draft.at)


def mark_by_action(draft: Draft, marks: tuple[Mark, ...], fields: Fields) -> None:
    for each in marks:
        mark(draft, each.name, _dated(draft, str(fields[each.date_field])) if each.date_field else draft.at)


def _dated(draft: Draft, day: str) -> datetime:
    """The instant from which a clock runs that starts on a given day: that day is not counted."""
    calendar = draft.case.calendar
    end = calendar.instant(datetime.fromisoformat(day).date(), END_OF_DAY)
    return min(end, draft.at)


def start_clock(draft: Draft, rule: ClockRule, at: datetime, post: str = "") -> None:
    """Start a clock anew (``post``: an assisting unit's own); the same one that still runs stops first."""
    for other, running in tuple(draft.running_clocks()):
        if (running.name, running.post) == (rule.name, post):
            stop_clock(draft, other, running)
    clock = replace(clocks.start(rule, at), post=post)
    clock = replace(clock, deadline=clocks.deadline(rule, draft.case.calendar, clock))
    clock = _skip_past_rungs(draft, rule, clock)
    draft.change(clocks=(*draft.case.clocks, clock))
    detail = {**deadline_detail(clock), **_whose(clock)}
    draft.write("clock-started", clock=rule.name, basis=rule.basis, detail=detail)


def _whose(clock: ClockState) -> dict[str, Value]:
    return {"post": clock.post} if clock.post else {}


def deadline_detail(clock: ClockState) -> dict[str, bool | int | str]:
    due = clock.deadline
    if due is None:
        return {}
    at = due.at.astimezone(UTC).isoformat()  # one spelling, whatever zone the event's instant came in
    return {"due": due.day.isoformat(), "due_at": at, "provisional": due.provisional}


def _skip_past_rungs(draft: Draft, rule: ClockRule, clock: ClockState) -> ClockState:
    """Rungs that would lie before the clock's own start never come; each leaves an entry that says so."""
    assert clock.deadline is not None
    for rung in rule.rungs:
        at = rung_at(rule, draft.case.calendar, clock, rung, clock.deadline, draft.case.urgent)
        if rung.only_speaks and rung.point != "after" and at <= clock.started:
            clock = replace(clock, fired=(*clock.fired, fired_name(rung.name, 0)))
            draft.write("rung-skipped", clock=rule.name, rung=rung.name, detail={"why": "before-start"})
    return clock


def stop_clock(draft: Draft, rule: ClockRule, clock: ClockState) -> None:
    stopped = clocks.stop(rule, draft.case.calendar, clock, draft.at)
    draft.set_clock(stopped)
    draft.write(
        "clock-stopped",
        clock=rule.name,
        detail={"consumed": stopped.consumed, "overdue": bool(clock.breached), **_whose(clock)},
    )


def suspend(draft: Draft, reason: str) -> tuple[str, ...]:
    """Pause the clocks that a suspension stops; those expired or with no pause left run on."""
    paused = []
    for rule, clock in tuple(draft.running_clocks()):
        if is_pausable(rule, clock, reason):
            draft.set_clock(clocks.pause(rule, draft.case.calendar, clock, draft.at))
            paused.append(rule.name)
    draft.change(suspended=reason)
    draft.write("suspended", detail={"reason": reason, "clocks": ",".join(paused)})
    return tuple(paused)


def is_pausable(rule: ClockRule, clock: ClockState, reason: str) -> bool:
    return (
        rule.pause is not None
        and reason in rule.pause.on
        and clock.running is not None
        and clock.breached is None
        and clock.paused < rule.pause.at_most.units
    )


def end_suspension(draft: Draft) -> None:
    reason = draft.case.suspended or ""
    draft.change(suspended=None)
    draft.write("resumed", detail={"reason": reason})
    for rule, clock in tuple(draft.running_clocks()):
        if clock.paused_since:
            resume_clock(draft, rule, clock, draft.at)


def resume_clock(draft: Draft, rule: ClockRule, clock: ClockState, at: datetime) -> None:
    assert rule.pause is not None
    draft.set_clock(clocks.resume(rule.pause, draft.case.calendar, clock, at))


def reopen_future_rungs(draft: Draft, rule: ClockRule, clock: ClockState) -> ClockState:
    """After its deadline moved, a clock's rungs that now lie ahead will come again."""
    fresh = replace(clock, deadline=clocks.deadline(rule, draft.case.calendar, clock))
    if fresh.deadline is None:
        return fresh
    ahead = {
        rung.name
        for rung in rule.rungs
        if rung_at(rule, draft.case.calendar, fresh, rung, fresh.deadline, draft.case.urgent) > draft.at
    }
    return replace(fresh, fired=tuple(name for name in fresh.fired if name.partition("#")[0] not in ahead))
