"""What the law allows: an office's limit may be shorter than its article says, a party's right never is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from casework import clock as clocks
from casework.budget import Budget
from casework.calendar import ONE_DAY, Calendar
from casework.case import Case, ClockState
from casework.procedure import ClockRule
from casework.story import Story
from casework.verify.days import retold
from casework.verify.explore import Edge, Exploration, Node
from casework.verify.finding import Finding
from casework.verify.stories import story_of, story_to
from casework.verify.ways_in import clock_at, clocks_of, latest

MONTHS = 120

_LAW = re.compile(r"[\u4e00-\u9fff]{2,}?(?:法|条例|办法|规定|规程)(?=[（(》第\s])")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_ARTICLE = re.compile(r"(\d+)(?:\s*至\s*(\d+))?(?![\d款项])")


@dataclass(frozen=True)
class Article:
    """What one article of a law says about time.

    ``duty``: the office's limit; ``by``, ``times``: how far and how often it can be extended, and whether
    only ``before_expiry``; ``right``: the time a party has; ``suspension``: whether it can be suspended.
    """

    law: str
    number: int
    duty: Budget | None = None
    by: Budget | None = None
    times: int = 0
    before_expiry: bool = True
    right: Budget | None = None
    suspension: bool = True

    def __str__(self) -> str:
        return f"{self.law}第{self.number}条"


def cited(basis: str, articles: Iterable[Article]) -> tuple[Article, ...]:
    """The known articles that a basis cites: 信访工作条例第22、23条, or 信访工作条例第31条第六项、第34条."""
    known = tuple(articles)
    names = [(match[0], match.end()) for match in _LAW.finditer(basis)]
    found: list[Article] = []
    for number, (law, begin) in enumerate(names):
        end = names[number + 1][1] if number + 1 < len(names) else len(basis)
        text = _BRACKETS.sub("", basis[begin:end])
        numbers = {n for match in _ARTICLE.finditer(text) for n in _range(match)}
        found += (each for each in known if each.law == law and each.number in numbers)
    return tuple(dict.fromkeys(found))


def _range(match: re.Match[str]) -> range:
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def law_findings(found: Exploration, articles: tuple[Article, ...]) -> Iterator[Finding]:
    for rule, _ in clocks_of(found.procedure):
        basis = cited(rule.basis, articles)
        rights = tuple(article for article in basis if article.right)
        duties = tuple(article for article in basis if article.duty)
        if rule.window and rights:
            yield from _right(found, rule, rights)
        elif not rule.window and duties:
            yield from _limit(found, rule, duties)
            yield from _extension(found, rule, duties)
            yield from _pause(found, rule, duties)


def _first(found: Exploration, name: str) -> Node | None:
    return next((n for n in found.nodes if (c := latest(n.case, name)) and c.stopped is None), None)


def _right(found: Exploration, rule: ClockRule, rights: tuple[Article, ...]) -> Iterator[Finding]:
    """A party's window is no shorter than the article gives."""
    article = min(rights, key=lambda each: each.right.units if each.right else 0)
    assert article.right is not None
    day = longer_on(found.world.calendar, rule, article.right, rule.budget)
    node = _first(found, rule.name)
    if day and node:
        yield Finding(
            "right-cut-short",
            clock_at(found.procedure, rule.name, "budget"),
            f"{article}给当事人 {article.right}，时限 {rule.name} 只有 {rule.budget}",
            f"{article} gives the party {article.right}, the clock {rule.name} only {rule.budget}",
            story_to(found, node, until=_end(node.case, rule.name)),
        )


def _limit(found: Exploration, rule: ClockRule, duties: tuple[Article, ...]) -> Iterator[Finding]:
    """An office's limit is no longer than the article says, on any day of the calendar."""
    article = max(duties, key=lambda each: each.duty.units if each.duty else 0)
    assert article.duty is not None
    day = longer_on(found.world.calendar, rule, rule.budget, article.duty)
    node = _first(found, rule.name)
    if day and node:
        on_zh, on_en = (
            ("", "")
            if rule.budget.unit == article.duty.unit
            else (f"（如 {day} 起算）", f" (from {day}, say)")
        )
        yield Finding(
            "longer-than-law",
            clock_at(found.procedure, rule.name, "budget"),
            f"{article}的期限是 {article.duty}，时限 {rule.name} 的 {rule.budget} 比它长{on_zh}",
            f"{article} allows {article.duty}; the clock {rule.name} of {rule.budget} is longer{on_en}",
            _begun_on(found, node, rule.name, day) or story_to(found, node, until=_end(node.case, rule.name)),
        )


def _begun_on(found: Exploration, node: Node, name: str, day: date) -> Story | None:
    """The story of a case whose clock starts on that day."""
    calendar = found.world.calendar
    for earlier in range(MONTHS):
        begin = calendar.instant(day - ONE_DAY * earlier, time(9))
        told = retold(found, node, begin)
        clock = latest(told[1], name) if told else None
        if told and clock and calendar.date_of(clock.started) == day:
            steps, case = told
            return Story(
                "verify-" + found.procedure.name,
                found.procedure.name,
                begin,
                node.filed,
                steps,
                _end(case, name),
            )
    return None


def _end(case: Case, name: str) -> datetime:
    clock = latest(case, name)
    return clock.deadline.at if clock and clock.deadline else case.as_of


def longer_on(calendar: Calendar, rule: ClockRule, one: Budget, other: Budget) -> date | None:
    """The first day of the published years from which ``one`` ends later than ``other``."""
    years = [year.year for year in calendar.years] or [2026]
    day, last = date(min(years), 1, 1), date(max(years), 12, 31)
    if one.unit == other.unit:
        return day if one.units > other.units else None
    while day <= last:
        if _deadline(calendar, rule, one, day) > _deadline(calendar, rule, other, day):
            return day
        day += ONE_DAY
    return None


def _deadline(calendar: Calendar, rule: ClockRule, budget: Budget, day: date) -> datetime:
    begun = replace(rule, budget=budget)
    deadline = clocks.deadline(begun, calendar, clocks.start(begun, calendar.instant(day, time(9))))
    assert deadline is not None
    return deadline.at


def _extension(found: Exploration, rule: ClockRule, duties: tuple[Article, ...]) -> Iterator[Finding]:
    """The shortest story in which an extension goes further, or comes oftener or later, than the law says."""
    for edge in found.edges:
        before = latest(found.nodes[edge.source].case, rule.name)
        after = latest(found.nodes[edge.target].case, rule.name)
        if before is None or after is None or after.extended <= before.extended:
            continue
        if not any(_lawful(rule, before, after, article) for article in duties):
            yield _unlawful(found, rule, duties[-1], edge)
            return


def _lawful(rule: ClockRule, before: ClockState, after: ClockState, article: Article) -> bool:
    if article.duty is None or after.extended > article.times or (before.breached and article.before_expiry):
        return False
    if article.by is None:
        return True  # the article sets no bound
    return article.by.unit == rule.budget.unit and after.allowed - before.allowed <= article.by.units


def _unlawful(found: Exploration, rule: ClockRule, article: Article, edge: Edge) -> Finding:
    by = f"{article.by or '…'} × {article.times}" if article.times else "0"
    return Finding(
        "extension-beyond-law",
        clock_at(found.procedure, rule.name, "extend"),
        f"{article}可延期：{by}，须在届满前；时限 {rule.name} 的延期超出了它",
        f"{article} allows extensions of {by}, before expiry; the clock {rule.name} is extended beyond that",
        story_of(found, edge),
    )


def _pause(found: Exploration, rule: ClockRule, duties: tuple[Article, ...]) -> Iterator[Finding]:
    if any(article.suspension for article in duties):
        return
    for node in found.nodes:
        clock = latest(node.case, rule.name)
        if node.case.open and clock and clock.paused_since and clock.stopped is None:
            yield Finding(
                "pause-against-law",
                clock_at(found.procedure, rule.name, "pause"),
                f"{duties[0]}没有规定中止，时限 {rule.name} 却可以停止计算",
                f"{duties[0]} knows no suspension, yet the clock {rule.name} can be stopped",
                story_to(found, node, until=node.case.as_of + timedelta(days=1)),
            )
            return
