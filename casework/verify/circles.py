"""Circles of actions in which a case can be kept alive for ever with nobody ever late."""

from collections.abc import Iterator

from casework.story import Story
from casework.verify.explore import Exploration
from casework.verify.finding import Finding, action_at
from casework.verify.law import Article, cited
from casework.verify.lives import Lives, once_more
from casework.verify.stories import step_of
from casework.verify.turns import Turn


def circle_findings(found: Exploration, lives: Lives, articles: tuple[Article, ...]) -> Iterator[Finding]:
    """One for each set of stages; only warnings: a circle that is meant wants a cap or a clock over it."""
    told: set[frozenset[str]] = set()
    for turn in lives.circles:
        round_ = _round(turn)
        closing = next((each for each in reversed(round_) if each.act), None)
        if closing is None or closing.act is None or closing.before is None:
            continue  # a circle of time alone is a fault of its own
        through = frozenset(each.case.stage for each in round_)
        if through in told:
            continue
        told.add(through)
        where = action_at(closing.before.case.stage, closing.act.action, "to")
        stages = " → ".join(each.case.stage for each in (*round_, round_[0]))
        law = _restarted(found, round_, articles)
        yield Finding(
            "endless-loop",
            where,
            f"{stages}：每转一圈时限{law and f'（{law}）'}重新起算，事项可以永远转下去而不超期",
            f"{stages}: each round starts the clocks{law and f' ({law})'} anew, so a case can go round "
            "for ever and nobody is late",
            _story(found, once_more(found.world, turn, round_)),
            warning=True,
        )


def _round(turn: Turn) -> list[Turn]:
    """The turns of one round: back to the last one at the stage where it closes."""
    way = turn.way()
    begin = max(n for n, each in enumerate(way[:-1]) if each.case.stage == turn.case.stage)
    return [*way[begin + 1 : -1], turn]


def _restarted(found: Exploration, turns: list[Turn], articles: tuple[Article, ...]) -> str:
    """The first article whose clock starts anew in the round."""
    for turn in turns:
        rule = found.procedure.stage(turn.case.stage).clock
        for article in cited(rule.basis, articles) if rule else ():
            return str(article)
    return ""


def _story(found: Exploration, turn: Turn) -> Story:
    way = turn.way()[1:]
    steps = tuple(step_of(each.act, each.at) for each in way if each.act and each.at)
    return Story(
        f"verify-{found.procedure.name}",
        found.procedure.name,
        turn.case.filed,
        turn.filed,
        steps,
        turn.case.as_of,
    )
