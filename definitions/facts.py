"""Whether fields and the conditions on them make sense."""

from collections.abc import Iterator, Mapping

from casework.predicate import Test, Value
from casework.procedure import FieldType, Post
from definitions.document import Document, Way
from definitions.fault import Fault, suggestion
from definitions.naming import SEEN, conditions_in, fields_in, names_in
from definitions.normal_terms import test_of
from definitions.spelling import ProcedureSpelling
from definitions.terms import Condition, FieldSpelling


def fact_faults(document: Document, written: ProcedureSpelling, posts: Mapping[str, Post]) -> Iterator[Fault]:
    for way, name, field in fields_in(written):
        if name in SEEN:
            zh, en = (
                f"{name} 由系统填写，请换个名称",
                f"{name} is filled in by the system: choose another name",
            )
            yield document.fault(way, zh, en, key=True)
        yield from _field_faults(document, way, field)
    at_filing = {*SEEN, *written.intake}
    fields = names_in(written, posts).fields
    for way, condition in conditions_in(written):
        if not condition.field:
            continue
        if way[0] in ("start", "grades") and condition.field not in at_filing:
            zh, en = (
                f"登记时还没有字段 {condition.field}",
                f"{condition.field} is not known when a case is filed",
            )
            yield document.fault((*way, "field"), zh, en)
        yield from _test_faults(document, way, condition, fields[condition.field])


def _field_faults(document: Document, way: Way, field: FieldSpelling) -> Iterator[Fault]:
    for key, bound in (("min", field.min), ("max", field.max)):
        if bound is not None and field.type != "integer":
            yield document.fault(
                (*way, key), f"{key} 只用于 integer", f"{key} is for integers only", key=True
            )
    if field.min is not None and field.max is not None and field.min > field.max:
        yield document.fault((*way, "max"), "max 小于 min", "max is smaller than min")
    if (field.type == "choice") != (field.choices is not None):
        zh, en = "choice 须写 choices，其他类型不写", "a choice needs choices, and nothing else has them"
        yield document.fault((*way, "type"), zh, en, key=True)
    if field.default is not None and not _fits(field.default, field.type, field.choices):
        yield document.fault((*way, "default"), f"默认值不是 {field.type}", f"the default is no {field.type}")


def _fits(value: Value, kind: FieldType, choices: list[str] | None) -> bool:
    match kind:
        case "flag":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in (choices or ())
    return isinstance(value, str)


def _test_faults(document: Document, way: Way, condition: Condition, field: FieldSpelling) -> Iterator[Fault]:
    if field.private:
        zh, en = (
            f"{condition.field} 是隐私字段，不能作条件",
            f"{condition.field} is private and cannot be tested",
        )
        yield document.fault((*way, "field"), zh, en)
        return
    test, values = test_of(condition)
    for number, value in enumerate(values):
        fault = _value_fault(test, value, field)
        if fault:
            yield document.fault((*way, test, number), *fault)


def _value_fault(test: Test, value: Value, field: FieldSpelling) -> tuple[str, str] | None:
    if test == "given":
        return None
    if test in ("at_least", "at_most"):
        return (
            None
            if field.type == "integer"
            else (f"{test} 只用于 integer 字段", f"{test} is for integer fields")
        )
    if _fits(value, field.type, field.choices):
        return None
    zh, en = suggestion(str(value), field.choices) if field.choices else ("", "")
    return (
        f"“{value}”不是 {field.type} 字段可有的值{zh}",
        f"{value!r} does not fit a field of type {field.type}{en}",
    )
