"""A procedure as written, turned into the core's procedure with every default written out.

Expects a procedure that the checks have passed.
"""

from collections.abc import Iterator, Mapping

from casework.budget import parse_budget
from casework.procedure import (
    PARTY,
    ROLES,
    Action,
    Grade,
    Level,
    Mark,
    Outcome,
    Post,
    Procedure,
    Responsible,
    Stage,
    Top,
    Way,
)
from definitions import words
from definitions.naming import clocks_in, joint_name
from definitions.normal_clocks import clock_rule
from definitions.normal_terms import fields, predicate, text
from definitions.spelling import (
    ActionSpelling,
    LevelSpelling,
    ProcedureSpelling,
    StageSpelling,
    WaySpelling,
)


def normalised(written: ProcedureSpelling, posts: Mapping[str, Post]) -> Procedure:
    """The core's procedure. It holds only the posts it names, so other posts do not touch its edition."""
    named = set(posts_named(written))
    return Procedure(
        name=written.procedure,
        edition=written.edition,
        kind=written.kind,
        title=text(written.title),
        basis=tuple(written.basis),
        example=written.example,
        calendar=written.calendar,
        levels=tuple(_level(level) for level in written.levels),
        posts=tuple(post for name, post in posts.items() if name in named),
        intake=fields(written.intake, required=False),
        start=tuple(Way(rule.stage, predicate(rule.when)) for rule in written.start),
        grades=tuple(
            Grade(name, text(grade.title), predicate(grade.when), grade.urgent)
            for name, grade in written.grades.items()
        ),
        clocks=tuple(clock_rule(name, clock, None) for name, clock in written.clocks.items()),
        stages=tuple(_stage(name, stage) for name, stage in written.stages.items()),
        outcomes=tuple(Outcome(name, text(title)) for name, title in written.outcomes.items()),
        top=Top(written.top.hold, parse_budget(written.top.remind_every)),
        recuses=written.recuses,
    )


def posts_named(written: ProcedureSpelling) -> Iterator[str]:
    """Every post that a procedure names anywhere, and perhaps names that are no posts."""
    for stage in written.stages.values():
        responsible = stage.responsible
        yield from (responsible.leader, responsible.lead, *responsible.assist, responsible.vacant)
        for action in stage.actions.values():
            yield from (name for name in action.by if name not in (*ROLES, PARTY))
    for _, _, clock in clocks_in(written):
        yield from (clock.extend.approver,) if clock.extend else ()
        for rung in clock.rungs:
            yield from (*(rung.remind or ()), *(rung.warn or ()))
            yield from (rung.supervise,) if rung.supervise else ()
    yield written.top.hold


def _level(written: LevelSpelling) -> Level:
    title = text(written.title) if written.title else words.LEVELS[written.name]
    return Level(written.name, title, written.external)


def _ways(written: list[WaySpelling] | None) -> tuple[Way, ...]:
    return tuple(Way(way.to, predicate(way.when)) for way in written or ())


def _stage(name: str, written: StageSpelling) -> Stage:
    who = written.responsible
    clock, joint = written.clock, written.joint
    return Stage(
        name=name,
        title=text(written.title),
        level=written.level,
        responsible=Responsible(who.leader, who.lead, tuple(who.assist), who.vacant),
        actions=tuple(_action(action, spelled) for action, spelled in written.actions.items()),
        clock=clock_rule(clock.name or name, clock, text(written.title)) if clock else None,
        joint=clock_rule(joint.name or joint_name(name), joint, words.JOINT) if joint else None,
        basis=written.basis or "",
    )


def _action(name: str, written: ActionSpelling) -> Action:
    return Action(
        name=name,
        title=text(written.title) if written.title else words.ACTIONS[name],
        by=tuple(written.by),
        requires=fields(written.requires, required=True),
        when=predicate(written.when),
        to=_ways(written.to),
        marks=tuple(Mark(mark, dated_by) for mark, dated_by in written.marks.items()),
        extends=written.extends,
        suspends=written.suspends,
        resumes=written.resumes,
        hands_to=written.hands_to,
        hands_back=written.hands_back,
        recuses=written.recuses,
        delivers=written.delivers,
        basis=written.basis or "",
    )
