"""Whether the time limits of a procedure make sense: rungs, windows, extensions and pauses."""

from collections.abc import Iterator

from casework.budget import parse_budget
from definitions.document import Document, Way
from definitions.fault import Fault
from definitions.naming import actions_in, clocks_in
from definitions.normal_clocks import rung as normalised_rung
from definitions.spelling import ClockSpelling, ProcedureSpelling, RungSpelling

SHORTEST_MONTH, LONGEST_MONTH = 28, 31


def limit_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, way, clock in clocks_in(written):
        if name in seen:
            zh, en = f"时限名 {name} 重复，请写 name", f"a clock named {name} stands already: give it a name"
            yield document.fault(way, zh, en, key=True)
            continue
        seen.add(name)
        for number, rung in enumerate(clock.rungs):
            yield from _rung_faults(document, (*way, "rungs", number), clock, rung)
        yield from _twice(document, way, clock)
        yield from _window_faults(document, way, clock)
        yield from _extension_faults(document, way, name, clock, written)
        yield from _pause_faults(document, way, clock)
    yield from _mark_faults(document, written)


def _rung_faults(document: Document, way: Way, clock: ClockSpelling, rung: RungSpelling) -> Iterator[Fault]:
    point = normalised_rung(rung)
    acts = [rung.card, rung.supervise, rung.escalate, rung.lapse, rung.silence]
    if not (rung.remind or rung.warn or any(acts) or point.point == "breach"):
        yield document.fault(way, "这一节点什么也不做", "nothing happens at this rung")
    if rung.lapse and not (clock.window and point.point == "breach"):
        zh = "lapse 只能用于权利期（window: true）的 breach"
        yield document.fault(
            (*way, "lapse"), zh, "lapse belongs to the breach of a window (window: true)", key=True
        )
    if rung.silence and (clock.window or point.point in ("percent", "before") or rung.escalate):
        zh = "silence 只能用于单位时限的 breach 或其后，且不能与 escalate 同写"
        en = "silence belongs to an office's breach or after it, and not beside escalate"
        yield document.fault((*way, "silence"), zh, en, key=True)
    if rung.marks and not (rung.lapse or rung.silence):
        zh, en = "节点的 marks 须与 lapse 或 silence 同写", "a rung's marks go with lapse or silence"
        yield document.fault((*way, "marks"), zh, en, key=True)
    if rung.escalate and point.point in ("percent", "before"):
        zh, en = "未到期不能提级：请用 breach 或其后", "time escalates at breach or after it, not before"
        yield document.fault((*way, "escalate"), zh, en, key=True)
    if point.point == "before" and _at_least(point.amount, point.unit, clock.budget):
        zh, en = f"提前量不能达到或超过期限 {clock.budget}", f"lies before the clock of {clock.budget} starts"
        yield document.fault((*way, "at"), zh, en)


def _at_least(amount: int, unit: str, budget: str) -> bool:
    """Whether so long before the end surely lies at or before the beginning."""
    limit = parse_budget(budget)
    match unit, limit.unit:
        case ("d" | "wd", "m"):
            return amount >= limit.amount * LONGEST_MONTH
        case ("m", "d"):
            return amount * SHORTEST_MONTH >= limit.amount
    return amount >= limit.amount and (unit == limit.unit or (unit, limit.unit) in (("wd", "d"), ("wh", "h")))


def _twice(document: Document, way: Way, clock: ClockSpelling) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, rung in enumerate(clock.rungs):
        if rung.at in seen:
            zh, en = f"节点 {rung.at} 重复，请合并", f"the rung {rung.at} stands twice: write one"
            yield document.fault((*way, "rungs", number, "at"), zh, en)
        seen.add(rung.at)


def _window_faults(document: Document, way: Way, clock: ClockSpelling) -> Iterator[Fault]:
    if not clock.window:
        return
    if not any(rung.at == "breach" and (rung.lapse or rung.remind) for rung in clock.rungs):
        zh = "权利期须写 {at: breach, lapse: 去向}；届满而事项不动的，写 {at: breach, remind: 谁}"
        en = (
            "a window needs {at: breach, lapse: where to}, or where the case stays {at: breach, remind: whom}"
        )
        yield document.fault((*way, "window"), zh, en, key=True)
    for number, rung in enumerate(clock.rungs):
        at = (*way, "rungs", number)
        for key, value in (("card", rung.card), ("supervise", rung.supervise), ("escalate", rung.escalate)):
            if value:
                zh, en = (
                    "权利期届满不是单位的过错",
                    "the end of a party's window is no fault of an office",
                )
                yield document.fault((*at, key), zh, en, key=True)
        if rung.at.startswith("+"):
            yield document.fault(
                (*at, "at"), "权利期届满即止，其后没有节点", "a window ends: nothing comes after"
            )


def _extension_faults(
    document: Document, way: Way, name: str, clock: ClockSpelling, written: ProcedureSpelling
) -> Iterator[Fault]:
    extending = [(where, action) for where, action in actions_in(written) if action.extends == name]
    if clock.extend is None:
        for where, _ in extending:
            zh, en = (
                f"时限 {name} 没有写 extend，不能延期",
                f"the clock {name} has no extend, so cannot be extended",
            )
            yield document.fault((*where, "extends"), zh, en)
        return
    if parse_budget(clock.extend.by).unit != parse_budget(clock.budget).unit:
        zh, en = (
            f"延期的单位须与期限 {clock.budget} 相同",
            f"must be in the same unit as the limit, {clock.budget}",
        )
        yield document.fault((*way, "extend", "by"), zh, en)
    if not extending:
        zh, en = (
            f"没有动作写 extends: {name}，延期无从批准",
            f"no action says extends: {name}, so none can be granted",
        )
        yield document.fault((*way, "extend"), zh, en, key=True)
    for where, action in extending:
        if action.by != [clock.extend.approver]:
            zh = f"时限 {name} 的延期只能由 {clock.extend.approver} 批准"
            en = f"only {clock.extend.approver} may approve an extension of {name}"
            yield document.fault((*where, "by"), zh, en)


def _pause_faults(document: Document, way: Way, clock: ClockSpelling) -> Iterator[Fault]:
    if clock.pause and parse_budget(clock.pause.at_most).unit == "m":
        zh, en = "中止须按日计，几次相加，不能写月", "pauses add up to days: write no months"
        yield document.fault((*way, "pause", "at_most"), zh, en)


def _mark_faults(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    for name, clock in written.clocks.items():
        if clock.from_ in (clock.until or ()):
            zh, en = "起算的标记同时又是停止的标记", "the mark that starts the clock would stop it too"
            yield document.fault(("clocks", name, "until"), zh, en)
