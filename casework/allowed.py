"""Which actions are open now, and to whom."""

from dataclasses import dataclass

from casework.case import Actor, Case
from casework.holders import actors_for
from casework.predicate import Fields, Value, holds
from casework.procedure import Action, Procedure


@dataclass(frozen=True)
class Allowed:
    """An action that is open now, and who may take it."""

    action: Action
    holders: tuple[Actor, ...]


def allowed(procedure: Procedure, case: Case) -> tuple[Allowed, ...]:
    """The actions open at the case's stage at this moment; none once it has ended."""
    if not case.open:
        return ()
    return tuple(
        Allowed(action, who(procedure, case, action))
        for action in procedure.stage(case.stage).actions
        if is_open(procedure, case, action)
    )


def who(procedure: Procedure, case: Case, action: Action) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys(a for role in action.by for a in actors_for(procedure, case, role)))


def facts(case: Case, given: Fields | None = None) -> Fields:
    """What conditions are tested against: the case's fields, those just given, and what the case has seen.

    ``filed_at``: the level where it was filed; ``bounces``: how often it was handed back; ``handed_on``:
    whether there is a unit to hand it back to; ``awaited``: how many assisting units have their part to do.
    """
    awaited = sum(1 for clock in case.clocks if clock.post and not clock.stopped)
    known: dict[str, Value] = {
        "filed_at": case.origin.level,
        "bounces": case.bounces,
        "handed_on": bool(case.came_from),
        "awaited": awaited,
    }
    return {**case.fields, **(given or {}), **known}


def is_open(procedure: Procedure, case: Case, action: Action) -> bool:
    if not holds(action.when, facts(case)):
        return False
    if action.suspends:
        return case.suspended is None
    if action.resumes:
        return case.suspended == action.resumes
    if action.extends:
        return _may_extend(procedure, case, action.extends)
    return bool(case.came_from) if action.hands_back else True


def _may_extend(procedure: Procedure, case: Case, name: str) -> bool:
    rule, clock = procedure.clock(name), case.clock(name)
    if rule.extend is None or clock is None or clock.stopped or clock.extended >= rule.extend.times:
        return False
    return clock.breached is None or not rule.extend.before_expiry
