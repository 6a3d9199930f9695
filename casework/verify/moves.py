"""What can happen next to a case: an action at once, the same just before the next due moment, or time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from casework.allowed import Allowed, allowed
from casework.case import Case, Holder, Place
from casework.decide import decide, next_due
from casework.decision import Decision
from casework.event import ActionTaken, TimeReached
from casework.holders import actor_for, actors_for
from casework.predicate import Value
from casework.procedure import Action, Procedure
from casework.verify.conditions import Conditions
from casework.verify.samples import ways_to_fill
from casework.verify.world import World

MINUTE = timedelta(minutes=1)
STUTTER = 200

When = Literal["now", "late"]


@dataclass(frozen=True)
class Act:
    """An action taken at once, or just before the next due moment, by whoever answers as ``by``."""

    when: When
    action: str
    by: str
    fields: Mapping[str, Value]
    places: tuple[Place, ...] = ()
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Wait:
    """Time brings what is due next."""


Move = Act | Wait


def at_once(case: Case) -> datetime:
    """The first whole minute from now on: stories are told in minutes."""
    whole = case.as_of.replace(second=0, microsecond=0)
    return whole if whole == case.as_of else whole + MINUTE


def just_before(due: datetime) -> datetime:
    """The last whole minute before a moment."""
    return (due - timedelta(seconds=1)).replace(second=0, microsecond=0)


def moment(procedure: Procedure, case: Case, when: When) -> datetime | None:
    """When an action is taken; None where time comes first, or where it would be at once anyway."""
    due, now = next_due(procedure, case), at_once(case)
    if due is None:
        return now if when == "now" else None
    if when == "now":
        return now if now < due else None
    late = just_before(due)
    return late if late > now else None


def acts(world: World, conditions: Conditions, case: Case, when: When) -> Iterator[Act]:
    """Every action that someone may take, once for everything that the conditions can tell apart."""
    procedure = world.procedure
    at = moment(procedure, case, when)
    if at is None:
        return
    for each in allowed(procedure, case):
        fixed = {**world.named(each.action.requires), **days_to_try(conditions, case, each.action, at)}
        for to, places, holders in destinations(world, case, each.action):
            known = {**fixed, each.action.hands_to: (to,)} if each.action.hands_to else fixed
            for fields in ways_to_fill(each.action.requires, conditions, known):
                for by in speakers(procedure, case, each):
                    yield Act(when, each.action.name, by, fields, places, holders)


def destinations(
    world: World, case: Case, action: Action
) -> Iterator[tuple[str, tuple[Place, ...], tuple[Holder, ...]]]:
    """Where an action can hand a case to: the unit on another ladder at which its next stage is handled."""
    if not action.hands_to:
        yield "", (), ()
        return
    levels = [world.procedure.stage(way.to).level for way in action.to if world.procedure.has_stage(way.to)]
    here = {place.code for place in case.places}
    for ladder, holders in ((world.elsewhere, world.others), (world.ladder, world.holders)):
        ends = [n for n, place in enumerate(ladder) if place.level in levels and place.code not in here]
        if ends:
            yield ladder[ends[0]].code, ladder[ends[0] :], holders
            return


def speakers(procedure: Procedure, case: Case, each: Allowed) -> tuple[str, ...]:
    """As whom an action is taken: the first of those it is open to as which someone answers.

    A part of a joint handling is delivered by each assisting post for itself.
    """
    if each.action.delivers:
        return tuple(clock.post for clock in case.clocks if clock.post and clock.stopped is None)
    return tuple(by for by in each.action.by if actors_for(procedure, case, by))[:1]


def days_to_try(
    conditions: Conditions, case: Case, action: Action, at: datetime
) -> dict[str, tuple[Value, ...]]:
    """Dates are of today; those that start a clock also as early as the case itself."""
    today, first = case.calendar.date_of(at).isoformat(), case.calendar.date_of(case.filed).isoformat()
    starting = {mark.date_field for mark in action.marks}
    both = (today, first) if first != today else (today,)
    return {
        rule.name: both if rule.name in starting else (today,)
        for rule in action.requires
        if rule.type == "date" and rule.required and _any_day(conditions, rule.name)
    }


def _any_day(conditions: Conditions, field: str) -> bool:
    """Whether no condition tells one day from another."""
    return all(test.test == "given" for test in conditions.tests.get(field, ()))


def take(procedure: Procedure, case: Case, act: Act, at: datetime) -> Decision:
    """Raises NotAllowed."""
    actor = actor_for(procedure, case, act.by)
    event = ActionTaken(act.action, actor, act.fields, places=act.places, holders=act.holders)
    return decide(procedure, case, event, at)


def let_time_pass(procedure: Procedure, case: Case) -> Decision | None:
    due = next_due(procedure, case)
    return None if due is None else decide(procedure, case, TimeReached(), due)
