"""What stands on a stage's card, in as few words as say it."""

from dataclasses import replace

from casework.budget import Budget
from casework.describing import (
    condition_text,
    listed,
    mark_text,
    people_text,
    person_text,
    place_text,
    rung_effects,
    said,
)
from casework.procedure import ClockRule, Procedure, Rung, Stage
from casework.wording import rung_words
from definitions.drawing.chart import Arrow

_ROLES = {"leader": ("领导", "leader"), "lead": ("牵头", "lead"), "assist": ("协办", "assistants")}


def limit_text(clock: ClockRule, language: str) -> str:
    return f"{clock.title.in_(language)} {clock.budget.spoken(language)}"


def since_text(procedure: Procedure, stage: Stage, clock: ClockRule, language: str) -> str:
    """What starts a clock of the case: the actions that lead to this stage, where any does."""
    leading = [
        action.title.in_(language)
        for each in procedure.stages
        for action in each.actions
        if any(way.to == stage.name for way in action.to) and any(m.name == clock.start for m in action.marks)
    ]
    return said(language, "或", " or ").join(dict.fromkeys(leading)) or mark_text(
        procedure, clock.start, language
    )


def short(procedure: Procedure, rung: Rung, language: str) -> str:
    effects = rung_effects(procedure, rung, language, whom=False)
    if not effects:
        return ""
    return _point(rung, language) + said(language, " ", ": ") + listed(language, effects)


def _point(rung: Rung, language: str) -> str:
    """A rung's point as short as a card wants it."""
    repeated = rung.every is not None and str(rung.every) == f"{rung.amount}{rung.unit}"
    match rung.point:
        case "percent":
            return rung.name
        case "before":
            return said(language, f"前{_amount(rung)}", f"{rung.amount}{rung.unit} before")
        case "after" if repeated:
            return said(language, f"每逾{_amount(rung)}", f"every {rung.amount}{rung.unit} after")
        case "after":
            return said(language, f"逾{_amount(rung)}", f"{rung.amount}{rung.unit} after")
    return rung_words(rung.name, language)


def _amount(rung: Rung) -> str:
    return Budget(rung.amount, rung.unit).spoken("zh").replace("个", "")


def timed_text(procedure: Procedure, rung: Rung, arrow: Arrow, language: str) -> str:
    """What time does to a case, and what else it does at that moment."""
    others = replace(rung, escalate=None, lapse=None, silence=None)
    effects = rung_effects(procedure, others, language, whom=False)
    space = said(language, " ", ": ")
    if arrow.kind == "escalate":
        told = listed(language, (*effects, said(language, "提级", "escalate")))
        return _point(rung, language) + space + told
    to = place_text(procedure, arrow.to, language)
    if arrow.kind == "silence":
        told = listed(language, (*effects, said(language, f"视为“{to}”", f'taken for "{to}"')))
        return _point(rung, language) + space + told
    ended = listed(language, (said(language, "期满", "lapsed"), *effects))
    return ended if procedure.has_stage(arrow.to) else f"{ended} → {to}"


def row_text(procedure: Procedure, stage: Stage, arrow: Arrow, language: str) -> str:
    text = way_text(procedure, arrow, language)
    action = next(action for action in stage.actions if action.name == arrow.name)
    notes = [_by(procedure, arrow.by, language)] if arrow.by != ("lead",) else []
    if action.hands_to:
        notes.append(said(language, "移交另一单位", "to another unit"))
    if action.hands_back:
        notes.append(said(language, "退回来处", "back where it came from"))
    if notes:
        text += said(language, f"（{'；'.join(notes)}）", f" ({'; '.join(notes)})")
    if arrow.when:
        text += said(language, "，仅当", ", if ") + condition_text(procedure, arrow.when, language)
    return text


def way_text(procedure: Procedure, arrow: Arrow, language: str) -> str:
    """An action and, where it ends the case, its outcome; once where the one says the other."""
    text = arrow.title.in_(language)
    if procedure.has_stage(arrow.to):
        return text
    outcome = place_text(procedure, arrow.to, language)
    return outcome if text.lower() in outcome.lower() else f"{text} → {outcome}"


def _by(procedure: Procedure, by: tuple[str, ...], language: str) -> str:
    return listed(
        language,
        tuple(
            said(language, *_ROLES[who]) if who in _ROLES else person_text(procedure, who, language)
            for who in by
        ),
    )


def tip(procedure: Procedure, stage: Stage, language: str) -> str:
    """What the card has no room for."""
    posts = stage.responsible
    lines = [
        stage.title.in_(language) + (f" · {stage.basis}" if stage.basis else ""),
        said(language, "责任领导：", "Leader: ") + person_text(procedure, posts.leader, language),
        said(language, "牵头单位：", "Lead unit: ") + person_text(procedure, posts.lead, language),
        said(language, "责任单位：", "Assisting units: ") + people_text(procedure, posts.assist, language),
        said(language, "空缺时：", "If vacant: ") + person_text(procedure, posts.vacant, language),
    ]
    return "\n".join(lines)
