"""What differs between two procedures, or two editions of one: in what they mean, not how they are written.

Whatever bears a name is matched by it: a stage that was renamed is one removed and one added. The order of
stages, clocks and actions means nothing; that of levels and grades does. Parts of a procedure that this
module has never heard of are compared all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from casework.budget import Budget
from casework.predicate import All, AnyOf, FieldTest, Not
from casework.procedure import Grade, Level, Mark, Post, Procedure, Rung, Text, Way

Where = tuple[str, ...]
DifferenceKind = Literal["added", "removed", "changed", "shortened", "lengthened", "reordered"]

_WHOLE = (Text, Rung, Mark, Way, All, AnyOf, Not, FieldTest)
_IN_ORDER = (Level, Grade)


@dataclass(frozen=True)
class Difference:
    """One difference. ``where`` leads to it by fields and names, as ("stages", "x", "clock", "budget")."""

    where: Where
    kind: DifferenceKind
    old: object
    new: object


def differences(old: Procedure, new: Procedure) -> tuple[Difference, ...]:
    """Every difference between two procedures, in the order of a procedure's parts; none where they agree."""
    return tuple(_within(old, new, ()))


def _within(old: object, new: object, where: Where) -> Iterator[Difference]:
    for field in fields(new):  # type: ignore[arg-type]
        before, after = getattr(old, field.name, None), getattr(new, field.name)
        if before != after:
            yield from _between(before, after, (*where, field.name))


def _between(old: object, new: object, where: Where) -> Iterator[Difference]:
    match old, new:
        case tuple(), tuple() if _bear_names(old) and _bear_names(new):
            yield from _matched(old, new, where)
        case None, _:
            yield Difference(where, "added", old, new)
        case _, None:
            yield Difference(where, "removed", old, new)
        case Budget(), Budget() if old.unit == new.unit:
            yield Difference(where, "shortened" if new.amount < old.amount else "lengthened", old, new)
        case _ if type(old) is type(new) and is_dataclass(new) and not isinstance(new, (*_WHOLE, Budget)):
            yield from _within(old, new, where)
        case _:
            yield Difference(where, "changed", old, new)


def _bear_names(items: Sequence[object]) -> bool:
    return all(is_dataclass(item) and hasattr(item, "name") for item in items)


def _matched(old: Sequence[object], new: Sequence[object], where: Where) -> Iterator[Difference]:
    before, after = ({str(getattr(item, "name", "")): item for item in items} for items in (old, new))
    for name, item in before.items():
        if name in after and item != after[name]:
            yield from _between(item, after[name], (*where, name))
        elif name not in after and not isinstance(item, Post):  # posts come and go with who is responsible
            yield Difference((*where, name), "removed", item, None)
    for name, item in after.items():
        if name not in before and not isinstance(item, Post):
            yield Difference((*where, name), "added", None, item)
    kept = [[name for name in one if name in other] for one, other in ((before, after), (after, before))]
    if isinstance(new[0] if new else None, _IN_ORDER) and kept[0] != kept[1]:
        yield Difference(where, "reordered", tuple(kept[0]), tuple(kept[1]))
