"""Parts of a procedure in words, Chinese and English: limits, people, conditions, whole stages."""

from casework.budget import Budget
from casework.describing import (
    condition_text,
    every_text,
    fact_text,
    listed,
    mark_text,
    people_text,
    person_text,
    place_text,
    rung_effects,
    said,
    value_text,
)
from casework.predicate import All, AnyOf, FieldTest, Not
from casework.procedure import (
    ENTERED,
    Action,
    ClockRule,
    Extension,
    FieldRule,
    Mark,
    PauseRule,
    Procedure,
    Rung,
    Stage,
    Text,
    Top,
    Way,
)
from casework.wording import term
from definitions.difference import Where

_FIELD_TYPES = {
    "text": "文字", "integer": "整数", "flag": "是否", "date": "日期", "choice": "选项", "phone": "电话",
    "evidence": "凭证", "unit": "单位", "official": "责任人",
}  # fmt: skip
_PEOPLE = ("leader", "lead", "assist", "vacant", "by", "approver", "hold")


def words(procedure: Procedure, where: Where, value: object, language: str) -> str:
    """A value of a procedure in words."""
    aspect = where[-1]
    match value:
        case None | "" | ():
            return said(language, "无", "none")
        case Text():
            return value.in_(language)
        case Budget():
            return value.spoken(language)
        case All() | AnyOf() | Not() | FieldTest():
            return condition_text(procedure, value, language)
        case Stage() | ClockRule() | Action() | FieldRule() | Rung() | Mark() | Extension() | PauseRule():
            return _part(procedure, value, language)
        case tuple() if all(isinstance(each, Way) for each in value):
            return said(language, "；", "; ").join(_way(procedure, each, language) for each in value)
        case tuple():
            return listed(language, tuple(_name(procedure, aspect, str(each), language) for each in value))
        case str():
            return _name(procedure, aspect, value, language)
        case bool() | int():
            return value_text(language, value)
    title = getattr(value, "title", None)
    return title.in_(language) if isinstance(title, Text) else str(value)


def _name(procedure: Procedure, aspect: str, name: str, language: str) -> str:
    """A name that a part of a procedure refers to, by its title."""
    match aspect:
        case _ if aspect in _PEOPLE:
            return person_text(procedure, name, language)
        case "level" | "levels":
            return next((level.title.in_(language) for level in procedure.levels if level.name == name), name)
        case "grades":
            return next((grade.title.in_(language) for grade in procedure.grades if grade.name == name), name)
        case "start" | "until":
            return mark_text(procedure, name, language)
        case "on" | "suspends" | "resumes":
            return term(name, language)
        case "hands_to" | "recuses":
            return fact_text(procedure, name, language)
        case "extends":
            clocks = (clock for clock in procedure.clocks if clock.name == name)
            return next((clock.title.in_(language) for clock in clocks), name)
    return name


def _way(procedure: Procedure, way: Way, language: str) -> str:
    to = place_text(procedure, way.to, language)
    if way.when is None:
        return to
    return condition_text(procedure, way.when, language) + said(language, "：", ": ") + to


def _part(procedure: Procedure, part: object, language: str) -> str:
    """A part of a procedure in so many words that one need not look it up."""
    match part:
        case Stage():
            return _stage(procedure, part, language)
        case ClockRule():
            return _clock(procedure, part, language)
        case Action():
            return _action(procedure, part, language)
        case FieldRule():
            kind = said(language, _FIELD_TYPES.get(part.type, part.type), part.type)
            needed = said(language, *(("必填", "required") if part.required else ("选填", "optional")))
            return said(
                language, f"{part.title.zh}（{kind}，{needed}）", f"{part.title.en} ({kind}, {needed})"
            )
        case Rung():
            effects = (*rung_effects(procedure, part, language), *_marks(part, language))
            return listed(language, effects) + every_text(part, language)
        case Mark():
            dated = fact_text(procedure, part.date_field, language) if part.date_field else ""
            return part.name + (said(language, f"（以{dated}为准）", f" (dated by {dated})") if dated else "")
        case Extension():
            who = person_text(procedure, part.approver, language)
            by = part.by.spoken(language)
            return said(
                language, f"{by}，{part.times}次，由{who}批准", f"{by}, {part.times}×, approved by {who}"
            )
        case PauseRule():
            reasons = tuple(term(reason, language) for reason in part.on)
            on, most = listed(language, reasons), part.at_most.spoken(language)
            return said(language, f"{on}，最长{most}", f"{on}, at most {most}")
        case Top():
            return person_text(procedure, part.hold, language)
    return str(part)


def _marks(rung: Rung, language: str) -> tuple[str, ...]:
    return tuple(said(language, f"设标记 {mark}", f"sets the mark {mark}") for mark in rung.marks)


def _clock(procedure: Procedure, clock: ClockRule, language: str) -> str:
    text = f"{clock.title.in_(language)} {clock.budget.spoken(language)}"
    if clock.start == ENTERED:
        return text
    since = mark_text(procedure, clock.start, language)
    return text + said(language, f"（自{since}）", f" (from {since})")


def _stage(procedure: Procedure, stage: Stage, language: str) -> str:
    level = _name(procedure, "level", stage.level, language)
    lead = person_text(procedure, stage.responsible.lead, language)
    parts = [level, said(language, f"牵头单位{lead}", f"lead unit {lead}")]
    parts += [stage.clock.budget.spoken(language)] if stage.clock else []
    actions = listed(language, tuple(action.title.in_(language) for action in stage.actions))
    parts.append(said(language, f"动作：{actions}", f"actions: {actions}"))
    return said(language, "，", ", ").join(parts)


def _action(procedure: Procedure, action: Action, language: str) -> str:
    by = people_text(procedure, action.by, language)
    text = f"{action.title.in_(language)}" + said(language, f"（{by}）", f" ({by})")
    if action.to:
        text += " → " + words(procedure, ("to",), action.to, language)
    return text
