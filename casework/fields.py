"""Checking the fields that filing or an action brings, against their rules."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches

from casework.decision import NotAllowed, RefusalCode
from casework.predicate import Value
from casework.procedure import FieldRule

LONGEST_TEXT = 4000
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")


def check(
    rules: tuple[FieldRule, ...], given: Mapping[str, Value], sealed: Collection[str] = ()
) -> dict[str, Value]:
    """The given fields with defaults filled in.

    ``sealed`` names the fields that were checked at the door and come as ciphertext. Raises NotAllowed
    (unknown-field, missing-field, bad-field) for the first fault.
    """
    known = {rule.name for rule in rules}
    for name in (*given, *sealed):
        if name not in known:
            raise _unknown(name, rules)
    checked = {
        rule.name: _value(rule, given.get(rule.name, rule.default))
        for rule in rules
        if rule.name not in sealed
    }
    return {name: value for name, value in checked.items() if value is not None}


def _value(rule: FieldRule, value: Value | None) -> Value | None:
    if value is None or value == "":
        if not rule.required:
            return None
        raise _refusal("missing-field", rule, "必须填写", "is required")
    fault = _fault(rule, value)
    if fault:
        raise _refusal("bad-field", rule, *fault)
    return value.strip() if isinstance(value, str) else value


def _fault(rule: FieldRule, value: Value) -> tuple[str, str] | None:
    """What is wrong with a value, in both languages; None where nothing is."""
    match rule.type:
        case "flag":
            return None if isinstance(value, bool) else ("应为 true 或 false", "must be true or false")
        case "integer":
            return _integer_fault(rule, value)
        case _ if not isinstance(value, str):
            return "应为文字", "must be text"
        case _ if not value.strip():
            return "不能为空白", "must not be blank"
        case _ if len(value) > LONGEST_TEXT:
            return f"不能超过 {LONGEST_TEXT} 字", f"must be at most {LONGEST_TEXT} characters"
        case "choice" if value not in rule.choices:
            return f"应为其中之一:{'、'.join(rule.choices)}", f"must be one of: {', '.join(rule.choices)}"
        case "date" if not _is_date(value):
            return "应为日期,如 2026-03-01", "must be a date such as 2026-03-01"
        case "phone" if not _PHONE.fullmatch(value.strip()):
            return "应为电话号码", "must be a telephone number"
    return None


def _integer_fault(rule: FieldRule, value: Value) -> tuple[str, str] | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "应为整数", "must be a whole number"
    if rule.minimum is not None and value < rule.minimum:
        return f"不能小于 {rule.minimum}", f"must be at least {rule.minimum}"
    if rule.maximum is not None and value > rule.maximum:
        return f"不能大于 {rule.maximum}", f"must be at most {rule.maximum}"
    return None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refusal(code: RefusalCode, rule: FieldRule, zh: str, en: str) -> NotAllowed:
    return NotAllowed(code, f"{rule.title.zh}({rule.name}){zh}", f"{rule.title.en} ({rule.name}) {en}")


def _unknown(name: str, rules: tuple[FieldRule, ...]) -> NotAllowed:
    close = get_close_matches(name, [rule.name for rule in rules], n=1)
    names = "、".join(rule.name for rule in rules) or "无"
    zh = f";是否想写 {close[0]}?" if close else f";可用:{names}"
    en = (
        f"; did you mean {close[0]}?"
        if close
        else f"; known: {', '.join(rule.name for rule in rules) or 'none'}"
    )
    return NotAllowed("unknown-field", f"没有名为 {name} 的字段{zh}", f"there is no field {name}{en}")
