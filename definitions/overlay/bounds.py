"""The bounds of an overlay: everything it may not change of what it extends."""

from collections.abc import Iterator

from casework.calendar import Calendar
from casework.procedure import Procedure
from definitions.fault import Fault
from definitions.overlay.actions import action_faults
from definitions.overlay.comparing import Comparison, limits_in
from definitions.overlay.limits import limit_faults, start_faults
from definitions.overlay.rights import privacy_faults, right_faults
from definitions.overlay.spans import within
from definitions.whole import Whole


def overlay_faults(read: Whole, base: Procedure, made: Procedure, calendar: Calendar) -> Iterator[Fault]:
    """``calendar``: that of the base, by which limits in different units are compared."""
    both = Comparison(read, base, made, calendar)
    yield from limit_faults(both)
    yield from start_faults(both)
    yield from action_faults(both)
    yield from right_faults(both)
    yield from privacy_faults(both)
    yield from _frame_faults(both)


def _frame_faults(both: Comparison) -> Iterator[Fault]:
    """The kind, the calendar that counts every limit, and how often the top is reminded."""
    base, made = both.base, both.made
    if made.kind != base.kind:
        change = "不能改变事项类别", "an overlay keeps the kind"
        yield both.refused(("kind",), change, (base.kind, base.kind), "")
    bound = next((limit for limit in limits_in(base).values() if limit.binds), None)
    if bound is None:
        return
    if made.calendar != base.calendar:
        change = "不能改用其他日历，期限按它计算", "the calendar counts every limit and stays"
        yield both.refused(("calendar",), change, (base.calendar, base.calendar), bound.basis)
    if not within(made.top.remind_every, base.top.remind_every, both.calendar):
        every = base.top.remind_every
        change = "到顶后的提醒只能更勤", "the top may be reminded more often, never less"
        says = f"每{every.spoken('zh')}一次", f"every {every.spoken('en')}"
        yield both.refused(("top", "remind_every"), change, says, "")
