"""What a party may do, and what is kept private, an overlay does not take away."""

from collections.abc import Iterator

from casework.procedure import PARTY, Action, FieldRule, Procedure
from definitions.document import Way
from definitions.fault import Fault
from definitions.overlay.comparing import Comparison, actions_of


def right_faults(both: Comparison) -> Iterator[Fault]:
    """What a party may do in the base, it may do in the overlay, on no harder terms and to no other end."""
    made = actions_of(both.made)
    for (stage, name), old in actions_of(both.base).items():
        if PARTY not in old.by:
            continue
        way: Way = ("stages", stage, "actions", name)
        new = made.get((stage, name))
        says = f"当事人可以{old.title.zh}", f"that a party may {old.title.en.lower()}"
        basis = old.basis or both.base.stage(stage).basis
        if new is None or PARTY not in new.by:
            change = (
                f"不能取消当事人的权利 {name}",
                f"{name} is a right of the party and cannot be taken away",
            )
            yield both.refused(way if new is None else (*way, "by"), change, says, basis)
            continue
        for key in _harder(both, old, new):
            change = (
                f"当事人的权利 {name} 不能增加条件，也不能改变去向",
                f"{name} is a right of the party: it cannot be made harder, nor lead elsewhere",
            )
            yield both.refused((*way, key), change, says, basis)


def _harder(both: Comparison, old: Action, new: Action) -> Iterator[str]:
    """The keys that make a right harder to use, or worth less."""
    asked = {field.name for field in old.requires if field.required}
    if any(field.required and field.name not in asked for field in new.requires):
        yield "requires"
    if new.when not in (None, old.when):
        yield "when"
    yield from (key for key in ("resumes", "recuses") if getattr(new, key) != getattr(old, key))
    before, after = ({to.to for to in each.to} for each in (old, new))
    outcomes = {outcome.name for outcome in both.made.outcomes}
    if (before and not after) or (after - before) & outcomes:
        yield "to"


def privacy_faults(both: Comparison) -> Iterator[Fault]:
    """What is sealed stays sealed, and those whom a case is about stay kept from it."""
    if both.base.recuses and both.made.recuses != both.base.recuses:
        change = "被反映人仍须回避", "whom the case is about must stay kept from it"
        says = f"recuses: {both.base.recuses}"
        yield both.refused(("recuses",), change, (says, says), "信访工作条例第28、30条")
    made = dict(_fields(both.made))
    for way, old in _fields(both.base):
        new = made.get(way)
        if old.private and new and not new.private:
            change = f"字段 {old.name} 须保持隐私", f"{old.name} must stay private"
            yield both.refused((*way, "private"), change, ("隐私", "private"), "个人信息保护法第51条")


def _fields(procedure: Procedure) -> Iterator[tuple[Way, FieldRule]]:
    for field in procedure.intake:
        yield ("intake", field.name), field
    for (stage, action), each in actions_of(procedure).items():
        for field in each.requires:
            yield ("stages", stage, "actions", action, "requires", field.name), field
