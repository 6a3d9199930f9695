"""Whether every name that a procedure refers to exists."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from casework.procedure import Post
from definitions import words
from definitions.document import Document, Way
from definitions.fault import Fault, suggestion
from definitions.naming import Names, actions_in, clocks_in, conditions_in, fields_in, names_in
from definitions.spelling import ActionSpelling, CaseClockSpelling, ClockSpelling, ProcedureSpelling

Reference = tuple[Way, str, str, str, Iterable[str]]
"""Where a name stands, what kind of thing it should name (zh, en), the name, and the names there are."""

STAGE, POST, LEVEL, CLOCK, MARK, WHOM, END = (
    ("环节", "stage"), ("岗位", "post"), ("层级", "level"), ("时限", "clock"), ("标记", "mark"),
    ("角色或岗位", "role or post"), ("环节或办理结果", "stage or outcome"),
)  # fmt: skip
Kind = tuple[str, str]
UNIT_FIELD = ("必填的 unit 字段", "required field of type unit")
WHO_FIELD = ("official 或 unit 字段", "field of type official or unit")


def reference_faults(
    document: Document,
    written: ProcedureSpelling,
    posts: Mapping[str, Post],
    calendars: Collection[str],
    levels: Collection[str],
) -> Iterator[Fault]:
    """Names that name nothing. ``levels``: those at which the territory has units."""
    names = names_in(written, posts)
    everything = [
        (("calendar",), ("日历", "calendar"), [written.calendar], calendars),
        (("top", "hold"), POST, [written.top.hold], posts),
        *((("levels", n), LEVEL, [level.name], levels) for n, level in enumerate(written.levels)),
        *((("start", n, "stage"), STAGE, [rule.stage], names.stages) for n, rule in enumerate(written.start)),
        *_of_filing(written),
        *_of_stages(written, names),
        *(found for way, action in actions_in(written) for found in _of_action(way, action, names)),
        *(found for _, way, clock in clocks_in(written) for found in _of_clock(way, clock, names)),
        *_of_conditions(written, names),
    ]
    for way, (zh, en), given, known in everything:
        for number, name in enumerate(given):
            if name not in known:
                yield _unknown(document, (*way, number), zh, en, name, known)
    yield from _untitled(document, written)


Checked = tuple[Way, Kind, Iterable[str], Collection[str]]


def _of_filing(written: ProcedureSpelling) -> Iterator[Checked]:
    if written.recuses:
        open_fields = {name: field.type for name, field in written.intake.items() if not field.private}
        yield ("recuses",), WHO_FIELD, [written.recuses], _of_type(open_fields, "official", "unit")


def _of_type(types: Mapping[str, str], *wanted: str) -> list[str]:
    return [name for name, kind in types.items() if kind in wanted]


def _of_stages(written: ProcedureSpelling, names: Names) -> Iterator[Checked]:
    for name, stage in written.stages.items():
        way: Way = ("stages", name)
        yield (*way, "level"), LEVEL, [stage.level], names.levels
        who = stage.responsible
        for role, posts in (("leader", [who.leader]), ("lead", [who.lead]), ("assist", who.assist)):
            yield (*way, "responsible", role), POST, posts, names.posts
        yield (*way, "responsible", "vacant"), POST, [who.vacant], names.posts


def _of_action(way: Way, action: ActionSpelling, names: Names) -> Iterator[Checked]:
    yield (*way, "by"), ("角色、岗位或 party", "role, post or party"), action.by, names.actors
    for number, to in enumerate(action.to or ()):
        yield (*way, "to", number, "to"), END, [to.to], names.ends
    if action.extends:
        yield (*way, "extends"), CLOCK, [action.extends], names.clocks
    brought = {name: field.type for name, field in action.requires.items() if field.required is not False}
    if action.hands_to:
        yield (*way, "hands_to"), UNIT_FIELD, [action.hands_to], _of_type(brought, "unit")
    if action.recuses:
        yield (*way, "recuses"), WHO_FIELD, [action.recuses], _of_type(brought, "official", "unit")
    if action.resumes:
        yield (*way, "resumes"), ("中止事由", "suspension"), [action.resumes], names.suspensions
    for mark, dated_by in action.marks.items():
        dates = [
            name
            for name, field in action.requires.items()
            if field.type == "date" and field.required is not False
        ]
        if dated_by:
            yield (*way, "marks", mark), ("必填日期字段", "required date field"), [dated_by], dates


def _of_clock(way: Way, clock: ClockSpelling, names: Names) -> Iterator[Checked]:
    if isinstance(clock, CaseClockSpelling):
        yield (*way, "from"), MARK, [clock.from_], names.marks
    yield (*way, "until"), MARK, clock.until or [], names.marks
    if clock.pause:
        yield (*way, "pause", "on"), ("中止事由", "suspension"), clock.pause.on, names.suspensions
    if clock.extend:
        yield (*way, "extend", "approver"), WHOM, [clock.extend.approver], names.people
    for number, rung in enumerate(clock.rungs):
        at = (*way, "rungs", number)
        yield (*at, "remind"), WHOM, rung.remind or [], names.people
        yield (*at, "warn"), WHOM, rung.warn or [], names.people
        for key, kind, name, known in (
            ("supervise", POST, rung.supervise, names.posts),
            ("escalate", STAGE, rung.escalate, names.stages),
            ("lapse", END, rung.lapse, names.ends),
            ("silence", END, rung.silence, names.ends),
        ):
            yield (*at, key), kind, [name] if name else [], known


def _of_conditions(written: ProcedureSpelling, names: Names) -> Iterator[Checked]:
    for way, condition in conditions_in(written):
        if condition.field:
            yield (*way, "field"), ("字段", "field"), [condition.field], names.fields


def _unknown(document: Document, way: Way, zh: str, en: str, name: str, known: Iterable[str]) -> Fault:
    more_zh, more_en = suggestion(name, known)
    return document.fault(way, f"没有{zh} {name}{more_zh}", f"there is no {en} {name}{more_en}")


def _untitled(document: Document, written: ProcedureSpelling) -> Iterator[Fault]:
    """Names without a title, and for which no title is known either."""
    things: list[tuple[Way, str, object, Collection[str]]] = [
        *((way, name, field.title, words.FIELDS) for way, name, field in fields_in(written)),
        *((way, str(way[-1]), action.title, words.ACTIONS) for way, action in actions_in(written)),
        *((("levels", n), level.name, level.title, words.LEVELS) for n, level in enumerate(written.levels)),
        *((("clocks", name), name, clock.title, words.CLOCKS) for name, clock in written.clocks.items()),
    ]
    for way, name, title, known in things:
        if title is None and name not in known:
            yield document.fault(
                way,
                f"{name} 须写标题，如 title: {{zh: 中文, en: English}}",
                f"{name} needs a title, as title: {{zh: 中文, en: English}}",
                key=True,
            )
