"""Suspensions that nobody can end."""

from collections.abc import Iterator

from casework.verify.explore import Edge, Exploration, Node
from casework.verify.finding import Finding, action_at
from casework.verify.moves import Act
from casework.verify.reach import plain_act
from casework.verify.stories import attempt


def pause_findings(found: Exploration) -> Iterator[Finding]:
    """The first shape of each stage in which a case is suspended and can be resumed by nobody."""
    resumable = {edge.source for edge in found.edges if _resumes(found, edge)}
    told: set[tuple[str, str]] = set()
    for node in found.nodes:
        reason = node.case.suspended
        if not node.case.open or reason is None or (node.case.stage, reason) in told:
            continue
        if not resumable & _while_suspended(found, node):
            told.add((node.case.stage, reason))
            yield _no_resume(found, node, reason)


def _resumes(found: Exploration, edge: Edge) -> bool:
    """Whether a person ends a suspension and stays; leaving the stage does not count."""
    before, after = found.nodes[edge.source].case, found.nodes[edge.target].case
    left = not after.open or after.stage != before.stage
    return isinstance(edge.move, Act) and not left and bool(before.suspended) and after.suspended is None


def _while_suspended(found: Exploration, node: Node) -> set[int]:
    """Where a case can come to while the same suspension lasts."""
    seen, ahead = {node.number}, [node]
    while ahead:
        for edge in found.leaving(ahead.pop()):
            after = found.nodes[edge.target]
            if after.number not in seen and after.case.suspended == node.case.suspended:
                seen.add(after.number)
                ahead.append(after)
    return seen


def _no_resume(found: Exploration, node: Node, reason: str) -> Finding:
    stage = found.procedure.stage(node.case.stage)
    action = next((action for action in stage.actions if action.resumes == reason), stage.actions[0])
    return Finding(
        "no-resume",
        action_at(stage.name, action.name),
        f"事项在环节 {stage.name} 因 {reason} 中止后，没有人能恢复办理",
        f"once suspended for {reason} at {stage.name}, a case can be resumed by nobody",
        attempt(found, node, plain_act(found, stage.name, action.name)),
    )
