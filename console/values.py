"""Private values are sealed here, before anything else sees them."""

from collections.abc import Callable, Iterable, Mapping

from casework.predicate import Value
from casework.procedure import FieldRule


def parted(
    rules: Iterable[FieldRule], fields: Mapping[str, Value], close: Callable[[str, str], str]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The public fields, and the private ones sealed by ``close(field, text)``."""
    private = {rule.name for rule in rules if rule.private}
    public = {name: value for name, value in fields.items() if name not in private}
    sealed = {name: close(name, str(value)) for name, value in fields.items() if name in private}
    return public, sealed
