"""Conditions as data: ``all``, ``any``, ``not`` and tests of one field. There is no expression language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Value = bool | int | str
Fields = Mapping[str, Value]
Test = Literal["is", "one_of", "at_least", "at_most", "given"]


@dataclass(frozen=True)
class All:
    of: tuple[Predicate, ...]
    kind: Literal["all"] = "all"


@dataclass(frozen=True)
class AnyOf:
    of: tuple[Predicate, ...]
    kind: Literal["any"] = "any"


@dataclass(frozen=True)
class Not:
    of: Predicate
    kind: Literal["not"] = "not"


@dataclass(frozen=True)
class FieldTest:
    """One field against constants. A field that was not given fails every test but ``given: false``."""

    field: str
    test: Test
    values: tuple[Value, ...]
    kind: Literal["field"] = "field"


Predicate = All | AnyOf | Not | FieldTest


def holds(predicate: Predicate | None, fields: Fields) -> bool:
    """Whether a condition is met; no condition always is."""
    match predicate:
        case None:
            return True
        case All(of=parts):
            return all(holds(part, fields) for part in parts)
        case AnyOf(of=parts):
            return any(holds(part, fields) for part in parts)
        case Not(of=part):
            return not holds(part, fields)
        case FieldTest():
            return _passes(predicate, fields.get(predicate.field))


def _passes(test: FieldTest, value: Value | None) -> bool:
    if test.test == "given":
        return (value is not None) == test.values[0]
    if value is None:
        return False
    match test.test:
        case "is" | "one_of":
            return any(type(value) is type(wanted) and value == wanted for wanted in test.values)
        case "at_least":
            return isinstance(value, int) and value >= int(test.values[0])
        case "at_most":
            return isinstance(value, int) and value <= int(test.values[0])
