"""Cases about one matter: merged into one another, or linked. Every petitioner keeps a receipt."""

from casework.case import ClockState
from casework.decision import NotAllowed
from casework.draft import Draft
from casework.event import CaseJoined, CaseLinked, CaseMerged
from casework.procedure import MERGED
from casework.stages import deadline_detail, end, leave


def join(draft: Draft, event: CaseJoined) -> None:
    """Another case goes on within this one. Of two deadlines of one clock the earlier holds for both."""
    _refuse_twice(draft, event.other, (*draft.case.joined, draft.case.id))
    draft.remember(event.key)
    draft.change(joined=(*draft.case.joined, event.other))
    draft.write("joined", actor=event.actor, detail={"other": event.other, "reason": event.reason})
    for theirs in event.clocks:
        ours = draft.case.clock(theirs.name, theirs.post)
        if ours and _is_earlier(theirs, ours):
            draft.set_clock(theirs)
            was = {"from": ours.deadline.day.isoformat()} if ours.deadline else {}
            draft.write(
                "recalculated",
                clock=ours.name,
                detail={**was, "other": event.other, **deadline_detail(theirs)},
            )


def _is_earlier(theirs: ClockState, ours: ClockState) -> bool:
    """Whether both run and theirs ends first."""
    if not (theirs.running and ours.running and theirs.deadline and ours.deadline) or ours.breached:
        return False
    return theirs.breached is None and theirs.deadline.at < ours.deadline.at


def merge(draft: Draft, event: CaseMerged) -> None:
    """This case goes on within another: it ends here, and whoever holds its receipt follows the other."""
    _refuse_twice(draft, event.into, (draft.case.id,))
    draft.remember(event.key)
    draft.change(merged_into=event.into)
    draft.write("merged", actor=event.actor, detail={"into": event.into, "reason": event.reason})
    leave(draft, "merged")
    end(draft, MERGED.name)


def link(draft: Draft, event: CaseLinked) -> None:
    """Another case has to do with this one; each goes its own way."""
    _refuse_twice(draft, event.other, (*draft.case.linked, draft.case.id))
    draft.remember(event.key)
    draft.change(linked=(*draft.case.linked, event.other))
    draft.write("linked", actor=event.actor, detail={"other": event.other, "reason": event.reason})


def _refuse_twice(draft: Draft, other: str, known: tuple[str, ...]) -> None:
    if other in known:
        raise NotAllowed(
            "not-mergeable",
            f"{other} 与 {draft.case.id} 是同一事项,或已合并、关联",
            f"{other} and {draft.case.id} are the same case, or are merged or linked already",
        )
