"""What people do: an action is checked against stage, person and fields, and then has its effects."""

from dataclasses import replace
from difflib import get_close_matches

from casework import handing
from casework.allowed import allowed, facts, who
from casework.case import Case, ClockState
from casework.clock import extend
from casework.decision import NotAllowed, RefusalCode
from casework.draft import Draft
from casework.event import ActionTaken
from casework.fields import check
from casework.predicate import Value, holds
from casework.procedure import Action, Procedure
from casework.stages import (
    deadline_detail,
    end_suspension,
    first_way,
    go,
    is_pausable,
    mark_by_action,
    reassign,
    reopen_future_rungs,
    suspend,
)

KEPT_TYPES = ("flag", "integer", "choice", "date", "unit")


def act(draft: Draft, event: ActionTaken) -> None:
    """Carry out an action, or raise NotAllowed with the case untouched."""
    _check_stage(draft, event)
    action = _action(draft.procedure, draft.case, event)
    _check_actor(draft.procedure, draft.case, action, event)
    if not holds(action.when, facts(draft.case)):
        raise _refused(
            draft,
            "condition-not-met",
            "本事项不具备采取此动作的条件",
            "the condition for this action is not met",
        )
    fields = check(action.requires, event.fields, event.sealed)
    _check_dates(draft, action, fields)
    _record(draft, action, event, fields)
    _affect_clocks(draft, action)
    mark_by_action(draft, action.marks, fields)
    if action.delivers:
        handing.deliver(draft, event)
    if action.recuses:
        handing.recuse(draft, event, str(fields[action.recuses]))
    if action.hands_to:
        handing.hand_on(draft, event, str(fields[action.hands_to]))
    if action.hands_back:
        handing.hand_back(draft, event)
    to = first_way(action.to, facts(draft.case, fields))
    if to:
        _check_ladder(draft, to)
        go(draft, to, f"acted:{action.name}")
    elif action.hands_to or action.hands_back or action.recuses:
        reassign(draft, event.actor, action.name)


def _check_ladder(draft: Draft, to: str) -> None:
    """The unit that the case lies with now has one of the level that the next stage is handled at."""
    if not draft.procedure.has_stage(to):
        return
    level = draft.procedure.level(draft.procedure.stage(to).level)
    if draft.case.place(level.name) is None and not level.external:
        zh = f"下一环节在{level.title.zh}办理,请写明{level.title.zh}"
        raise NotAllowed("unknown-unit", zh, f"the next stage is handled at a {level.title.en}: name one")


def _check_stage(draft: Draft, event: ActionTaken) -> None:
    if event.stage in ("", draft.case.stage):
        return
    now = draft.procedure.stage(draft.case.stage)
    zh = f"本事项已转入“{now.title.zh}”,请查看后再办理"
    en = f"the case has meanwhile moved to stage {now.name}; look at it again before acting"
    raise _refused(draft, "overtaken", zh, en)


def _action(procedure: Procedure, case: Case, event: ActionTaken) -> Action:
    stage = procedure.stage(case.stage)
    found = next((action for action in stage.actions if action.name == event.action), None)
    if found:
        return found
    names = tuple(a.action.name for a in allowed(procedure, case))
    elsewhere = [s for s in procedure.stages for action in s.actions if action.name == event.action]
    if elsewhere:
        zh = f"当前环节“{stage.title.zh}”不能办理 {event.action},该动作属于“{elsewhere[0].title.zh}”"
        en = f"{event.action} is not open at stage {stage.name}; it belongs to {elsewhere[0].name}"
        raise NotAllowed("untimely-action", zh, en, names)
    known = sorted({action.name for s in procedure.stages for action in s.actions})
    close = get_close_matches(event.action, known, n=1)
    zh = f"没有名为 {event.action} 的办理动作" + (f";是否想办理 {close[0]}?" if close else "")
    en = f"there is no action {event.action}" + (f"; did you mean {close[0]}?" if close else "")
    raise NotAllowed("unknown-action", zh, en, names)


def _check_actor(procedure: Procedure, case: Case, action: Action, event: ActionTaken) -> None:
    may = who(procedure, case, action)
    if any(actor.kind == event.actor.kind and actor.id == event.actor.id for actor in may):
        return
    names = "、".join(actor.name for actor in may) or "无人"
    raise NotAllowed(
        "not-yours",
        f"{event.actor.name}不能办理“{action.title.zh}”;可办理的是:{names}",
        f"{event.actor.name} may not take {action.name}; those who may: {names}",
        tuple(a.action.name for a in allowed(procedure, case) if event.actor in a.holders),
    )


def _check_dates(draft: Draft, action: Action, fields: dict[str, Value]) -> None:
    """A date that starts a clock lies between the filing and today."""
    calendar, case = draft.case.calendar, draft.case
    first, last = calendar.date_of(case.filed).isoformat(), calendar.date_of(draft.at).isoformat()
    for mark in action.marks:
        if mark.date_field and not first <= str(fields.get(mark.date_field, "")) <= last:
            raise NotAllowed(
                "bad-field",
                f"{mark.date_field} 应在登记日 {first} 与今天 {last} 之间",
                f"{mark.date_field} must lie between the filing on {first} and today, {last}",
            )


def _record(draft: Draft, action: Action, event: ActionTaken, fields: dict[str, Value]) -> None:
    kept = {
        rule.name: fields[rule.name]
        for rule in action.requires
        if rule.type in KEPT_TYPES and rule.name in fields
    }
    draft.change(fields={**draft.case.fields, **kept})
    draft.remember(event.key)
    sealed = {f"sealed.{name}": text for name, text in event.sealed.items()}
    mine = next((r for r in draft.case.responsibilities if r.official == event.actor.id), None)
    draft.write(
        "acted",
        actor=event.actor,
        about=mine,
        basis=action.basis,
        detail={"action": action.name, **fields, **sealed},
    )


def _affect_clocks(draft: Draft, action: Action) -> None:
    if action.extends:
        _extend(draft, action.extends)
    if action.suspends:
        _suspend(draft, action.suspends)
    if action.resumes:
        if draft.case.suspended != action.resumes:
            raise _refused(
                draft, "not-suspended", "本事项并未因此中止", "the case is not suspended for this reason"
            )
        end_suspension(draft)


def _extend(draft: Draft, name: str) -> None:
    """Extend a clock: a bounded number of times, and before it expires."""
    rule, clock = draft.procedure.clock(name), draft.case.clock(name)
    if clock is None or clock.stopped or rule.extend is None:
        raise _refused(
            draft, "clock-not-running", f"时限“{rule.title.zh}”没有在计算", f"the clock {name} is not running"
        )
    if clock.extended >= rule.extend.times:
        zh, en = (
            f"最多延期 {rule.extend.times} 次,已用完",
            f"it may be extended {rule.extend.times} time(s), all used",
        )
        raise _refused(draft, "extension-spent", zh, en)
    if clock.breached and rule.extend.before_expiry:
        raise _refused(
            draft, "extension-late", "期限届满后不得延期", "an expired deadline cannot be extended"
        )
    longer = reopen_future_rungs(draft, rule, extend(_unbreached(clock), rule.extend.by))
    draft.set_clock(longer)
    detail = deadline_detail(longer)
    if clock.deadline:
        detail["from"] = clock.deadline.day.isoformat()
    draft.write("extended", clock=name, basis=rule.basis, detail={"by": str(rule.extend.by), **detail})


def _unbreached(clock: ClockState) -> ClockState:
    return replace(clock, breached=None, fired=tuple(f for f in clock.fired if f != "breach"))


def _suspend(draft: Draft, reason: str) -> None:
    if draft.case.suspended:
        raise _refused(draft, "already-suspended", "本事项已经中止", "the case is suspended already")
    if not any(is_pausable(rule, clock, reason) for rule, clock in draft.running_clocks()):
        raise _refused(
            draft,
            "pause-spent",
            "没有可中止的时限,或中止期限已用完",
            "no clock can be paused, or its pause is used up",
        )
    suspend(draft, reason)


def _refused(draft: Draft, code: RefusalCode, zh: str, en: str) -> NotAllowed:
    return NotAllowed(code, zh, en, tuple(a.action.name for a in allowed(draft.procedure, draft.case)))
