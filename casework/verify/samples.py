"""Representative values: for every way a condition can turn out, one filing or action that makes it so."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from math import prod

from casework.predicate import Fields, FieldTest, Value, holds
from casework.procedure import FieldRule
from casework.verify.conditions import Conditions

DAY = "2000-01-01"
MOST = 1000
_PLAIN = {"phone": "0575-87000000", "date": DAY}


def plain(rule: FieldRule) -> Value:
    """A value that the rule accepts."""
    match rule.type:
        case "integer":
            least = rule.minimum if rule.minimum is not None else min(1, rule.maximum or 1)
            return rule.default if rule.default is not None else least
        case "flag":
            return rule.default if rule.default is not None else False
        case "choice":
            return rule.choices[0]
    return _PLAIN.get(rule.type, rule.title.zh)


def telling(rule: FieldRule, tests: tuple[FieldTest, ...]) -> tuple[Value | None, ...]:
    """Values of a field that answer its tests in every way they can be; None where it is not given."""
    found: dict[tuple[bool, ...], Value | None] = {}
    for value in _candidates(rule, tests):
        facts: Fields = {} if value is None else {rule.name: value}
        found.setdefault(tuple(holds(test, facts) for test in tests), value)
    return tuple(found.values())


def _candidates(rule: FieldRule, tests: tuple[FieldTest, ...]) -> Iterator[Value | None]:
    yield plain(rule)
    named = [value for test in tests if test.test != "given" for value in test.values]
    match rule.type:
        case "flag":
            yield from (True, False)
        case "choice":
            yield from rule.choices
        case "integer":
            near = (int(value) + step for value in named for step in (-1, 0, 1))
            yield from (value for value in near if _within(rule, value))
        case "date":
            yield from (value for value in named if _is_day(value))
        case _:
            yield from (value for value in named if isinstance(value, str) and value.strip())
    if not rule.required and rule.default is None:
        yield None


def _within(rule: FieldRule, value: int) -> bool:
    low, high = rule.minimum, rule.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _is_day(value: Value) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def ways_to_fill(
    rules: tuple[FieldRule, ...], conditions: Conditions, fixed: Mapping[str, tuple[Value, ...]]
) -> Iterator[dict[str, Value]]:
    """Every way to fill in fields that some condition can tell from the others, up to ``MOST``.

    ``fixed`` gives the values to try for fields that matter otherwise, such as the date that starts a clock.
    """
    choices = [fixed[rule.name] if rule.name in fixed else _choices(rule, conditions) for rule in rules]
    for values in islice(product(*choices), MOST):
        pairs = zip(rules, values, strict=True)
        yield {rule.name: value for rule, value in pairs if value is not None}


def too_many(rules: tuple[FieldRule, ...], conditions: Conditions) -> bool:
    """Whether there are more ways to fill these in than are tried."""
    return prod(len(_choices(rule, conditions)) for rule in rules) > MOST


def _choices(rule: FieldRule, conditions: Conditions) -> tuple[Value | None, ...]:
    tests = conditions.tests.get(rule.name, ())
    if tests and not rule.private:
        return telling(rule, tests)
    return (plain(rule) if rule.required else None,)
