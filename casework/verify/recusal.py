"""Whether somebody still answers once an official or a unit must have no part in the case (回避)."""

from collections.abc import Iterator
from dataclasses import replace

from casework.case import Case, Role
from casework.decide import decide
from casework.decision import NotAllowed
from casework.event import Filed
from casework.procedure import Action, Stage
from casework.story import Story
from casework.verify.explore import Exploration, Node
from casework.verify.finding import Finding, Where, action_at
from casework.verify.moves import Act, acts, at_once, take
from casework.verify.stories import step_of, story_to, told

ROLES_ZH: dict[Role, str] = {"leader": "责任领导", "lead": "牵头单位", "assist": "责任单位"}


def recusal_findings(found: Exploration) -> Iterator[Finding]:
    if found.procedure.recuses:
        yield from _at_filing(found, found.procedure.recuses)
    for stage in found.procedure.stages:
        node = found.first_at(stage.name)
        for action in stage.actions if node else ():
            if action.recuses and node:
                yield from _by_action(found, node, stage, action, action.recuses)


def _at_filing(found: Exploration, field: str) -> Iterator[Finding]:
    """What the case is about may be any official on its ladder, or any unit below the top."""
    for filed in found.world.filings():
        below = [place.code for place in filed.places if place.level in found.world.inner[:-1]]
        for whom in (*below, *_officials(filed)):
            about = replace(filed, fields={**filed.fields, field: whom})
            try:
                case = decide(found.procedure, None, about, found.world.begins).case
            except NotAllowed:
                continue
            if not answered(case):
                story = told(found, about, (), found.world.begins)
                yield _unanswered(("recuses",), case, whom, story)
                return


def _officials(filed: Filed) -> tuple[str, ...]:
    units = {place.code for place in filed.places}
    return tuple(dict.fromkeys(holder.official for holder in filed.holders if holder.unit in units))


def _by_action(found: Exploration, node: Node, stage: Stage, action: Action, field: str) -> Iterator[Finding]:
    """Whoever answers may be recused, one at a time."""
    for held in node.case.responsibilities:
        act = _recusing(found, node, action, field, held.official)
        if act is None:
            continue
        at = at_once(node.case)
        case = take(found.procedure, node.case, act, at).case
        if not answered(case):
            story = story_to(found, node, step_of(act, at))
            yield _unanswered(action_at(stage.name, action.name), case, held.official, story)
            return


def _recusing(found: Exploration, node: Node, action: Action, field: str, whom: str) -> Act | None:
    tried = acts(found.world, found.conditions, node.case, "now")
    act = next((act for act in tried if act.action == action.name), None)
    return replace(act, fields={**act.fields, field: whom}) if act else None


def answered(case: Case) -> bool:
    return all(held.official for held in case.responsibilities)


def _unanswered(where: Where, case: Case, whom: str, story: Story) -> Finding:
    """Only a warning where leader and lead still answer, and just an assisting unit is missing."""
    roles = [held.role for held in case.responsibilities if not held.official]
    return Finding(
        "unanswered",
        where,
        f"{whom} 回避后，环节 {case.stage} 没有人承担：{'、'.join(ROLES_ZH[role] for role in roles)}",
        f"once {whom} has no part in it, nobody at {case.stage} answers as {', '.join(roles)}",
        story,
        warning=set(roles) == {"assist"},
    )
