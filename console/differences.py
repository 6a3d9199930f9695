"""Where two values differ: the way to each difference, and what stands there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from casework.canonical import plain

_TOLD = 5


def differences(old: object, new: object) -> str:
    """The first few differences, as ``stages.village.clock.budget.amount: 5 → 6``."""
    found = list(islice(_differences("", plain(old), plain(new)), _TOLD + 1))
    return "\n".join(found[:_TOLD] + ["…"] * (len(found) > _TOLD))


def _differences(way: str, old: object, new: object) -> Iterator[str]:
    if old == new:
        return
    parts = _parts(old), _parts(new)
    if parts[0] is None or parts[1] is None:
        yield f"{way or '.'}: {_shown(old)} → {_shown(new)}"
        return
    for name in dict.fromkeys((*parts[0], *parts[1])):
        deeper = f"{way}.{name}" if way else str(name)
        yield from _differences(deeper, parts[0].get(name), parts[1].get(name))


def _parts(value: object) -> Mapping[object, object] | None:
    """The parts of a value by name; those of a list by their own names, or else by number."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        names = [item.get("name") if isinstance(item, Mapping) else None for item in value]
        named = all(names) and len(set(names)) == len(names)
        return dict(zip(names, value, strict=True)) if named else dict(enumerate(value))
    return None


def _shown(value: object) -> str:
    return "—" if value is None else str(value)
