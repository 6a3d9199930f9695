"""What happened at a moment: its sign on a bar, the words beside it, and the legend of the signs."""

from collections.abc import Sequence

from casework.calendar import ONE_DAY
from casework.decision import Entry
from casework.describing import place_text, said
from casework.procedure import Procedure
from casework.timeline import Moment
from casework.wording import term, title
from definitions.drawing.axis import Axis
from definitions.drawing.labels import SIZE, Label, label
from definitions.drawing.letters import width
from definitions.drawing.painting import FAINT, INK, PERSON, TIME
from definitions.drawing.svg import Picture

_AMBER, _RED, _YELLOW, _VIOLET = "#b26a00", "#c62828", "#f2c200", "#6a3fa0"

# Short words, the gravest last: the gravest kind of a moment gives its sign and colour.
_WORDS: dict[str, tuple[str, str, str]] = {
    "filed": ("登记", "filed", INK),
    "vacant": ("岗位空缺", "vacant", _VIOLET),
    "handed-out": ("交上级办理", "handed out", PERSON),
    "handed-over": ("责任交接", "handed over", PERSON),
    "handed-on": ("转交", "handed on", PERSON),
    "handed-back": ("退回", "handed back", PERSON),
    "recused": ("回避", "recused", _VIOLET),
    "joined": ("并案", "joined", PERSON),
    "merged": ("并入另案", "merged", PERSON),
    "linked": ("关联", "linked", PERSON),
    "migrated": ("改用版本", "edition changed", PERSON),
    "relieved": ("不再承办", "relieved", PERSON),
    "notice-failed": ("通知未送达", "notice failed", _VIOLET),
    "recalculated": ("到期日重算", "recalculated", PERSON),
    "acted": ("办理", "action", INK),
    "suspended": ("中止", "suspended", PERSON),
    "resumed": ("恢复计时", "resumed", PERSON),
    "pause-capped": ("中止期满", "pause used up", PERSON),
    "extended": ("延期", "extended", PERSON),
    "ended": ("办结", "ended", INK),
    "reminded": ("催办", "reminded", _AMBER),
    "warned": ("预警", "warned", _AMBER),
    "held": ("持续催办", "held", _AMBER),
    "delivered": ("协办完成", "done its part", INK),
    "lapsed": ("期满", "lapsed", FAINT),
    "silent": ("逾期视为", "taken for", _RED),
    "supervised": ("督办", "supervised", _VIOLET),
    "overdue": ("超期", "overdue", _RED),
    "carded": ("亮牌", "card", _RED),
    "escalated": ("提级办理", "escalated", _RED),
}
_ORDER = tuple(_WORDS)
LEGEND = ("acted", "reminded", "warned", "supervised", "overdue", "carded", "escalated", "lapsed", "held")


def gravest(moment: Moment) -> str:
    return max(moment.kinds, key=lambda kind: _ORDER.index(kind) if kind in _ORDER else -1)


def labels(procedure: Procedure, axis: Axis, moments: Sequence[Moment]) -> list[Label]:
    """A label for each moment; of those that repeat, one that says how often."""
    told: list[Label] = []
    groups: dict[object, list[Moment]] = {}
    for moment in moments:
        groups.setdefault(_same(moment), []).append(moment)
    for group in groups.values():
        words = _words(procedure, group[0], axis.language)
        often = said(axis.language, f"，共{len(group)}次", f", {len(group)} times") if len(group) > 1 else ""
        _, _, colour = _WORDS.get(gravest(group[0]), ("", "", INK))
        bold = gravest(group[0]) in ("escalated", "carded", "overdue", "ended")
        text = f"{when(axis, group[0])} {words}{often}"
        told.append(label(axis.x(group[0].at), text, colour, bold=bold))
    return told


def _same(moment: Moment) -> object:
    """Moments that repeat each other are alike in this; what people do never is."""
    if any(kind not in ("held", "reminded", "warned") for kind in moment.kinds):
        return moment.at, moment.kinds
    return tuple(dict.fromkeys((e.kind, e.clock, e.rung.partition("#")[0]) for e in moment.entries))


def when(axis: Axis, moment: Moment) -> str:
    """The day of a moment; the end of a day is its 24:00. With the hour where the story is short."""
    local = axis.calendar.local(moment.at)
    if local.hour == local.minute == local.second == 0 and not {"filed", "acted"} & set(moment.kinds):
        return f"{local - ONE_DAY:%m-%d} 24:00"
    return f"{local:%m-%d %H:%M}" if axis.short else f"{local:%m-%d}"


def _words(procedure: Procedure, moment: Moment, language: str) -> str:
    words = dict.fromkeys(_word(procedure, entry, language) for entry in moment.entries)
    return said(language, "、", ", ").join(words)


def _word(procedure: Procedure, entry: Entry, language: str) -> str:
    match entry.kind:
        case "acted":
            return title(procedure, str(entry.detail.get("action", "")), language)
        case "carded":
            return term(str(entry.detail.get("card", "")), language)
        case "silent":
            to = place_text(procedure, str(entry.detail.get("to", "")), language)
            return said(language, f"逾期视为“{to}”", f"taken for {to}")
        case "ended":
            outcome = title(procedure, str(entry.detail.get("outcome", "")), language)
            return said(language, f"办结：{outcome}", f"ended: {outcome}")
    zh, en, _ = _WORDS.get(entry.kind, (entry.kind, entry.kind, INK))
    return said(language, zh, en)


def sign(picture: Picture, kind: str, x: float, y: float) -> None:
    """The sign of a kind, centred on a bar."""
    _, _, colour = _WORDS.get(kind, ("", "", INK))
    white = {"stroke": "#ffffff", "stroke_width": "1"}
    match kind:
        case "escalated":
            picture.polygon([(x, y - 8), (x + 6, y + 1), (x + 2, y + 1), (x + 2, y + 7), (x - 2, y + 7),
                             (x - 2, y + 1), (x - 6, y + 1)], fill=colour, **white)  # fmt: skip
        case "carded":
            picture.rect(x - 4, y - 6, 8, 12, rx="1", fill=colour, **white)
        case "overdue":
            picture.polygon([(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], fill=colour, **white)
        case "supervised":
            picture.rect(x - 4.5, y - 4.5, 9, 9, fill=colour, **white)
        case "warned":
            picture.polygon([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], fill=colour, **white)
        case "reminded" | "held":
            picture.circle(x, y, 4, fill="#ffffff", stroke=colour, stroke_width="2")
        case "lapsed" | "silent":
            picture.line((x - 4, y - 4), (x + 4, y + 4), stroke=colour, stroke_width="2")
            picture.line((x - 4, y + 4), (x + 4, y - 4), stroke=colour, stroke_width="2")
        case _:
            picture.circle(x, y, 3.6, fill=colour, **white)


def legend(picture: Picture, x: float, y: float, language: str) -> None:
    for kind in LEGEND:
        zh, en, _ = _WORDS[kind]
        text = said(language, zh, en)
        sign(picture, kind, x + 6, y - 4)
        picture.text(x + 16, y, text, SIZE, fill=FAINT)
        x += 16 + width(text, SIZE) + 16
    for fill, (zh, en) in (("#7f9cc0", ("时限计算中", "clock runs")), (TIME, ("超期", "overdue"))):
        text = said(language, zh, en)
        picture.rect(x, y - 7, 22, 6, fill=fill, rx="3")
        picture.text(x + 27, y, text, SIZE, fill=FAINT)
        x += 27 + width(text, SIZE) + 16
    text = said(language, "中止", "paused")
    picture.rect(x, y - 7, 22, 6, fill="#ffffff", stroke="#7f9cc0", stroke_dasharray="3 2", rx="3")
    picture.text(x + 27, y, text, SIZE, fill=FAINT)
