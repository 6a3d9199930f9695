"""How long a case can wait with nobody acting, and whether it is then told to those above, or to anybody."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from casework.story import Step
from casework.verify.aloud import Vigil, keep
from casework.verify.explore import Bounds, Exploration
from casework.verify.finding import Finding
from casework.verify.moves import at_once
from casework.verify.people import vacancies
from casework.verify.stories import story_to


def wait_findings(found: Exploration, kept: Iterable[Vigil], bounds: Bounds) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for vigil in kept:
        for finding in _faults(found, vigil, bounds):
            if (finding.code, vigil.stage) not in told:
                told.add((finding.code, vigil.stage))
                yield finding


def _faults(found: Exploration, vigil: Vigil, bounds: Bounds) -> Iterator[Finding]:
    stage, where = vigil.stage, ("stages", vigil.stage)
    gap, until = vigil.silence()
    if gap > bounds.silence:
        yield Finding(
            "silent",
            where,
            f"事项在环节 {stage} 可以 {gap.days} 天不提醒任何人（上限 {bounds.silence.days} 天）",
            f"a case at {stage} can lie for {gap.days} days without anybody being told (at most "
            f"{bounds.silence.days} are allowed)",
            story_to(found, vigil.node, until=until),
        )
    top = knows_at(found, vigil, found.world.inner[-1])
    if vigil.last.open and (top is None or top - vigil.since > bounds.top):
        yield Finding(
            "top-too-late",
            where,
            f"事项在环节 {stage} 无人办理时，超过 {bounds.top.days} 天最高一级仍不知道",
            f"with nobody acting at {stage}, the highest level knows nothing for {bounds.top.days} days",
            story_to(found, vigil.node, until=vigil.since + bounds.top),
        )
    if _stranded(found, vigil):
        yield Finding(
            "stranded",
            where,
            f"事项在环节 {stage} 超期后既不提级，也不通知上一级：只剩最高一级的定期催办",
            f"overdue at {stage}, a case neither moves up nor is put before those above: "
            "only the top's own reminders are left",
            story_to(found, vigil.node, until=vigil.last.as_of),
        )


def _rank(found: Exploration, level: str) -> int:
    return found.world.inner.index(level) if level in found.world.inner else len(found.world.inner)


def level_of(found: Exploration, stage: str) -> str:
    return found.procedure.stage(stage).level


def knows_at(found: Exploration, vigil: Vigil, level: str) -> datetime | None:
    """When somebody at this level or above first heard of the case; at once where it stands there."""
    rank = _rank(found, level)
    if _rank(found, level_of(found, vigil.stage)) >= rank:
        return vigil.since
    return next((told.at for told in vigil.told if _rank(found, told.level) >= rank), None)


def _stranded(found: Exploration, vigil: Vigil) -> bool:
    """Whether nothing but the top's own reminders ever goes above the level at which the case stands."""
    rank = _rank(found, level_of(found, vigil.stage))
    late = any(entry.kind == "overdue" for entry in vigil.entries)
    if rank >= len(found.world.inner) - 1 or not vigil.last.open or not late:
        return False
    return all(_rank(found, told.level) <= rank or told.kind == "hold" for told in vigil.told)


def vacancy_findings(found: Exploration, kept: Iterable[Vigil], bounds: Bounds) -> Iterator[Finding]:
    """With a whole level vacant, a case still reaches somebody in time; from each stage's first shape."""
    for vigil in kept:
        if vigil.node is not found.first_at(vigil.stage) or vigil.silence()[0] > bounds.silence:
            continue
        for level, event in vacancies(found.procedure, vigil.node.case, found.world.holders):
            gap, until = keep(found, vigil.procedure, vigil.node, event).silence()
            if gap > bounds.silence:
                yield Finding(
                    "unanswered",
                    ("stages", vigil.stage, "responsible", "vacant"),
                    f"{level} 的岗位全部空缺时，事项在环节 {vigil.stage} 可以 {gap.days} 天没有人知道",
                    f"when every post of the {level} is vacant, a case at {vigil.stage} can lie unknown for "
                    f"{gap.days} days",
                    story_to(found, vigil.node, Step(at_once(vigil.node.case), event=event), until=until),
                )
