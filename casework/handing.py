"""Handing a case from one unit to another and back, doing one's part of a joint handling, and recusal."""

from casework.decision import NotAllowed
from casework.draft import Draft
from casework.event import ActionTaken
from casework.stages import stop_clock


def hand_on(draft: Draft, event: ActionTaken, unit: str) -> None:
    """The case goes to another unit (转送、交办): that unit's ladder becomes the case's own.

    Its clocks run on: what the law counts from receipt does not begin anew where an office was the wrong one.
    """
    case = draft.case
    if unit in (place.code for place in case.places):
        raise NotAllowed("same-unit", f"事项本就在单位 {unit} 的层级内", f"the case lies with {unit} already")
    if not event.places or event.places[0].code != unit:
        raise NotAllowed("unknown-unit", f"名录中没有单位 {unit}", f"there is no unit {unit}")
    theirs = {place.code for place in event.places}
    others = tuple(holder for holder in case.holders if holder.unit not in theirs)
    before, after = case.places[0], event.places[0]
    draft.change(
        places=event.places, holders=(*others, *event.holders), came_from=(*case.came_from, case.places)
    )
    detail = {"from": before.name, "to": after.name, "unit": after.code}
    draft.write("handed-on", actor=event.actor, detail=detail)


def hand_back(draft: Draft, event: ActionTaken) -> None:
    """The case goes back to the unit that it came from. That is a bounce (退回), and it is counted."""
    case = draft.case
    if not case.came_from:
        raise NotAllowed(
            "nowhere-back",
            "本事项不是转来的,无处可退",
            "the case came from no other unit: there is nowhere back",
        )
    *earlier, places = case.came_from
    bounces = case.bounces + 1
    draft.change(places=places, came_from=tuple(earlier), bounces=bounces)
    unit = {"from": case.places[0].name, "to": places[0].name, "unit": places[0].code}
    draft.write("handed-back", actor=event.actor, detail={**unit, "bounces": bounces})


def recuse(draft: Draft, event: ActionTaken, whom: str) -> None:
    """An official or a unit has no part in the case any more (回避, 信访工作条例第28条)."""
    draft.change(recused=tuple(dict.fromkeys((*draft.case.recused, whom))))
    draft.write("recused", actor=event.actor, detail={"whom": whom})


def deliver(draft: Draft, event: ActionTaken) -> None:
    """An assisting unit has done its part: its own clock stops (联合办理)."""
    mine = {
        held.vacant or held.post
        for held in draft.case.responsibilities
        if held.role == "assist" and held.official == event.actor.id
    }
    awaited = [(rule, clock) for rule, clock in draft.running_clocks() if clock.post and clock.post in mine]
    if not awaited:
        raise NotAllowed(
            "nothing-awaited",
            "没有等待您提交的协办事项",
            "nothing is awaited from you in this joint handling",
        )
    for rule, clock in awaited:
        stop_clock(draft, rule, clock)
        draft.write("delivered", actor=event.actor, clock=rule.name, detail={"post": clock.post})
