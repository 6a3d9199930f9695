"""Texts, fields and conditions as written, turned into the core's."""

from collections.abc import Mapping

from casework.predicate import All, AnyOf, FieldTest, Not, Predicate, Test
from casework.procedure import FieldRule, Text
from definitions import words
from definitions.terms import Condition, FieldSpelling, TextSpelling


def text(written: TextSpelling) -> Text:
    return Text(written.zh, written.en)


def fields(written: Mapping[str, FieldSpelling], *, required: bool) -> tuple[FieldRule, ...]:
    return tuple(_field(name, field, required) for name, field in written.items())


def _field(name: str, written: FieldSpelling, required: bool) -> FieldRule:
    return FieldRule(
        name=name,
        title=text(written.title) if written.title else words.FIELDS[name],
        type=written.type,
        required=required if written.required is None else written.required,
        private=written.private,
        minimum=written.min,
        maximum=written.max,
        choices=tuple(written.choices or ()),
        default=written.default,
    )


def predicate(written: Condition | None) -> Predicate | None:
    return None if written is None else _condition(written)


def _condition(written: Condition) -> Predicate:
    if written.all_ is not None:
        return All(tuple(_condition(part) for part in written.all_))
    if written.any_ is not None:
        return AnyOf(tuple(_condition(part) for part in written.any_))
    if written.not_ is not None:
        return Not(_condition(written.not_))
    test, values = test_of(written)
    return FieldTest(written.field or "", test, values)


def test_of(written: Condition) -> tuple[Test, tuple[bool | int | str, ...]]:
    """The one test of a field condition."""
    if written.one_of is not None:
        return "one_of", tuple(written.one_of)
    single: dict[Test, bool | int | str | None] = {
        "is": written.is_,
        "at_least": written.at_least,
        "at_most": written.at_most,
        "given": written.given,
    }
    return next((test, (value,)) for test, value in single.items() if value is not None)
