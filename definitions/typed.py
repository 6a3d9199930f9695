"""Values as people type them, read by the type of their field."""

import re
from collections.abc import Iterable, Mapping

from casework.predicate import Value
from casework.procedure import FieldRule

_FLAGS = {
    "true": True, "yes": True, "是": True, "有": True,
    "false": False, "no": False, "否": False, "无": False,
}  # fmt: skip
_INTEGER = re.compile(r"-?[0-9]{1,12}")


def typed(rules: Iterable[FieldRule], given: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with numbers and flags read from text; what cannot be read stays, for the core to refuse."""
    types = {rule.name: rule.type for rule in rules}
    return {name: _typed(types.get(name, "text"), value) for name, value in given.items()}


def _typed(kind: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    match kind:
        case "integer" if _INTEGER.fullmatch(value.strip()):
            return int(value)
        case "flag":
            return _FLAGS.get(value.strip().lower(), value)
    return value
