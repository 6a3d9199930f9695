"""A story told as a scenario file: what proving a procedure found can be read, kept and played again."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from casework.calendar import Calendar
from casework.case import Holder
from casework.decision import NotAllowed
from casework.event import HoldersChanged
from casework.predicate import Value
from casework.procedure import Procedure
from casework.story import Step, Story, play
from casework.verify.samples import plain

_SIMPLE = re.compile(r"[\w\u4e00-\u9fff-]*[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]*|\d{4}-\d\d-\d\d")
_NOT_TEXT = ("true", "false")


def scenario_lines(title: str, story: Story, procedure: Procedure) -> Iterator[str]:
    """The lines of a scenario file that tells the story, and how it ends."""
    calendar = story.filed.calendar
    yield f"scenario: {_scalar(title)}"
    yield f"procedure: {story.procedure}"
    yield f"unit: {_scalar(story.filed.places[0].code)}"
    yield f"filed: {_minute(story.filed_at, calendar)}"
    yield f"fields: {_group(_given(story, procedure))}"
    if story.steps:
        yield "steps:"
    holders = story.filed.holders
    for step in story.steps:
        yield f"  - {_group(_step(step, calendar, holders))}"
        if isinstance(step.event, HoldersChanged):
            holders = step.event.holders
    yield f"until: {_minute(story.until, calendar)}"
    yield f"expect: {_group(_end(story, procedure))}"


def _given(story: Story, procedure: Procedure) -> dict[str, Value]:
    """What was filed; sealed fields get a text in place of their ciphertext."""
    sealed = {rule.name: plain(rule) for rule in procedure.intake if rule.name in story.filed.sealed}
    return {**story.filed.fields, **sealed}


def _step(step: Step, calendar: Calendar, holders: tuple[Holder, ...]) -> dict[str, object]:
    at: dict[str, object] = {"at": _Plain(_minute(step.at, calendar))}
    if isinstance(step.event, HoldersChanged):
        vacant = [holder.post for holder in holders if holder not in step.event.holders]
        return {**at, "hand_over": {"vacant": vacant, "reason": step.event.reason}}
    told = {**at, "action": step.action, "by": step.by}
    if step.fields:
        told["fields"] = dict(step.fields)
    if step.refused:
        told["refused"] = step.refused
    return told


def _end(story: Story, procedure: Procedure) -> dict[str, object]:
    try:
        case = play(procedure, story).case
    except NotAllowed:
        return {"stage": procedure.start[-1].to}  # the filing itself is refused
    return {"outcome": case.outcome} if case.outcome else {"stage": case.stage}


class _Plain(str):
    """Text that needs no quotes."""

    __slots__ = ()


def _group(values: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{name}: {_written(value)}" for name, value in values.items()) + "}"


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return _group(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    """A value as YAML; text is quoted unless it cannot be mistaken."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Plain | int):
        return str(value)
    text = str(value)
    return text if _SIMPLE.fullmatch(text) and text not in _NOT_TEXT else json.dumps(text, ensure_ascii=False)


def _minute(at: datetime, calendar: Calendar) -> str:
    """A moment in the calendar's zone; a part of a minute counts as the whole."""
    whole = at.replace(second=0, microsecond=0)
    local = calendar.local(whole if whole == at else whole + timedelta(minutes=1))
    return local.strftime("%Y-%m-%d %H:%M")
