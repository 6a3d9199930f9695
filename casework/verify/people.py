"""Whether somebody answers: at the stage's own level, when posts are vacant, for every post that is named."""

from collections.abc import Iterator
from dataclasses import replace

from casework.allowed import allowed
from casework.case import SYSTEM, Case, Holder
from casework.decide import decide
from casework.event import HoldersChanged
from casework.procedure import PARTY, ROLES, Action, Procedure
from casework.story import Step
from casework.verify.explore import Exploration, Node
from casework.verify.finding import Finding, Where, action_at
from casework.verify.moves import at_once
from casework.verify.stories import story_to
from casework.verify.ways_in import clock_at, clocks_of


def people_findings(found: Exploration) -> Iterator[Finding]:
    for stage in found.procedure.stages:
        node = found.first_at(stage.name)
        if node:
            yield from _nobody_at_level(found, node)
            yield from _unanswered(found, node)
    yield from _nobody_may(found)
    yield from _posts_off_the_ladder(found)
    yield from _same_title(found)


def _nobody_at_level(found: Exploration, node: Node) -> Iterator[Finding]:
    """Neither leader nor lead stands at the stage's own level, nor at the top, though every post is held."""
    stage = found.procedure.stage(node.case.stage)
    place = node.case.place(stage.level)
    top = node.case.place(found.procedure.post(found.procedure.top.hold).level)
    if found.procedure.level(stage.level).external or place is None:
        return
    answering = [r for r in node.case.responsibilities if r.role in ("leader", "lead")]
    if not {r.unit for r in answering} & {each.code for each in (place, top) if each}:
        yield Finding(
            "nobody-at-level",
            ("stages", stage.name, "responsible"),
            f"环节 {stage.name} 属于 {stage.level}，但责任领导和牵头单位既不在这一级，也不在最高一级",
            f"{stage.name} is a stage of the {stage.level}, but neither its leader nor its lead stands "
            "there or at the top",
            story_to(found, node),
        )


def _unanswered(found: Exploration, node: Node) -> Iterator[Finding]:
    """With every post of a level vacant, or every one but the top's, somebody still answers."""
    at, stage = at_once(node.case), node.case.stage
    for level, event in vacancies(found.procedure, node.case, found.world.holders):
        after = decide(found.procedure, node.case, event, at).case
        if not all(r.official for r in after.responsibilities):
            yield Finding(
                "unanswered",
                ("stages", stage, "responsible", "vacant"),
                f"{level} 的岗位全部空缺时，环节 {stage} 没有任何人承办",
                f"when every post of the {level} is vacant, nobody answers at {stage}",
                story_to(found, node, Step(at, event=event)),
            )
            return


def vacancies(
    procedure: Procedure, case: Case, holders: tuple[Holder, ...]
) -> Iterator[tuple[str, HoldersChanged]]:
    """Every post at one level vacant, for each level on the case's ladder; the post at the top is held."""
    for place in case.places:
        left = tuple(h for h in holders if h.unit != place.code or h.post == procedure.top.hold)
        if left != holders:
            yield place.level, HoldersChanged(left, "岗位全部空缺", SYSTEM)


def _nobody_may(found: Exploration) -> Iterator[Finding]:
    """Actions that are open and that nobody may take, though every post is held."""
    told: set[Where] = set()
    for node in found.nodes:
        for each in allowed(found.procedure, node.case):
            where = action_at(node.case.stage, each.action.name, "by")
            if where not in told and not each.holders:
                told.add(where)
                yield _nobody(found, node, each.action, where)


def _nobody(found: Exploration, node: Node, action: Action, where: Where) -> Finding:
    step = Step(at_once(node.case), action.name, action.by[0], refused="not-yours")
    return Finding(
        "nobody-holds",
        where,
        f"动作 {action.name} 没有任何人能办理",
        f"nobody may ever take the action {action.name}",
        story_to(found, node, step),
    )


def _posts_off_the_ladder(found: Exploration) -> Iterator[Finding]:
    """Posts that nobody can hold in this procedure, since their level is none of its levels."""
    levels = {place.level for place in found.world.ladder}
    nowhere = {post.name for post in found.procedure.posts if post.level not in levels}
    for post, where, stage in _named(found.procedure):
        node = found.first_at(stage) if stage else found.nodes[0]
        if post in nowhere and node:
            level = found.procedure.post(post).level
            yield Finding(
                "nobody-holds",
                where,
                f"岗位 {post} 设在 {level}，不在本程序的层级内，永远没有人担任",
                f"the post {post} stands at the {level}, which is no level here: nobody can ever hold it",
                story_to(found, node),
            )


def _named(procedure: Procedure) -> Iterator[tuple[str, Where, str]]:
    """Every post named as actor or listener: its name, where, and the stage."""
    for stage in procedure.stages:
        for action in stage.actions:
            for number, by in enumerate(action.by):
                if by not in (*ROLES, PARTY):
                    yield by, action_at(stage.name, action.name, "by", number), stage.name
    for clock, stage_name in clocks_of(procedure):
        for rung in clock.rungs:
            where = clock_at(procedure, clock.name, "rungs", rung.name)
            for key, posts in (("remind", rung.remind), ("warn", rung.warn)):
                yield from ((post, (*where, key), stage_name) for post in posts if post not in ROLES)
            if rung.supervise:
                yield rung.supervise, (*where, "supervise"), stage_name


def _same_title(found: Exploration) -> Iterator[Finding]:
    """Two actions that are open at once to the same person, are called the same and do different things."""
    told: set[tuple[str, ...]] = set()
    for node in found.nodes:
        open_now = [each.action for each in allowed(found.procedure, node.case)]
        for number, action in enumerate(open_now):
            for other in open_now[:number]:
                pair = (node.case.stage, other.name, action.name)
                if pair not in told and _alike(action, other) and set(action.by) & set(other.by):
                    told.add(pair)
                    yield _confusing(found, node, action, other)


def _alike(action: Action, other: Action) -> bool:
    same = action.title.zh == other.title.zh or action.title.en == other.title.en
    return same and replace(action, name="", title=other.title) != replace(other, name="")


def _confusing(found: Exploration, node: Node, action: Action, other: Action) -> Finding:
    return Finding(
        "same-title",
        action_at(node.case.stage, action.name, "title"),
        f"动作 {action.name} 与 {other.name} 名称相同而后果不同，同一人同时可选，会办错",
        f"{action.name} and {other.name} are called the same, differ in effect, and one person may take both",
        story_to(found, node),
    )
