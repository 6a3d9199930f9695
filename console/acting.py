"""Taking an action in a case: who acts is found out, private fields are sealed, and the engine decides."""

from datetime import datetime

from casework.case import Actor, Case
from casework.decide import advance, decide_at
from casework.event import ActionTaken
from casework.fields import check
from casework.procedure import Action, Procedure
from console import telling
from console.answers import ActRequest, Done
from console.desk import Desk, not_found
from console.persons import acting_as
from console.problems import Problem
from console.standing import standing
from console.values import parted
from definitions.filing import handover, named
from definitions.typed import typed
from workflows.client import CaseNotRunning


async def act(desk: Desk, number: str, request: ActRequest, key: str) -> Done:
    """Take an action under a request key. Raises Problem or NotAllowed, and then nothing was changed.

    The core is asked first, here, so that what it refuses never reaches the engine; then the engine decides.
    """
    case = await standing(desk, number)
    if case is None:
        raise not_found(number)
    procedure = desk.edition_of(case)
    if case.handled_as(key):
        return telling.done(procedure, case, (), repeated=True)
    received = desk.now()
    at = case.time_of(received)
    event = _event(desk, procedure, _by_now(procedure, case, at), request, key)
    foreseen = decide_at(procedure, case, event, at)[-1]
    try:
        acted = await desk.engine.act(number, event, received)
    except CaseNotRunning:
        zh, en = "本事项刚刚办结", "the case has just ended"
        raise Problem(409, "case-ended", zh, en) from None
    after = foreseen.case if acted.seq == foreseen.seq else await standing(desk, number) or foreseen.case
    return telling.done(procedure, after, acted.entries, repeated=acted.repeated)


def _by_now(procedure: Procedure, case: Case, at: datetime) -> Case:
    """The case after all that time has had due, though nobody may have carried it out yet."""
    decisions = advance(procedure, case, at) if case.open else ()
    return decisions[-1].case if decisions else case


def _event(desk: Desk, procedure: Procedure, case: Case, request: ActRequest, key: str) -> ActionTaken:
    """The event. It holds for the stage that the request saw, or at which its actor was looked up."""
    stage = request.stage or case.stage
    action = _action(procedure, case, request.action) if stage == case.stage else None
    if action is None:
        return ActionTaken(request.action, Actor("official", request.as_, request.as_), key=key, stage=stage)
    actor = acting_as(procedure, case, request.action, request.as_)
    given = named(desk.library, action.requires, typed(action.requires, request.fields))
    places, holders = handover(desk.library, procedure, action, given)
    private = tuple(rule for rule in action.requires if rule.private and rule.name in given)
    check(private, {rule.name: given[rule.name] for rule in private})
    public, sealed = parted(action.requires, given, lambda field, text: desk.seal.close(case.id, field, text))
    return ActionTaken(request.action, actor, public, sealed, key, stage, places, holders)


def _action(procedure: Procedure, case: Case, name: str) -> Action | None:
    """The action of that name at the case's stage; the core says why where there is none."""
    if not case.open:
        return None
    return next((action for action in procedure.stage(case.stage).actions if action.name == name), None)
