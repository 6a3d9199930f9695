"""What people read: ledger entries, notices and refusals in words, Chinese and English."""

from collections.abc import Mapping
from datetime import datetime, time

from casework.budget import parse_budget
from casework.calendar import ONE_DAY, Calendar
from casework.decision import Entry, EntryKind, NotAllowed, Notice, NoticeKind
from casework.predicate import Value
from casework.procedure import MERGED, Procedure, Text

# Each entry kind in both languages. The names in braces are filled by _words.
_ENTRIES: Mapping[EntryKind, tuple[str, str]] = {
    "filed": ("登记:{actor}登记本事项", "filed by {actor}"),
    "entered": ("进入环节“{stage}”({level})", "entered {stage} ({level})"),
    "responsible": ("{role}:{name}({post})", "{role}: {name} ({post})"),
    "vacant": (
        "{because}:{vacant},由{instead}承办",
        "{because}: {vacant}; {instead} answers instead",
    ),
    "handed-over": ("责任交接:{from}→{to},{reason}", "handed over: {from} → {to}; {reason}"),
    "acted": ("{actor}办理“{action}”{given}", "{actor}: {action}{given}"),
    "reminded": ("催办:{who},时限“{clock}”({rung})", "reminded {who}: {clock} ({rung})"),
    "warned": ("预警:{who},时限“{clock}”({rung})", "warned {who}: {clock} ({rung})"),
    "overdue": ("超期:{who},时限“{clock}”已于{due}届满", "overdue: {who}, {clock} expired on {due}"),
    "carded": ("{card}:{who},时限“{clock}”", "{card}: {who}, {clock}"),
    "supervised": ("督办:由{who}督办,时限“{clock}”", "supervision by {who}: {clock}"),
    "escalated": ("提级办理:时限“{clock}”届满未办结,提至“{to}”", "escalated to {to}: {clock} expired"),
    "lapsed": ("期限届满:“{clock}”期满,转“{to}”", "{clock} ended: on to {to}"),
    "held": ("持续催办第{count}次:{who}", "held at the top, reminder {count}: {who}"),
    "clock-started": (
        "时限“{clock}”开始,到期日{due}{provisional}",
        "{clock} started, due {due}{provisional}",
    ),
    "clock-stopped": ("时限“{clock}”停止{late}", "{clock} stopped{late}"),
    "suspended": ("中止:{reason}", "suspended: {reason}"),
    "resumed": ("恢复计时:{reason}", "resumed: {reason}"),
    "pause-capped": ("中止满{cap},时限“{clock}”恢复计算", "pause used up its {cap}: {clock} runs again"),
    "extended": (
        "延期:时限“{clock}”延长{by},到期日{from}→{due}{provisional}",
        "extended {clock} by {by}: due {from} → {due}{provisional}",
    ),
    "recalculated": (
        "节假日安排变更:时限“{clock}”到期日{from}→{due}{provisional}",
        "calendar changed: {clock} due {from} → {due}{provisional}",
    ),
    "rung-skipped": ("“{clock}”的{rung}未执行:{why}", "{rung} of {clock} did not fire: {why}"),
    "handed-out": ("交由上级办理:{to}", "handed out to {to}"),
    "notice-failed": (
        "通知未送达:{to}({channel}),{reason}",
        "notice not delivered to {to} ({channel}): {reason}",
    ),
    "handed-on": ("转交:{from}→{to}", "handed on: {from} → {to}"),
    "handed-back": ("退回:{from}→{to},累计退回{bounces}次", "handed back: {from} → {to}; {bounces} in all"),
    "recused": ("回避:{whom}不再参与本事项", "recused: {whom} has no part in the case any more"),
    "delivered": ("协办完成:{post},时限“{clock}”", "done its part: {post} ({clock})"),
    "silent": (
        "逾期未作答复:时限“{clock}”届满,依规定视为“{to}”",
        "silence: {clock} expired, which the law takes for {to}",
    ),
    "joined": ("并案:{other}并入本事项,{reason}", "{other} was merged into this case: {reason}"),
    "merged": ("并案:本事项并入{into}办理,{reason}", "merged into {into}: {reason}"),
    "linked": ("关联:{other},{reason}", "linked to {other}: {reason}"),
    "ended": ("办结:{outcome}", "ended: {outcome}"),
    "migrated": ("办理程序由{from}版改用{edition}版:{reason}", "edition {from} → {edition}: {reason}"),
    "relieved": ("不再承办:{role}{name}({post}),{reason}", "relieved: {role} {name} ({post}); {reason}"),
}  # fmt: skip

_MOVED = (
    "版本变更:时限“{clock}”到期日{from}→{due}{provisional}",
    "edition changed: {clock} due {from} → {due}{provisional}",
)
"""For an entry ``migrated`` that is about a clock."""

_NOTICES: Mapping[NoticeKind, tuple[str, str]] = {
    "assigned": ("交办", "assigned to you"),
    "reminder": ("催办", "reminder"),
    "warning": ("预警", "warning"),
    "overdue": ("超期", "overdue"),
    "card": ("亮牌", "card"),
    "supervision": ("督办", "supervision"),
    "escalated": ("提级办理", "escalated"),
    "hold": ("持续催办", "still open"),
}

_TERMS: Mapping[str, tuple[str, str]] = {
    "leader": ("责任领导", "responsible leader"),
    "lead": ("牵头单位", "lead unit"),
    "assist": ("责任单位", "assisting unit"),
    "party": ("当事人", "party"),
    "yellow": ("黄牌", "yellow card"),
    "red": ("红牌", "red card"),
    "before-start": ("该时点早于时限起算", "it lies before the clock's start"),
    "before-migration": ("改用新版本时该时点已过", "it lay in the past when the edition was adopted"),
    "already-at-level": ("事项已在该层级或以上", "the case is at that level already"),
    "provisional": ("(暂定,待公布节假日安排)", " (provisional until the holidays are announced)"),
    "overdue": (",已超期", ", overdue"),
    "breach": ("到期", "deadline"),
    "nobody": ("无人在岗", "nobody"),
    "vacancy": ("岗位空缺", "vacant"),
    "recused": ("回避", "recused"),
    "awaiting-party": ("等待当事人", "awaiting the party"),
    "hearing": ("听证", "hearing"),
}


def term(name: str, language: str) -> str:
    """A word of the glossary; the name itself where it is none."""
    zh, en = _TERMS.get(name, (name, name))
    return zh if language == "zh" else en


def title(procedure: Procedure, name: str, language: str) -> str:
    """The title of a stage, outcome, post, level, grade or action of a procedure; else the name itself."""
    return _titles(procedure).get(name, Text(name, name)).in_(language)


def post_title(procedure: Procedure, name: str, language: str) -> str:
    """The title of a post, though a stage may have the same name; else the name itself."""
    return next((post.title.in_(language) for post in procedure.posts if post.name == name), name)


def _titles(procedure: Procedure) -> dict[str, Text]:
    """Titles by name, but for clocks. Where names meet, a stage's comes before all others."""
    named: list[tuple[str, Text]] = [
        (action.name, action.title) for stage in procedure.stages for action in stage.actions
    ]
    for group in (procedure.grades, procedure.levels, procedure.posts):
        named += [(item.name, item.title) for item in group]
    named += [(outcome.name, outcome.title) for outcome in (MERGED, *procedure.outcomes)]
    named += [(stage.name, stage.title) for stage in procedure.stages]
    return dict(named)


def clock_title(procedure: Procedure, name: str, language: str) -> str:
    """A clock's title; its name where the procedure, in another edition perhaps, has none."""
    return procedure.clock(name).title.in_(language) if procedure.has_clock(name) else name


def field_title(procedure: Procedure, action: str, name: str, language: str) -> str:
    rules = [r for s in procedure.stages for a in s.actions if a.name == action for r in a.requires]
    return next((r.title.in_(language) for r in (*rules, *procedure.intake) if r.name == name), name)


def entry_text(procedure: Procedure, entry: Entry, language: str) -> str:
    """A ledger entry as a sentence."""
    zh, en = _MOVED if entry.kind == "migrated" and entry.clock else _ENTRIES[entry.kind]
    return (zh if language == "zh" else en).format_map(_words(procedure, entry, language))


def _words(procedure: Procedure, entry: Entry, language: str) -> dict[str, object]:
    def named(name: object) -> str:
        return title(procedure, str(name), language)

    detail: dict[str, Value] = dict(entry.detail)
    words: dict[str, object] = {
        **detail,
        "actor": term("party", language) if entry.actor.kind == "party" else entry.actor.name,
        "stage": named(entry.stage),
        "level": named(entry.level),
        "post": post_title(procedure, entry.post, language),
        "clock": clock_title(procedure, entry.clock, language),
        "rung": rung_words(entry.rung, language),
        "who": post_title(procedure, entry.post, language) if entry.official else term("nobody", language),
        "provisional": term("provisional", language) if detail.get("provisional") else "",
        "late": term("overdue", language) if detail.get("overdue") else "",
    }
    pause = entry.kind in ("suspended", "resumed")  # elsewhere a reason is what people wrote
    for name in ("reason",) if pause else ("role", "card", "why"):
        if name in detail:
            words[name] = term(str(detail[name]), language)
    for name in ("to", "outcome", "action"):
        if name in detail:
            words[name] = named(detail[name])
    words["name"] = detail.get("name") or term("nobody", language)
    words["instead"] = detail.get("instead") or term("nobody", language)
    if entry.kind in ("vacant", "delivered"):
        words["vacant"] = words["post"] = post_title(procedure, str(detail["post"]), language)
        words["because"] = term("recused" if detail.get("recused") else "vacancy", language)
    if entry.kind == "handed-over":
        words["to"] = detail.get("to") or term("nobody", language)
    for name in ("by", "cap"):
        if name in detail:
            words[name] = parse_budget(str(detail[name])).spoken(language)
    words["given"] = _given(procedure, detail, language)
    return words


def _given(procedure: Procedure, detail: Mapping[str, Value], language: str) -> str:
    """What an action brought; sealed fields are named and not shown."""
    action = str(detail.get("action", ""))
    parts = [
        f"{field_title(procedure, action, name, language)}:{value}"
        for name, value in detail.items()
        if name != "action" and not name.startswith("sealed.")
    ]
    if not parts:
        return ""
    return f"({';'.join(parts)})" if language == "zh" else f" ({'; '.join(parts)})"


def rung_words(rung: str, language: str) -> str:
    """A rung's point in words: ``-1wd`` is 到期前1个工作日."""
    point = rung.partition("#")[0]
    if not point:
        return ""
    zh = language == "zh"
    if point.endswith("%"):
        return f"已过{point}" if zh else f"{point} used"
    if point[0] in "+-":
        spoken = parse_budget(point[1:]).spoken(language)
        if zh:
            return f"到期前{spoken}" if point[0] == "-" else f"到期后{spoken}"
        return f"{spoken} {'before' if point[0] == '-' else 'after'} the deadline"
    return term(point, language)


def notice_text(
    procedure: Procedure, calendar: Calendar, case_id: str, notice: Notice, language: str
) -> tuple[str, str]:
    """Subject and body of a notice. They name the case and its stage, and nothing about any party."""
    zh, en = _NOTICES[notice.kind]
    stage = title(procedure, notice.stage, language)
    due = due_words(calendar, notice.due) if notice.due else ""
    clock = clock_title(procedure, notice.clock, language)
    point = rung_words(notice.rung, language)
    post = post_title(procedure, notice.post, language)
    if language == "zh":
        lines = [f"{notice.name}({post}):", f"事项 {case_id},{procedure.title.zh},环节:{stage}。"]
        lines += [f"时限:{clock}{f'({point})' if point else ''}。"] if clock else []
        lines += [f"到期:{due}。"] if due else []
        return f"【{zh}】{case_id} {stage}", "\n".join([*lines, "请依规及时办理。"])
    lines = [f"{notice.name} ({post}):", f"Case {case_id}, {procedure.title.en}, stage: {stage}."]
    lines += [f"Clock: {clock}{f' ({point})' if point else ''}."] if clock else []
    lines += [f"Due: {due}."] if due else []
    return f"[{en}] {case_id} {stage}", "\n".join([*lines, "Please handle it in time."])


def due_words(calendar: Calendar, due: datetime) -> str:
    """A due instant as people write it: the end of a day is its 24:00, not the next day's 00:00."""
    local = calendar.local(due)
    if local.time() == time():
        return f"{local.date() - ONE_DAY} 24:00"
    return local.strftime("%Y-%m-%d %H:%M")


def refusal_text(refusal: NotAllowed, language: str) -> str:
    return refusal.zh if language == "zh" else refusal.en
