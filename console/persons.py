"""Who a request says is acting: an official by id or name, a role or post of the case, or the party."""

from casework.allowed import who
from casework.case import Actor, Case
from casework.decision import NotAllowed
from casework.holders import actors_for
from casework.procedure import PARTY, ROLES, Procedure
from console.desk import Desk
from console.problems import Problem


def acting_as(procedure: Procedure, case: Case, action: str, named: str) -> Actor:
    """The actor that ``named`` stands for when taking an action.

    Raises Problem (403 not-yours) where it is nobody, or more than one of those who may. Whether the one
    found may take the action is for the core to say.
    """
    may = _who_may(procedure, case, action)
    known = _known_as(procedure, case, named)
    fitting = [actor for actor in known if actor in may]
    if len(fitting) == 1 or (known and not fitting):
        return (fitting or known)[0]
    names = "、".join(f"{actor.name}({actor.id})" for actor in may) or "无人"
    if fitting:
        zh, en = f"“{named}”不止一人", f"{named!r} is more than one person"
    else:
        zh, en = f"本事项没有责任人“{named}”", f"nobody in this case is {named!r}"
    raise Problem(403, "not-yours", f"{zh}；可办理的是：{names}", f"{en}; those who may: {names}")


def on_the_roster(desk: Desk, named: str) -> Actor:
    """An official of the county, by id or name. Raises NotAllowed (not-yours)."""
    found = [o for o in desk.library.roster.officials.values() if named in (o.id, o.name)]
    if len(found) == 1:
        return Actor("official", found[0].id, found[0].name)
    zh, en = ("不止一人", "more than one person") if found else ("不在名册内", "not on the roster")
    raise NotAllowed("not-yours", f"“{named}”{zh}", f"{named!r} is {en}")


def _who_may(procedure: Procedure, case: Case, action: str) -> tuple[Actor, ...]:
    here = (each for each in procedure.stage(case.stage).actions if each.name == action)
    return tuple(actor for each in here for actor in who(procedure, case, each))


def _known_as(procedure: Procedure, case: Case, named: str) -> list[Actor]:
    if named in (PARTY, *ROLES) or any(post.name == named for post in procedure.posts):
        return list(actors_for(procedure, case, named))
    posts = (actor for post in procedure.posts for actor in actors_for(procedure, case, post.name))
    held = (Actor("official", h.official, h.name) for h in case.holders)
    return [actor for actor in dict.fromkeys((*posts, *held)) if named in (actor.id, actor.name)]
