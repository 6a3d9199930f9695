"""The rules themselves in words, Chinese and English: conditions, who is meant, and what a rung does.

What is read of a running case is in ``wording``; this is read by those who write and judge procedures.
"""

from casework.predicate import All, AnyOf, FieldTest, Not, Predicate, Value
from casework.procedure import FILED, MERGED, Procedure, Rung
from casework.wording import post_title, term

FILED_AT = "filed_at"
_SEEN = {
    FILED_AT: ("登记层级", "level of filing"),
    "bounces": ("退回次数", "times handed back"),
    "handed_on": ("由他处转来", "handed on from elsewhere"),
    "awaited": ("尚未完成的协办单位", "assisting units still to do their part"),
}
_YES, _NO = ("是", "yes"), ("否", "no")


def said(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def listed(language: str, parts: tuple[str, ...]) -> str:
    return said(language, "、", ", ").join(parts)


def quoted(text: str, language: str) -> str:
    return said(language, f"“{text}”", f'"{text}"')


def value_text(language: str, value: Value) -> str:
    if isinstance(value, bool):
        return said(language, *(_YES if value else _NO))
    return str(value)


def person_text(procedure: Procedure, whom: str, language: str) -> str:
    """A role, a post or the party by its title."""
    if any(post.name == whom for post in procedure.posts):
        return post_title(procedure, whom, language)
    return term(whom, language)


def people_text(procedure: Procedure, whom: tuple[str, ...], language: str) -> str:
    return listed(language, tuple(person_text(procedure, each, language) for each in whom))


def place_text(procedure: Procedure, name: str, language: str) -> str:
    """A stage or an outcome by its title."""
    places = [(place.name, place.title) for place in procedure.stages]
    places += [(outcome.name, outcome.title) for outcome in (*procedure.outcomes, MERGED)]
    return next((title.in_(language) for each, title in places if each == name), name)


def condition_text(procedure: Procedure, condition: Predicate | None, language: str) -> str:
    """A condition as people say it; no condition is "otherwise"."""
    match condition:
        case None:
            return said(language, "其他情形", "otherwise")
        case All(of=parts):
            return said(language, "且", " and ").join(_part(procedure, part, language) for part in parts)
        case AnyOf(of=parts):
            return said(language, "或", " or ").join(_part(procedure, part, language) for part in parts)
        case Not(of=part):
            return said(language, "并非", "not ") + _part(procedure, part, language)
        case FieldTest():
            return _test_text(procedure, condition, language)
    return str(condition)


def _part(procedure: Procedure, part: Predicate, language: str) -> str:
    text = condition_text(procedure, part, language)
    if isinstance(part, All | AnyOf) and len(part.of) > 1:
        return said(language, f"（{text}）", f"({text})")
    return text


def _test_text(procedure: Procedure, test: FieldTest, language: str) -> str:
    if test.field == FILED_AT and test.test in ("is", "one_of"):
        levels = tuple(_level(procedure, str(value), language) for value in test.values)
        return said(language, f"在{'或'.join(levels)}登记", f"filed at {' or '.join(levels)}")
    title = fact_text(procedure, test.field, language)
    match test.test, test.values:
        case "is", (bool() as wanted,):
            named = quoted(title, language)
            return named if wanted else said(language, "并非", "not ") + named
        case "given", (wanted,):
            zh, en = ("已填", "given") if wanted else ("未填", "not given")
            return said(language, zh + title, f"{title} {en}")
        case "at_least", (bound,):
            return said(language, f"{title}≥{bound}", f"{title} ≥ {bound}")
        case "at_most", (bound,):
            return said(language, f"{title}≤{bound}", f"{title} ≤ {bound}")
    values = tuple(value_text(language, value) for value in test.values)
    return said(language, f"{title}为{'或'.join(values)}", f"{title} is {' or '.join(values)}")


def _level(procedure: Procedure, name: str, language: str) -> str:
    return next((level.title.in_(language) for level in procedure.levels if level.name == name), name)


def fact_text(procedure: Procedure, name: str, language: str) -> str:
    """The title of a field that filing or any action brings, or of what the case itself has seen."""
    if name in _SEEN:
        return said(language, *_SEEN[name])
    brought = (rule for stage in procedure.stages for action in stage.actions for rule in action.requires)
    return next((r.title.in_(language) for r in (*procedure.intake, *brought) if r.name == name), name)


def rung_effects(procedure: Procedure, rung: Rung, language: str, *, whom: bool = True) -> tuple[str, ...]:
    """What a rung does, each thing in a few words; without ``whom`` it is not said to whom."""

    def told(zh: str, en: str, people: tuple[str, ...]) -> str:
        names = people_text(procedure, people, language) if whom else ""
        return said(language, zh + names, f"{en} {names}".strip())

    effects: list[str] = []
    if rung.remind:
        effects.append(told("催办", "remind", rung.remind))
    if rung.warn:
        effects.append(told("预警", "warn", rung.warn))
    if rung.card:
        effects.append(term(rung.card, language))
    if rung.supervise:
        post = person_text(procedure, rung.supervise, language)
        effects.append(
            said(language, f"由{post}督办", f"supervision by {post}")
            if whom
            else said(language, "督办", "supervise")
        )
    if rung.escalate:
        to = place_text(procedure, rung.escalate, language)
        effects.append(said(language, f"提级至“{to}”", f"escalate to {to}"))
    if rung.lapse:
        to = place_text(procedure, rung.lapse, language)
        effects.append(said(language, f"期满转“{to}”", f"lapse to {to}"))
    if rung.silence:
        to = place_text(procedure, rung.silence, language)
        effects.append(said(language, f"视为“{to}”", f"taken for {to}"))
    return tuple(effects)


def every_text(rung: Rung, language: str) -> str:
    """How often a rung repeats; empty where it does not."""
    if rung.every is None:
        return ""
    spoken = rung.every.spoken(language)
    return said(language, f"，此后每{spoken}", f", then every {spoken}")


def mark_text(procedure: Procedure, mark: str, language: str) -> str:
    """A mark by what sets it: actions, or the end of a limit."""
    if mark == FILED:
        return said(language, "登记", "filing")
    titles = (
        action.title.in_(language)
        for stage in procedure.stages
        for action in stage.actions
        if any(each.name == mark for each in action.marks)
    )
    clocks = (*procedure.clocks, *(clock for stage in procedure.stages for clock in stage.clocks))
    ends = (
        said(language, f"“{clock.title.zh}”期满", f'the end of "{clock.title.en}"')
        for clock in clocks
        if any(mark in rung.marks for rung in clock.rungs)
    )
    return said(language, "或", " or ").join(dict.fromkeys([*titles, *ends])) or mark
