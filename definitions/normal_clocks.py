"""Clocks and rungs as written, turned into the core's with every default written out."""

from casework.budget import Unit, parse_budget
from casework.procedure import ENTERED, ClockRule, Extension, PauseRule, Rung, RungPoint, Text
from definitions import words
from definitions.normal_terms import text
from definitions.spelling import CaseClockSpelling, ClockSpelling, RungSpelling

BREACH = Rung("breach", "breach")


def clock_rule(name: str, written: ClockSpelling, stage_title: Text | None) -> ClockRule:
    extend, pause = written.extend, written.pause
    return ClockRule(
        name=name,
        title=text(written.title) if written.title else stage_title or words.CLOCKS[name],
        budget=parse_budget(written.budget),
        rungs=_with_breach(tuple(rung(spelled) for spelled in written.rungs)),
        start=written.from_ if isinstance(written, CaseClockSpelling) else ENTERED,
        until=tuple(written.until or ()),
        extend=(
            Extension(parse_budget(extend.by), extend.times, extend.approver, extend.before_expiry)
            if extend
            else None
        ),
        pause=PauseRule(tuple(pause.on), parse_budget(pause.at_most)) if pause else None,
        window=written.window,
        basis=written.basis or "",
    )


def _with_breach(rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if any(each.point == "breach" for each in rungs):
        return rungs
    before = tuple(each for each in rungs if each.point != "after")
    return (*before, BREACH, *(each for each in rungs if each.point == "after"))


def rung(written: RungSpelling) -> Rung:
    point, amount, unit = _point(written.at)
    return Rung(
        name=written.at,
        point=point,
        amount=amount,
        unit=unit,
        every=parse_budget(written.every) if written.every else None,
        remind=tuple(written.remind or ()),
        warn=tuple(written.warn or ()),
        card=written.card,
        supervise=written.supervise,
        escalate=written.escalate,
        lapse=written.lapse,
        silence=written.silence,
        marks=tuple(written.marks or ()),
    )


def _point(at: str) -> tuple[RungPoint, int, Unit]:
    if at == "breach":
        return "breach", 0, "d"
    if at.endswith("%"):
        return "percent", int(at[:-1]), "d"
    budget = parse_budget(at[1:])
    return (
        ("before" if at[0] == "-" else "after"),
        budget.amount,
        budget.unit,
    )
