"""Whether levels, posts and responsibilities of a procedure fit each other."""

from collections.abc import Iterator, Mapping

from casework.procedure import Post
from definitions.document import Document, Way
from definitions.fault import Fault
from definitions.spelling import ProcedureSpelling, StageSpelling


def ladder_faults(
    document: Document, written: ProcedureSpelling, posts: Mapping[str, Post]
) -> Iterator[Fault]:
    """Expects that every level and post that is named exists."""
    order = [level.name for level in written.levels]
    inner = [level.name for level in written.levels if not level.external]
    yield from _level_faults(document, written, order, inner)
    if not inner:
        return
    for name, stage in written.stages.items():
        yield from _post_faults(document, ("stages", name, "responsible"), stage, posts, order, inner)
        yield from _escalation_faults(document, name, stage, written, order)
    if posts[written.top.hold].level != inner[-1]:
        zh, en = f"应为最高一级 {inner[-1]} 的岗位", f"must be a post at the highest level, {inner[-1]}"
        yield document.fault(("top", "hold"), zh, en)


def _level_faults(
    document: Document, written: ProcedureSpelling, order: list[str], inner: list[str]
) -> Iterator[Fault]:
    for number, level in enumerate(written.levels):
        if level.name in order[:number]:
            yield document.fault(
                ("levels", number), f"层级 {level.name} 重复", f"the level {level.name} stands twice"
            )
        if not level.external and any(lower.external for lower in written.levels[:number]):
            zh, en = "系统外的层级（external）须列在最后", "external levels come last"
            yield document.fault(("levels", number), zh, en)
    if not inner:
        yield document.fault(
            ("levels",), "至少要有一个系统内的层级", "at least one level must be within the system"
        )


def _post_faults(
    document: Document,
    way: Way,
    stage: StageSpelling,
    posts: Mapping[str, Post],
    order: list[str],
    inner: list[str],
) -> Iterator[Fault]:
    who = stage.responsible
    named = [("leader", 0, who.leader), ("lead", 0, who.lead), ("vacant", 0, who.vacant)]
    named += [("assist", number, post) for number, post in enumerate(who.assist)]
    lowest = stage.level if stage.level in inner else inner[0]
    for key, number, post in named:
        level = posts[post].level
        if level not in order:
            zh, en = (
                f"岗位 {post} 设在 {level}，不在本程序的层级内",
                f"{post} stands at {level}, which is no level here",
            )
            yield document.fault((*way, key, number), zh, en)
        elif order.index(level) < order.index(lowest):
            zh = f"岗位 {post} 在 {level}，低于本环节的 {lowest}"
            yield document.fault(
                (*way, key, number), zh, f"{post} stands at {level}, below this stage's {lowest}"
            )
    if who.vacant in (who.leader, who.lead):
        zh, en = "岗位空缺时须由另一岗位顶替", "when a post is vacant another post must answer"
        yield document.fault((*way, "vacant"), zh, en)


def _escalation_faults(
    document: Document, name: str, stage: StageSpelling, written: ProcedureSpelling, order: list[str]
) -> Iterator[Fault]:
    if stage.clock is None:
        return
    for number, rung in enumerate(stage.clock.rungs):
        if not rung.escalate:
            continue
        target = written.stages[rung.escalate].level
        if order.index(target) <= order.index(stage.level):
            way = ("stages", name, "clock", "rungs", number, "escalate")
            zh, en = (
                f"提级须到更高层级，{rung.escalate} 在 {target}",
                f"{rung.escalate} is at {target}, which is not higher",
            )
            yield document.fault(way, zh, en)
