"""A statutory limit may be shortened and never lengthened; a party's window the other way round."""

from collections.abc import Iterator

from casework.budget import Budget
from casework.procedure import FILED
from definitions.document import Way
from definitions.fault import Fault
from definitions.overlay.comparing import Comparison, Limit, is_statutory, limits_in
from definitions.overlay.rungs import rung_faults
from definitions.overlay.saying import (
    Said,
    extended,
    how_long,
    paused,
    started,
    stopped,
)
from definitions.overlay.spans import longer_extension, longer_pause, within

Change = tuple[Way, Said, Said]
"""What an overlay may not change: where, how it changes it, and what the base says."""


def limit_faults(both: Comparison) -> Iterator[Fault]:
    made = limits_in(both.made)
    for name, old in limits_in(both.base).items():
        if not old.binds:
            continue
        new = made.get(name)
        for way, change, says in _changes(both, old, new):
            yield both.refused((*old.way, *way), change, says, old.basis)
        if new and (new.way, new.rule.window) == (old.way, old.rule.window):
            yield from rung_faults(both, old, new)


def _changes(both: Comparison, old: Limit, new: Limit | None) -> Iterator[Change]:
    name, says = old.rule.name, how_long(old.rule)
    if new is None or new.way != old.way:
        yield (), (f"不能取消或移走时限 {name}", f"the clock {name} cannot be taken away or moved"), says
    elif old.rule.window != new.rule.window:
        kind = ("权利期", "a party's window") if old.rule.window else ("办理时限", "a duty")
        yield ("window",), (f"{name} 是{kind[0]}，不能改变", f"{name} is {kind[1]} and stays one"), says
    elif old.rule.window:
        yield from _narrowed(both, old, new)
    else:
        yield from _lengthened(both, old, new)
        yield from _loosened(both, old, new)


def _lengthened(both: Comparison, old: Limit, new: Limit) -> Iterator[Change]:
    name, budget = old.rule.name, new.rule.budget
    if not within(budget, old.rule.budget, both.calendar):
        zh, en = _surely(budget, old.rule.budget)
        change = f"时限 {name} 只能缩短，不能延长：{zh}更长", f"{name} may not be lengthened: {en} longer"
        yield ("budget",), change, how_long(old.rule)
    if new.rule.start not in (old.rule.start, FILED):
        yield ("from",), (f"时限 {name} 的起算不能推后", f"{name} cannot start later"), started(old.rule)
    if set(new.rule.until) - set(old.rule.until):
        change = f"时限 {name} 不能因其他标记停止", f"{name} cannot be stopped by other marks"
        yield ("until",), change, stopped(old.rule)
    if not is_statutory(new.basis):
        change = f"时限 {name} 须写明法定依据", f"{name} must go on naming a law as its basis"
        yield ("basis",), change, how_long(old.rule)


def _loosened(both: Comparison, old: Limit, new: Limit) -> Iterator[Change]:
    name = old.rule.name
    part = longer_extension(new.rule.extend, old.rule.extend, both.calendar)
    if part is not None:
        change = f"时限 {name} 的延期不能放宽", f"the extension of {name} cannot be made wider"
        yield ("extend", *part), change, extended(old.rule.extend)
    part = longer_pause(new.rule.pause, old.rule.pause, both.calendar)
    if part is not None:
        change = f"时限 {name} 的中止不能放宽", f"the pause of {name} cannot be made wider"
        yield ("pause", *part), change, paused(old.rule.pause)


def _narrowed(both: Comparison, old: Limit, new: Limit) -> Iterator[Change]:
    name, budget = old.rule.name, new.rule.budget
    if not within(old.rule.budget, budget, both.calendar):
        zh, en = _surely(budget, old.rule.budget)
        change = (
            f"权利期 {name} 只能延长，不能缩短：{zh}更短",
            f"{name}, a window, may not be shortened: {en} shorter",
        )
        yield ("budget",), change, how_long(old.rule)
    kept = f"权利期 {name} 的起止和延期、中止不能收紧", f"the window {name} cannot be made narrower"
    if new.rule.start != old.rule.start:
        yield ("from",), kept, started(old.rule)
    if set(old.rule.until) - set(new.rule.until):
        yield ("until",), kept, stopped(old.rule)
    part = longer_extension(old.rule.extend, new.rule.extend, both.calendar)
    if part is not None:
        yield ("extend", *part), kept, extended(old.rule.extend)
    part = longer_pause(old.rule.pause, new.rule.pause, both.calendar)
    if part is not None:
        yield ("pause", *part), kept, paused(old.rule.pause)


def _surely(new: Budget, old: Budget) -> Said:
    """In the same unit it is plain which is longer; in another, it may depend on when they begin."""
    if new.unit == old.unit:
        return new.spoken("zh"), f"{new.spoken('en')} is"
    return f"{new.spoken('zh')}有时", f"{new.spoken('en')} can be"


def start_faults(both: Comparison) -> Iterator[Fault]:
    """A case must begin where the base's does: the limit of a first stage runs from receipt."""
    limits = {limit.stage: limit for limit in limits_in(both.base).values() if limit.binds}
    begins = [way.to for way in both.base.start]
    bound = next((limits[stage] for stage in begins if stage in limits), None)
    if bound is None:
        return
    says = f"从 {'、'.join(begins)} 开始", f"that cases start at {', '.join(begins)}"
    for number, way in enumerate(both.made.start):
        if way.to not in begins:
            change = (
                f"不能从 {way.to} 开始，否则时限起算推后",
                f"starting at {way.to} would start limits later",
            )
            yield both.refused(("start", number, "stage"), change, says, bound.basis)
