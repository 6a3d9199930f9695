"""Merging a case into another about the same matter, and linking two: whoever answers for it decides."""

from casework.case import Actor, Case
from casework.event import CaseJoined, CaseLinked, CaseMerged
from casework.holders import those_meant
from casework.procedure import Procedure
from console import telling
from console.answers import Done, LinkRequest, MergeRequest
from console.desk import Desk, not_found
from console.problems import Problem
from console.standing import standing
from workflows.client import CaseNotRunning
from workflows.messages import Fact


async def merge(desk: Desk, number: str, into: str, request: MergeRequest, key: str) -> Done:
    """Merge a case into another. Raises Problem or NotAllowed.

    The other case learns of it first. Should we die in between, the same request again completes it.
    """
    merged, main = await _open_case(desk, number), await _open_case(desk, into)
    if merged.merged_into == into:
        return telling.done(desk.edition_of(merged), merged, (), repeated=True)
    if merged.procedure != main.procedure:
        zh, en = (
            "两个事项的办理程序不同，只能关联",
            "the two run under different procedures: link them instead",
        )
        raise Problem(409, "not-mergeable", zh, en)
    actor = answers_for(desk.edition_of(main), main, request.as_)
    joined = CaseJoined(number, merged.clocks, actor, request.reason, f"{key}:joined")
    if number not in main.joined:
        await _tell(desk, into, joined, joined.key)
    return await _tell(desk, number, CaseMerged(into, actor, request.reason, key), key)


async def link(desk: Desk, number: str, other: str, request: LinkRequest, key: str) -> Done:
    """Link a case to another. Raises Problem or NotAllowed."""
    case = await _open_case(desk, number)
    await _open_case(desk, other)
    actor = answers_for(desk.edition_of(case), case, request.as_)
    return await _tell(desk, number, CaseLinked(other, actor, request.reason, key), key)


def answers_for(procedure: Procedure, case: Case, named: str) -> Actor:
    """The leader or the lead of a case, by role, id or name. Raises Problem (403 not-yours)."""
    held = [r for role in ("lead", "leader") for r in those_meant(procedure, case, role) if r.official]
    found = [r for r in held if named in (r.role, r.official, r.name)]
    if found:
        return Actor("official", found[0].official, found[0].name)
    names = "、".join(dict.fromkeys(f"{r.name}（{r.official}）" for r in held)) or "无人"
    zh, en = f"“{named}”不是该事项的责任领导或牵头单位；可办理的是：{names}", f"those who may: {names}"
    raise Problem(403, "not-yours", zh, en)


async def _open_case(desk: Desk, number: str) -> Case:
    case = await standing(desk, number)
    if case is None:
        raise not_found(number)
    return case


async def _tell(desk: Desk, number: str, fact: Fact, key: str) -> Done:
    try:
        told = await desk.engine.tell(number, fact, desk.now(), key)
    except CaseNotRunning:
        zh, en = f"事项 {number} 已经办结", f"the case {number} has ended"
        raise Problem(409, "case-ended", zh, en) from None
    after = await _open_case(desk, number)
    return telling.done(desk.edition_of(after), after, told.entries, repeated=told.repeated)
