"""The terms that every definition file is written in: names, texts, fields and conditions."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from casework.procedure import FieldType
from definitions.shorthand import ONE_OR_MORE, bad_value, mistake

NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
FIELD_NAME = r"^[a-z][a-z0-9_]*$"
BUDGET = r"^[1-9][0-9]{0,3}(d|wd|m|h|wh)$"
RUNG_AT = r"^(breach|[1-9][0-9]?%|[-+][1-9][0-9]{0,3}(d|wd|m|h|wh))$"

Name = Annotated[str, StringConstraints(pattern=NAME, max_length=60)]
FieldName = Annotated[str, StringConstraints(pattern=FIELD_NAME, max_length=60)]
Budget = Annotated[str, StringConstraints(pattern=BUDGET)]
RungAt = Annotated[str, StringConstraints(pattern=RUNG_AT)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Names = Annotated[list[Name], Field(min_length=1), ONE_OR_MORE]
Clauses = Annotated[list[Words], Field(min_length=1), ONE_OR_MORE]


def _scalar(value: object) -> bool | int | str:
    if not isinstance(value, bool | int | str):
        raise bad_value("应为一个值，不能是列表或分组", "must be a single value, not a list or a group")
    return value


Scalar = Annotated[
    bool | int | str, PlainValidator(_scalar), WithJsonSchema({"type": ["boolean", "integer", "string"]})
]


class Spelling(BaseModel):
    """A group of keys. A key that is not named here is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class TextSpelling(Spelling):
    """The same words in Chinese and English."""

    zh: Words
    """In Chinese, which is shown first."""
    en: Words
    """In English."""


class Condition(Spelling):
    """A condition: ``all``, ``any``, ``not``, or one field with exactly one test."""

    all_: list[Condition] | None = Field(None, alias="all", min_length=1)
    """Every one of these conditions holds."""
    any_: list[Condition] | None = Field(None, alias="any", min_length=1)
    """At least one of these conditions holds."""
    not_: Condition | None = Field(None, alias="not")
    """This condition does not hold."""
    field: FieldName | None = None
    """The field to test, or what the case has seen: ``filed_at`` the level where it was filed, ``bounces``
    how often it was handed back, ``handed_on`` whether another unit handed it here, ``awaited`` how many
    assisting units have their part to do."""
    is_: Scalar | None = Field(None, alias="is")
    """The field equals this."""
    one_of: list[Scalar] | None = Field(None, min_length=1)
    """The field equals one of these."""
    at_least: int | None = None
    """The field is this number or more."""
    at_most: int | None = None
    """The field is this number or less."""
    given: bool | None = None
    """Whether the field was filled in at all."""

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [form for form in (self.all_, self.any_, self.not_, self.field) if form is not None]
        tests = [t for t in (self.is_, self.one_of, self.at_least, self.at_most, self.given) if t is not None]
        if len(forms) != 1:
            raise mistake("一个条件只能写 all、any、not、field 其中之一", "write one of all, any, not, field")
        if len(tests) != (1 if self.field else 0):
            raise mistake(
                "field 后须写且只写一个判断：is、one_of、at_least、at_most 或 given",
                "a field takes exactly one test: is, one_of, at_least, at_most or given",
            )
        return self


class FieldSpelling(Spelling):
    """A field that filing, or an action, brings."""

    type: FieldType = "text"
    """text, integer, flag (true or false), date, choice, phone, evidence (a document's number), unit (its
    code or name), or official (their id or name)."""
    title: TextSpelling | None = None
    """What people read; well-known fields have one already."""
    required: bool | None = None
    """Whether it must be filled in. Default: false at filing, true for an action."""
    private: bool = False
    """Sealed before it leaves the console: names, telephone numbers, addresses."""
    min: int | None = None
    """The smallest number allowed."""
    max: int | None = None
    """The largest number allowed."""
    choices: list[Words] | None = Field(None, min_length=2)
    """What a ``choice`` may be."""
    default: Scalar | None = None
    """What it is when nothing is given."""
