"""Who answers: posts resolved to the people who hold them, and what happens where nobody does."""

from casework.case import Actor, Case, Holder, Responsibility
from casework.decision import NotAllowed
from casework.procedure import PARTY, ROLES, Procedure, Stage

PARTY_ACTOR = Actor("party", PARTY, "当事人")


def holder_of(procedure: Procedure, case: Case, post: str) -> Holder | None:
    """Who holds a post on the case's ladder; None where it is vacant, or its holder or unit is recused."""
    holder = listed(procedure, case, post)
    return None if holder is None or {holder.official, holder.unit} & {*case.recused} else holder


def listed(procedure: Procedure, case: Case, post: str) -> Holder | None:
    """Who is listed for a post on the case's ladder."""
    place = case.place(procedure.post(post).level)
    if place is None:
        return None
    return next((h for h in case.holders if h.post == post and h.unit == place.code), None)


def is_recused(procedure: Procedure, case: Case, post: str) -> bool:
    """Whether a post has a holder who must have no part in the case (信访工作条例第28条)."""
    return listed(procedure, case, post) is not None and holder_of(procedure, case, post) is None


def substitute(procedure: Procedure, case: Case, stage: Stage) -> Holder | None:
    """Who answers when a post of a stage is vacant: the named substitute, else whoever holds the top."""
    posts = (stage.responsible.vacant, procedure.top.hold)
    return next(filter(None, (holder_of(procedure, case, post) for post in posts)), None)


def unit_of(procedure: Procedure, case: Case, post: str) -> str:
    place = case.place(procedure.post(post).level)
    return place.code if place else case.places[-1].code


def answering(procedure: Procedure, case: Case, post: str) -> Responsibility:
    """Whoever answers for a post now, as an unnumbered responsibility; its official is empty where none."""
    stage = procedure.stage(case.stage)
    holder = holder_of(procedure, case, post)
    if holder:
        return Responsibility(
            0, "lead", post, holder.unit, holder.official, holder.name, stage.name, case.as_of
        )
    instead = substitute(procedure, case, stage)
    if instead is None:
        return Responsibility(0, "lead", post, unit_of(procedure, case, post), "", "", stage.name, case.as_of)
    return Responsibility(
        0,
        "lead",
        instead.post,
        instead.unit,
        instead.official,
        instead.name,
        stage.name,
        case.as_of,
        vacant=post,
    )


def those_meant(procedure: Procedure, case: Case, whom: str) -> tuple[Responsibility, ...]:
    """The responsibilities that a role of the stage, or a post, stands for at this moment."""
    if whom in ROLES:
        return tuple(r for r in case.responsibilities if r.role == whom)
    return (answering(procedure, case, whom),)


def actors_for(procedure: Procedure, case: Case, whom: str) -> tuple[Actor, ...]:
    """Who may act as a role, a post or the party."""
    if whom == PARTY:
        return (PARTY_ACTOR,)
    if whom not in ROLES and all(post.name != whom for post in procedure.posts):
        return ()
    return tuple(
        dict.fromkeys(
            Actor("official", r.official, r.name) for r in those_meant(procedure, case, whom) if r.official
        )
    )


def actor_for(procedure: Procedure, case: Case, whom: str) -> Actor:
    """The first who may act as a role, post or party. Raises NotAllowed where nobody does."""
    actors = actors_for(procedure, case, whom)
    if not actors:
        raise NotAllowed(
            "not-yours",
            f"本事项当前没有人以“{whom}”身份承办",
            f"nobody answers as {whom!r} for this case now",
        )
    return actors[0]
