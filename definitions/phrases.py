"""The models' complaints in words that a clerk understands: what is wrong, and what to write."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from definitions import pieces, reference, telling, terms
from definitions.fault import suggestion

Phrase = tuple[str, str]

_PATTERNS: Mapping[str, Phrase] = {
    terms.NAME: (
        "名称只能用小写英文字母、数字和连字符，如 village-mediation",
        "a name is lower-case letters, digits and hyphens, as village-mediation",
    ),
    terms.FIELD_NAME: (
        "字段名只能用小写英文字母、数字和下划线，如 served_on",
        "a field name is lower-case letters, digits and underscores, as served_on",
    ),
    terms.BUDGET: (
        "期限应写成数字加单位：15d(日)、5wd(工作日)、6m(月)、2h(小时)、2wh(工作小时)",
        "a time limit is a number and a unit: 15d, 5wd (working days), 6m (months), 2h, 2wh (office hours)",
    ),
    terms.RUNG_AT: (
        "at 应为 75%、-3wd(届满前)、breach(届满时)或 +5wd(届满后)",
        "at is 75%, -3wd (before the end), breach (at the end) or +5wd (after it)",
    ),
    pieces.WAY_TO: (
        "应写到某项的路径，以点相连，如 stages.village-mediation.actions.refer-up",
        "write the way to it, joined by dots, as stages.village-mediation.actions.refer-up",
    ),
    reference.DAY: ("日期应写成 2026-02-15", "a date is written 2026-02-15"),
    reference.SPAN: ('办公时间应写成 "08:30-12:00"', 'office hours are written "08:30-12:00"'),
    reference.UNIT_CODE: (
        '区划代码应为带引号的数字，如 "330681"',
        'a unit code is digits in quotes, as "330681"',
    ),
    telling.CLOCK: ('时间应写成带引号的 "08:30"', 'a time of day is written "08:30"'),
    reference.ZONED: ("时刻应写成 2026-02-05 09:00", "a time is written 2026-02-05 09:00"),
}

_SIMPLE: Mapping[str, Phrase] = {
    "mistake": ("{zh}", "{en}"),
    "bad_value": ("{zh}", "{en}"),
    "missing": ("缺少 {name}", "{name} is missing"),
    "int_type": ("“{given}”应为整数，不加引号", "'{given}' must be a whole number without quotes"),
    "bool_type": ("“{given}”应为 true 或 false，不加引号", "'{given}' must be true or false, without quotes"),
    "list_type": (
        "应为列表：写成 [a, b],或每行以“- ”开头",
        "must be a list: [a, b], or lines beginning with '- '",
    ),
    "too_short": ("至少要写 {min_length} 项", "takes at least {min_length}"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("太长，最多 {max_length} 字", "too long: at most {max_length} characters"),
    "greater_than_equal": ("不能小于 {ge}", "must be at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "must be at most {le}"),
}


def phrase(error: ErrorDetails) -> Phrase:
    """What is wrong, in Chinese and English."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind in _SIMPLE:
        facts = {"given": given, "name": error["loc"][-1] if error["loc"] else "", **context}
        zh, en = _SIMPLE[kind]
        return zh.format(**facts), en.format(**facts)
    if kind in _PUT:
        return _PUT[kind](given, context)
    return f"不合要求（{error['msg']}）", error["msg"]


def _pattern(given: object, context: Mapping[str, Any]) -> Phrase:
    zh, en = _PATTERNS[context["pattern"]]
    return f"“{given}”写法不对：{zh}", f"{given!r} is not right: {en}"


def _choice(given: object, context: Mapping[str, Any]) -> Phrase:
    known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    zh, en = suggestion(str(given), known)
    return f"“{given}”不可用{zh}", f"{given!r} is not possible{en}"


def _text(given: object, context: Mapping[str, Any]) -> Phrase:
    if isinstance(given, bool | int):
        written = str(given).lower()
        return f'应为文字，请加引号："{written}"', f'must be text: put it in quotes, "{written}"'
    return "应为文字，不能是列表或分组", "must be text, not a list or a group"


def _group(given: object, context: Mapping[str, Any]) -> Phrase:
    if isinstance(given, str) and "\uff1a" in given:
        return "用了全角冒号（\uff1a），请改为半角冒号加空格", "a full-width colon stands here: write ': '"
    return "应为分组，即下一行缩进写“名称: 内容”", "must be a group: lines of 'key: value', indented"


_PUT: Mapping[str, Callable[[object, Mapping[str, Any]], Phrase]] = {
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "string_type": _text,
    "dict_type": _group,
    "model_type": _group,
}
