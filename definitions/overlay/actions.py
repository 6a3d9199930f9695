"""The actions that a limit hangs on, and what law orders an action to bring."""

from collections.abc import Iterator

from casework.procedure import PARTY, Action, FieldRule, Procedure
from definitions.document import Way
from definitions.fault import Fault
from definitions.overlay.comparing import Comparison, actions_of, is_statutory, limits_in
from definitions.overlay.saying import marked


def action_faults(both: Comparison) -> Iterator[Fault]:
    made, bound = actions_of(both.made), _bound_marks(both.base)
    for (stage, name), old in actions_of(both.base).items():
        way: Way = ("stages", stage, "actions", name)
        basis = old.basis or both.base.stage(stage).basis
        new = made.get((stage, name))
        if any(mark.name in bound for mark in old.marks):
            yield from _start_faults(both, way, old, new, basis)
        if new:
            yield from _mark_faults(both, way, old, new, basis)
            yield from _target_faults(both, way, old, new, basis)
            yield from _order_faults(both, way, old, new)
            yield from _bounce_faults(both, way, old, new, basis)


def _bound_marks(procedure: Procedure) -> set[str]:
    """The marks that start or stop a limit which binds."""
    limits = [limit.rule for limit in limits_in(procedure).values() if limit.binds]
    return {mark for rule in limits for mark in (rule.start, *rule.until)}


def _start_faults(both: Comparison, way: Way, old: Action, new: Action | None, basis: str) -> Iterator[Fault]:
    """What starts or stops a limit remains possible, under no new condition."""
    name = old.name
    if new is None:
        change = f"不能取消动作 {name}，时限随它起止", f"limits start or stop with {name}: it must stay"
        yield both.refused(way, change, marked(old), basis)
    elif new.when not in (None, old.when):
        change = (
            f"不能给动作 {name} 加条件，时限随它起止",
            f"limits start or stop with {name}: no new condition",
        )
        yield both.refused((*way, "when"), change, marked(old), basis)


def _mark_faults(both: Comparison, way: Way, old: Action, new: Action, basis: str) -> Iterator[Fault]:
    """A limit starts and stops with the very actions with which it does in the base, dated alike."""
    bound = _bound_marks(both.base)
    before, after = ({mark for mark in each.marks if mark.name in bound} for each in (old, new))
    for key, same in (("marks", before == after), ("delivers", old.delivers == new.delivers)):
        if not same:
            change = (
                f"不能改变动作 {old.name} 的 {key}，时限随它起止",
                f"limits start or stop with {key} of {old.name}: it must stay",
            )
            yield both.refused((*way, key), change, marked(old), basis)


def _target_faults(both: Comparison, way: Way, old: Action, new: Action, basis: str) -> Iterator[Fault]:
    """Nothing is put in between before a stage whose own limit starts when it is entered."""
    bound = {limit.stage for limit in limits_in(both.base).values() if limit.binds and limit.stage}
    ends = {to.to for to in old.to}
    others = {to.to for to in new.to if both.made.has_stage(to.to)} - ends
    if ends & bound and others:
        change = (
            f"动作 {old.name} 不能改去别的环节，否则时限起算推后",
            f"{old.name} cannot lead to another stage: a limit would start later",
        )
        says = f"去 {'、'.join(sorted(ends))}", f"that it leads to {', '.join(sorted(ends))}"
        yield both.refused((*way, "to"), change, says, basis)


def _order_faults(both: Comparison, way: Way, old: Action, new: Action) -> Iterator[Fault]:
    """What law orders an action to bring (a written notice, its reasons) it goes on bringing."""
    if PARTY in old.by or not is_statutory(old.basis):
        return
    brought = {field.name: field for field in new.requires}
    for field in old.requires:
        if field.required and not _brings(brought.get(field.name), field):
            change = f"动作 {old.name} 仍须填写 {field.name}", f"{old.name} must go on bringing {field.name}"
            says = f"须有{field.title.zh}", f"that it brings {field.name}"
            yield both.refused((*way, "requires"), change, says, old.basis)


def _bounce_faults(both: Comparison, way: Way, old: Action, new: Action, basis: str) -> Iterator[Fault]:
    """Where the base bounds how often a case is handed back, the overlay does so alike."""
    if old.hands_back and old.when and new.when != old.when:
        change = f"不能改变退回动作 {old.name} 的条件", f"{old.name} hands back: its condition must stay"
        says = "退回须符合条件", "when a case may be handed back"
        yield both.refused((*way, "when"), change, says, basis)


def _brings(new: FieldRule | None, old: FieldRule) -> bool:
    return new is not None and new.required and new.type == old.type
