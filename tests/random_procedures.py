"""Procedures of every shape, for tests of what draws and compares them: sensible or not, with any titles."""

from hypothesis import strategies as st

from casework.budget import Budget
from casework.predicate import FieldTest, Not, Predicate
from casework.procedure import (
    Action,
    ClockRule,
    FieldRule,
    Level,
    Mark,
    Outcome,
    Post,
    Procedure,
    Responsible,
    Rung,
    Stage,
    Text,
    Top,
    Way,
)

LADDER = ("village", "township", "county", "city", "province")
HOSTILE = (
    "a\"b'c", "<b>&amp;</b>", "]]>", "\x07bell", "1. item", "end", "#quot;", "```", "一二三" * 40,
    "W" * 60, "🙂",
)  # fmt: skip

words = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=12), st.just("村级调解"))
texts = st.builds(Text, words, words)
budgets = st.builds(Budget, st.integers(1, 90), st.sampled_from(("d", "wd", "m", "h", "wh")))


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """A procedure with up to five levels and a dozen stages, in any order, with ways in all directions."""
    levels = tuple(Level(name, draw(texts), name in LADDER[3:]) for name in LADDER[: draw(st.integers(1, 5))])
    names = [f"stage-{n}" for n in range(draw(st.integers(1, 12)))]
    at = {name: draw(st.sampled_from(levels)).name for name in names}
    outcomes = tuple(Outcome(f"outcome-{n}", draw(texts)) for n in range(draw(st.integers(1, 3))))
    ends = [*names, *(outcome.name for outcome in outcomes)]
    posts = tuple(Post(f"post-{level.name}", level.name, draw(texts)) for level in levels)
    marks = ("filed", "accepted", "served")
    intake = (FieldRule("grave", draw(texts), "flag", required=False),)
    conditions: st.SearchStrategy[Predicate | None] = st.sampled_from(
        (None, FieldTest("grave", "is", (True,)), Not(FieldTest("filed_at", "is", (levels[0].name,))))
    )

    def clock(name: str, level: str, start: str) -> ClockRule:
        higher = [n for n in names if LADDER.index(at[n]) > LADDER.index(level)]
        window = start != "entered" and draw(st.booleans())
        up = draw(st.sampled_from(higher)) if higher and not window and draw(st.booleans()) else None
        silence = draw(st.sampled_from(ends)) if not (window or up) and draw(st.booleans()) else None
        breach = Rung(
            "breach",
            "breach",
            card=None if window else "red",
            escalate=up,
            lapse=draw(st.sampled_from(ends)) if window else None,
            silence=silence,
            marks=draw(st.sampled_from(((), ("accepted",)))) if window or silence else (),
        )
        reminder = Rung("50%", "percent", 50, remind=("lead", posts[0].name))
        until = (draw(st.sampled_from(marks)),) if start != "entered" else ()
        return ClockRule(name, draw(texts), draw(budgets), (reminder, breach), start, until, window=window)

    def action(number: int) -> Action:
        ways = tuple(
            Way(to, draw(conditions)) for to in draw(st.lists(st.sampled_from(ends), max_size=2, unique=True))
        )
        marked = tuple(Mark(mark) for mark in draw(st.sets(st.sampled_from(marks[1:]), max_size=1)))
        by = draw(st.sampled_from((("lead",), ("party",), ("leader", "assist"), (posts[0].name,))))
        return Action(f"action-{number}", draw(texts), by, when=draw(conditions), to=ways, marks=marked)

    def responsible() -> Responsible:
        leader, lead = draw(st.sampled_from(posts)), draw(st.sampled_from(posts))
        return Responsible(leader.name, lead.name, (posts[0].name,), posts[0].name)

    def stage(name: str) -> Stage:
        actions = tuple(action(number) for number in range(draw(st.integers(1, 5))))
        own = clock(f"clock-{name}", at[name], "entered") if draw(st.booleans()) else None
        joint = clock(f"{name}-joint", at[name], "entered") if draw(st.integers(0, 4)) == 0 else None
        return Stage(name, draw(texts), at[name], responsible(), actions, own, joint)

    starts = [draw(st.sampled_from(names)) for _ in range(draw(st.integers(1, 3)))]
    overall = [f"case-{number}" for number in range(draw(st.integers(0, 2)))]
    return Procedure(
        name="random",
        edition=draw(words),
        kind="dispute",
        title=draw(texts),
        basis=(draw(words),),
        example=draw(st.booleans()),
        calendar="cn",
        levels=levels,
        posts=posts,
        intake=intake,
        start=tuple(Way(name, draw(conditions)) for name in starts),
        grades=(),
        clocks=tuple(clock(name, levels[0].name, draw(st.sampled_from(marks))) for name in overall),
        stages=tuple(stage(name) for name in names),
        outcomes=outcomes,
        top=Top(posts[-1].name, Budget(5, "wd")),
    )
