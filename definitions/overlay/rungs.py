"""What comes before, at and after the end of a limit: nobody is left out, and no consequence comes later."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from casework.budget import Budget
from casework.procedure import Procedure, Rung
from definitions.fault import Fault
from definitions.overlay.comparing import Comparison, Limit
from definitions.overlay.saying import Said
from definitions.overlay.spans import within

SPEECH = ("remind", "warn")
TIMING = ("name", "point", "amount", "unit", "every")


@dataclass(frozen=True)
class Effect:
    """One thing that one rung does: whom it reminds or warns, or what else it brings about."""

    kind: str
    value: object
    rung: Rung

    @property
    def early(self) -> bool:
        """Whether it comes before the end."""
        return self.rung.point in ("percent", "before")


def rung_faults(both: Comparison, old: Limit, new: Limit) -> Iterator[Fault]:
    """Each effect of the base must have one of the overlay's that does no less and comes no later."""
    left = sorted(_effects(new.rule.rungs), key=_order, reverse=True)
    for effect in sorted(_effects(old.rule.rungs), key=_order):
        match = next((each for each in left if _covers(both, each, effect)), None)
        if match and not match.rung.every:  # what is repeated serves more than once
            left.remove(match)
        if match:
            continue
        change = (
            f"时限 {old.rule.name} 不能少了这一节点，也不能推后或减轻",
            f"{old.rule.name} cannot lose this rung, nor have it later or weaker",
        )
        yield both.refused((*old.way, "rungs"), change, _said(effect), old.basis)


def _effects(rungs: tuple[Rung, ...]) -> Iterator[Effect]:
    for rung in rungs:
        for each in fields(rung):
            value = getattr(rung, each.name)
            if each.name in SPEECH:
                yield from (
                    Effect(each.name, whom, rung)
                    for whom in value
                    if each.name == "warn" or whom not in rung.warn
                )
            elif each.name not in TIMING and value:
                yield Effect(each.name, value, rung)


def _order(effect: Effect) -> tuple[bool, bool, int]:
    """Warnings find their like before reminders do, which a warning serves as well; then by time."""
    late = not effect.early
    return effect.kind != "warn", late, effect.rung.amount if late else 0


def _covers(both: Comparison, new: Effect, old: Effect) -> bool:
    return _does_no_less(both, new, old) and _comes_no_later(both, new, old)


def _does_no_less(both: Comparison, new: Effect, old: Effect) -> bool:
    if old.kind in SPEECH:
        return new.kind in (old.kind, "warn") and new.value == old.value and _as_often(both, new, old)
    if new.kind != old.kind:
        return False
    match old.kind:
        case "card":
            return new.value in (old.value, "red")
        case "supervise" | "escalate":
            return _height(both.made, new) >= _height(both.base, old)
    return new.value == old.value


def _height(procedure: Procedure, effect: Effect) -> int:
    """How high the post or stage stands that takes over."""
    name, order = str(effect.value), [level.name for level in procedure.levels]
    level = procedure.post(name).level if effect.kind == "supervise" else procedure.stage(name).level
    return order.index(level) if level in order else -1


def _as_often(both: Comparison, new: Effect, old: Effect) -> bool:
    if old.rung.every is None:
        return True
    return new.rung.every is not None and within(new.rung.every, old.rung.every, both.calendar)


def _comes_no_later(both: Comparison, new: Effect, old: Effect) -> bool:
    """Before the end a reminder may come when it likes; who hears of it after the end must do so after it."""
    if old.early:
        return new.early and (old.kind in SPEECH or _sooner(new.rung, old.rung))
    if new.early:
        return old.kind not in SPEECH
    if new.rung.point == "breach":
        return True
    return old.rung.point == "after" and within(_after(new.rung), _after(old.rung), both.calendar)


def _sooner(new: Rung, old: Rung) -> bool:
    """Of two rungs before the end, written alike."""
    if new.point == "percent":
        return old.point == "percent" and new.amount <= old.amount
    return (new.point, new.unit) == (old.point, old.unit) and new.amount >= old.amount


def _after(rung: Rung) -> Budget:
    return Budget(rung.amount, rung.unit)


def _said(effect: Effect) -> Said:
    rung = effect.rung
    every = (
        (f"，每{rung.every.spoken('zh')}一次", f" every {rung.every.spoken('en')}")
        if rung.every
        else ("", "")
    )
    said = f"{rung.name} {effect.kind}: {effect.value}"
    return f"{said}{every[0]}", f"{said}{every[1]}"
