"""The differences between two procedures in words, Chinese and English."""

from casework.describing import quoted, said
from casework.procedure import Procedure, Rung, Text
from casework.wording import rung_words
from definitions.difference import Difference, Where
from definitions.part_words import words

_GROUPS = {
    "levels": ("层级", "level"), "posts": ("岗位", "post"), "intake": ("登记字段", "field of filing"),
    "grades": ("等级", "grade"), "clocks": ("跨环节时限", "clock"), "stages": ("环节", "stage"),
    "actions": ("动作", "action"), "requires": ("所需字段", "required field"), "rungs": ("节点", "rung"),
    "outcomes": ("办理结果", "outcome"), "marks": ("标记", "mark"),
}  # fmt: skip
_ASPECTS = {
    "name": ("名称（代号）", "name"), "edition": ("版本", "edition"), "kind": ("类别", "kind"),
    "title": ("标题", "title"), "basis": ("依据", "basis"), "example": ("示例期限", "example limits"),
    "calendar": ("日历", "calendar"), "level": ("层级", "level"), "external": ("系统外", "outside"),
    "responsible": ("责任", "responsible"), "leader": ("责任领导", "responsible leader"),
    "lead": ("牵头单位", "lead unit"), "assist": ("责任单位", "assisting units"),
    "vacant": ("空缺时承办", "who answers when vacant"), "clock": ("时限", "clock"),
    "budget": ("期限", "budget"), "start": ("起点", "start"), "until": ("止于", "until"),
    "extend": ("延期", "extension"), "by": ("由谁", "by"), "times": ("次数", "times"),
    "approver": ("批准人", "approver"), "before_expiry": ("须在届满前", "before expiry"),
    "pause": ("中止", "pause"), "on": ("事由", "reasons"), "at_most": ("最长", "at most"),
    "window": ("权利期", "window"), "to": ("去向", "leads to"), "when": ("条件", "condition"),
    "extends": ("延长的时限", "extends"), "suspends": ("中止事由", "suspends"),
    "resumes": ("恢复事由", "resumes"), "type": ("类型", "type"), "required": ("必填", "required"),
    "private": ("隐私", "private"), "minimum": ("最小", "smallest"), "maximum": ("最大", "largest"),
    "choices": ("选项", "choices"), "default": ("默认值", "default"), "urgent": ("紧急", "urgent"),
    "top": ("到顶之后", "the top"), "hold": ("由谁持续催办", "held by"),
    "remind_every": ("催办间隔", "reminded every"), "joint": ("联合办理时限", "clock of each assisting unit"),
    "hands_to": ("移交至", "hands to"), "hands_back": ("退回来处", "hands back"),
    "recuses": ("回避", "recuses"), "delivers": ("协办完成", "delivers"),
}  # fmt: skip
_KINDS = {
    "added": ("新增", "added"), "removed": ("删去", "removed"), "changed": ("改为", "changed"),
    "shortened": ("缩短", "shortened"), "lengthened": ("延长", "lengthened"),
    "reordered": ("次序改变", "in another order"),
}  # fmt: skip


def place_of(old: Procedure, new: Procedure, where: Where, language: str) -> str:
    """The part of the procedure that differs, with the titles of all it lies in."""
    parts: list[str] = []
    for depth, name in enumerate(where, start=1):
        if depth > 1 and where[depth - 2] in _GROUPS:
            continue
        item = _item(old, new, where[: depth + 1]) if name in _GROUPS and depth < len(where) else None
        group = said(language, *_label(where[:depth]))
        parts.append(f"{group}{_titled(item, where[depth], language)}" if item is not None else group)
    return " › ".join(parts)


def _label(where: Where) -> tuple[str, str]:
    """What a field of a procedure is called; its own name where we have none for it."""
    name = where[-1]
    if where[-2:] == ("extend", "by"):
        return "每次", "each by"
    return _GROUPS.get(name) or _ASPECTS.get(name) or (name, name)


def _item(old: Procedure, new: Procedure, where: Where) -> object | None:
    found = _at(new, where)
    return _at(old, where) if found is None else found


def _at(item: object, where: Where) -> object | None:
    """What a way leads to; None where it leads to nothing."""
    for step in where:
        if isinstance(item, tuple):
            item = next((each for each in item if getattr(each, "name", None) == step), None)
        else:
            item = getattr(item, step, None)
    return item


def _titled(item: object, name: str, language: str) -> str:
    if isinstance(item, Rung):
        point = rung_words(name, language)
        return said(language, quoted(point, language), f" {point}")
    title = getattr(item, "title", None)
    text = title.in_(language) if isinstance(title, Text) else name
    return said(language, quoted(text, language), f" {quoted(text, language)}")


def change_of(old: Procedure, new: Procedure, difference: Difference, language: str) -> str:
    """What became of it: old → new, or the whole of what is added or removed."""
    kind = said(language, *_KINDS[difference.kind])
    colon = said(language, "：", ": ")
    before = words(old, difference.where, difference.old, language)
    after = words(new, difference.where, difference.new, language)
    match difference.kind:
        case "added":
            return f"{kind}{colon}{after}"
        case "removed":
            return f"{kind}{colon}{before}"
        case "changed":
            return f"{before} → {after}" if before != after else _other_language(difference, language)
    return f"{kind}{colon}{before} → {after}"


def _other_language(difference: Difference, language: str) -> str:
    """A text that differs in the other language only, or a part whose words are the same."""
    other = "en" if language == "zh" else "zh"
    if isinstance(difference.old, Text) and isinstance(difference.new, Text):
        return f"{difference.old.in_(other)} → {difference.new.in_(other)}"
    return said(language, "细节不同，见 --json", "differs in detail: see --json")
