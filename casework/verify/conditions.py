"""The conditions of a procedure, wherever they stand, and what a case's facts make of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property

from casework.predicate import All, AnyOf, Fields, FieldTest, Not, Predicate, holds
from casework.procedure import Procedure


def predicates_in(value: object) -> Iterator[Predicate]:
    """Every condition inside a value, whichever key it stands under."""
    if isinstance(value, All | AnyOf | Not | FieldTest):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from predicates_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from predicates_in(getattr(value, field.name))


def tests_in(predicate: Predicate) -> Iterator[FieldTest]:
    match predicate:
        case FieldTest():
            yield predicate
        case Not(of=part):
            yield from tests_in(part)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from tests_in(part)


@dataclass(frozen=True)
class Conditions:
    """What the conditions of one procedure can tell apart.

    A condition on nothing but what was filed is one question. Where anything in it can change later, each of
    its tests is a question of its own, since the parts of the answer may change apart.
    """

    procedure: Procedure

    @cached_property
    def questions(self) -> tuple[Predicate, ...]:
        return self.questions_in(self.procedure)

    @cached_property
    def tests(self) -> Mapping[str, tuple[FieldTest, ...]]:
        """The tests of each field."""
        return self.tests_in(self.procedure)

    def questions_in(self, part: object) -> tuple[Predicate, ...]:
        """What a part of the procedure asks."""
        found: dict[Predicate, None] = {}
        for predicate in predicates_in(part):
            tests = tuple(tests_in(predicate))
            fixed = all(test.field in self._fixed for test in tests)
            found |= dict.fromkeys((predicate,) if fixed else tests)
        return tuple(found)

    def tests_in(self, part: object) -> Mapping[str, tuple[FieldTest, ...]]:
        """The tests of each field in a part of the procedure."""
        found: dict[str, dict[FieldTest, None]] = {}
        for predicate in predicates_in(part):
            for test in tests_in(predicate):
                found.setdefault(test.field, {})[test] = None
        return {field: tuple(tests) for field, tests in found.items()}

    @cached_property
    def _fixed(self) -> frozenset[str]:
        """Facts of the filing that no action can change."""
        actions = (action for stage in self.procedure.stages for action in stage.actions)
        brought = {rule.name for action in actions for rule in action.requires}
        return frozenset({"filed_at", *(rule.name for rule in self.procedure.intake)} - brought)


def answers(questions: tuple[Predicate, ...], facts: Fields) -> tuple[bool, ...]:
    return tuple(holds(question, facts) for question in questions)
