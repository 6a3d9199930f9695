"""What goes wrong at the door: a filing that begins nowhere, a hidden urgency, an urgent case that waits."""

import re
from collections.abc import Iterator
from datetime import datetime

from casework.allowed import facts
from casework.case import Case
from casework.predicate import holds
from casework.procedure import ClockRule, Grade
from casework.verify.explore import Exploration, Node
from casework.verify.finding import Finding
from casework.verify.stories import story_to, told
from casework.verify.ways_in import clock_at, latest

ARTICLE = re.compile(r"第\d")


def door_findings(found: Exploration) -> Iterator[Finding]:
    yield from _refused_filings(found)
    filed = [node for node in found.nodes if node.parent is None]
    yield from _masked_urgency(found, filed)
    yield from _waiting_urgency(found, filed)


def _refused_filings(found: Exploration) -> Iterator[Finding]:
    """A level of the ladder at which nothing can be filed. A duty begins where it was planned."""
    levels: set[str] = set()
    for refused in found.refused:
        level = refused.filed.places[0].level
        if refused.act is None and level not in levels and found.procedure.kind != "duty":
            levels.add(level)
            yield Finding(
                "start-gap",
                ("start",),
                f"在 {level} 登记的事项没有起始环节，会被拒之门外：请为它写一条 start 规则",
                f"a case filed at the {level} has nowhere to begin and is turned away: give it a start rule",
                told(found, refused.filed, (), found.world.begins),
            )


def _masked_urgency(found: Exploration, filed: list[Node]) -> Iterator[Finding]:
    seen: set[str] = set()
    for node in filed:
        hidden = next((g for g in found.procedure.grades if _is_urgent(g, node.case)), None)
        if hidden and not node.case.urgent and node.case.grade not in seen:
            seen.add(node.case.grade)
            yield Finding(
                "masked-urgency",
                ("grades", node.case.grade),
                f"符合紧急等级 {hidden.name} 的事项会先被定为 {node.case.grade}：请把紧急等级写在前面",
                f"a case that is {hidden.name}, which is urgent, is graded {node.case.grade} first: "
                "put the urgent grade before it",
                story_to(found, node),
            )


def _is_urgent(grade: Grade, case: Case) -> bool:
    return grade.urgent and grade.when is not None and holds(grade.when, facts(case))


def _waiting_urgency(found: Exploration, filed: list[Node]) -> Iterator[Finding]:
    """The first deadline of an urgent case counts office time, so it waits over nights and holidays.

    Where an article says so, that is only a warning.
    """
    seen: set[str] = set()
    for node in filed:
        rule = _first_deadline(found, node.case)
        if node.case.urgent and rule and rule.budget.unit in ("wd", "wh") and rule.name not in seen:
            seen.add(rule.name)
            yield Finding(
                "urgent-waits",
                clock_at(found.procedure, rule.name, "budget"),
                f"紧急事项的首个期限 {rule.budget} 只算办公时间，夜间和节假日都在等：请用 h 或 d",
                f"the first limit of an urgent case, {rule.budget}, counts office time only, so it waits "
                "over nights and holidays: use h or d",
                story_to(found, node, until=_end(node.case, rule)),
                warning=bool(ARTICLE.search(rule.basis)),
            )


def _first_deadline(found: Exploration, case: Case) -> ClockRule | None:
    running = [clock for clock in case.clocks if clock.deadline and clock.stopped is None]
    duties = [clock for clock in running if not found.procedure.clock(clock.name).window]
    first = min(duties, key=lambda clock: clock.deadline.at if clock.deadline else case.as_of, default=None)
    return found.procedure.clock(first.name) if first else None


def _end(case: Case, rule: ClockRule) -> datetime:
    clock = latest(case, rule.name)
    return clock.deadline.at if clock and clock.deadline else case.as_of
