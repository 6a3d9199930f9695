"""Whether a procedure whose names all exist makes sense as a whole."""

from collections.abc import Iterator, Mapping, Sequence

from casework.procedure import Post
from definitions.document import Document, Way
from definitions.facts import fact_faults
from definitions.fault import Fault
from definitions.handing import handing_faults
from definitions.ladder import ladder_faults
from definitions.limits import limit_faults
from definitions.naming import actions_in, clocks_in
from definitions.reach import reach_faults
from definitions.spelling import ActionSpelling, ProcedureSpelling
from definitions.terms import Condition


def sense_faults(
    document: Document, written: ProcedureSpelling, posts: Mapping[str, Post]
) -> Iterator[Fault]:
    """Contradictions, and what could never happen. Expects that every name exists."""
    yield from ladder_faults(document, written, posts)
    yield from limit_faults(document, written)
    yield from fact_faults(document, written, posts)
    yield from handing_faults(document, written)
    yield from reach_faults(document, written)
    yield from _default_faults(document, written)
    yield from _action_faults(document, written)
    for name in written.outcomes:
        if name in written.stages:
            zh, en = f"{name} 既是环节又是办理结果", f"{name} is both a stage and an outcome"
            yield document.fault(("outcomes", name), zh, en, key=True)


def _default_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    """Of alternatives, exactly the last has no condition, so that one always holds."""
    yield from _last_only(
        document, ("start",), [rule.when for rule in written.start], range(len(written.start))
    )
    grades = list(written.grades)
    yield from _last_only(document, ("grades",), [grade.when for grade in written.grades.values()], grades)
    for way, action in actions_in(written):
        ways = [to.when for to in action.to or ()]
        yield from _last_only(document, (*way, "to"), ways, range(len(ways)))


def _last_only(
    document: Document, way: Way, conditions: list[Condition | None], places: Sequence[str | int]
) -> Iterator[Fault]:
    for place, condition in list(zip(places, conditions, strict=True))[:-1]:
        if condition is None:
            zh, en = (
                "没有条件的只能是最后一项，其后的永远轮不到",
                "only the last may have no condition: those after never come",
            )
            yield document.fault((*way, place), zh, en)
    if conditions and conditions[-1] is not None:
        zh, en = (
            "最后一项不能有条件，否则可能无处可去",
            "the last must have no condition, or nothing might hold",
        )
        yield document.fault((*way, places[-1], "when"), zh, en, key=True)


def _action_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    paused = {reason for _, _, clock in clocks_in(written) if clock.pause for reason in clock.pause.on}
    for way, action in actions_in(written):
        if action.suspends and action.suspends not in paused:
            zh, en = f"没有时限因 {action.suspends} 中止", f"no clock pauses on {action.suspends}"
            yield document.fault((*way, "suspends"), zh, en)
        yield from _effect_faults(document, way, action)
    yield from _resumption_faults(document, written)


def _effect_faults(document: Document, way: Way, action: ActionSpelling) -> Iterator[Fault]:
    effects = [key for key in ("extends", "suspends", "resumes") if getattr(action, key)]
    if len(effects) > 1:
        zh, en = "一个动作只能延期、中止或恢复其中之一", "an action either extends, suspends or resumes"
        yield document.fault((*way, effects[1]), zh, en, key=True)
    if action.suspends and action.to:
        zh, en = "中止后仍在本环节，不能写 to", "a suspended case stays at its stage: remove to"
        yield document.fault((*way, "to"), zh, en, key=True)


def _resumption_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    """A suspension can be ended where it was begun, and begun where it can be ended."""
    for name, stage in written.stages.items():
        suspended = {action.suspends for action in stage.actions.values() if action.suspends}
        resumed = {action.resumes for action in stage.actions.values() if action.resumes}
        for act, action in stage.actions.items():
            way = ("stages", name, "actions", act)
            if action.suspends and action.suspends not in resumed:
                zh, en = (
                    f"本环节没有动作恢复 {action.suspends}",
                    f"no action of this stage resumes {action.suspends}",
                )
                yield document.fault((*way, "suspends"), zh, en)
            if action.resumes and action.resumes not in suspended:
                zh, en = (
                    f"本环节没有动作因 {action.resumes} 中止",
                    f"no action of this stage suspends {action.resumes}",
                )
                yield document.fault((*way, "resumes"), zh, en)
