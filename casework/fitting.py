"""Whether a case that is under way fits another edition of its procedure."""

from collections.abc import Iterator

from casework.case import Case, ClockState
from casework.decision import NotAllowed
from casework.procedure import Procedure


def check_fit(old: Procedure, new: Procedure, case: Case) -> None:
    """Raises NotAllowed for the first thing of the case that the new edition does not have."""
    for check in (_misnamed, _without_stage, _off_the_ladder, _without_clocks, _without_pause):
        for refusal in check(old, new, case):
            raise refusal


def _misnamed(old: Procedure, new: Procedure, case: Case) -> Iterator[NotAllowed]:
    if (new.name, new.kind, new.calendar) != (case.procedure, case.kind, old.calendar):
        zh = f"{new.name} {new.edition} 不是 {case.procedure} 的另一版本（名称、类别、日历须相同）"
        en = f"{new.name} {new.edition} is no edition of {case.procedure}: name, kind and calendar must match"
        yield NotAllowed("other-procedure", zh, en)


def _without_stage(old: Procedure, new: Procedure, case: Case) -> Iterator[NotAllowed]:
    stage = old.stage(case.stage)
    if not new.has_stage(stage.name):
        zh = f"新版本没有本事项所在的环节“{stage.title.zh}”（{stage.name}）"
        yield NotAllowed("stage-missing", zh, f"the new edition has no stage {stage.name}, where the case is")
    elif new.stage(stage.name).level != stage.level:
        zh = f"新版本把本事项所在的环节“{stage.title.zh}”（{stage.name}）改到了另一层级"
        en = f"the new edition puts {stage.name}, where the case is, at another level"
        yield NotAllowed("level-missing", zh, en)


def _off_the_ladder(_old: Procedure, new: Procedure, case: Case) -> Iterator[NotAllowed]:
    """A case climbs the units that came with it, so the levels above its first must be the same."""
    levels = [level.name for level in new.levels]
    for places in (case.places, *case.came_from):
        ladder = [place.level for place in places]
        if ladder[0] in levels and levels[levels.index(ladder[0]) :] == ladder:
            continue
        zh = f"新版本的层级（{'、'.join(levels)}）与本事项的层级（{'、'.join(ladder)}）不一致"
        en = f"the new edition's levels ({', '.join(levels)}) are not the case's ({', '.join(ladder)})"
        yield NotAllowed("level-missing", zh, en)


def _without_clocks(old: Procedure, new: Procedure, case: Case) -> Iterator[NotAllowed]:
    for clock in case.clocks:
        if clock.stopped:
            continue
        title = old.clock(clock.name).title
        if _part(old, case.stage, clock.name) != _part(new, case.stage, clock.name):
            zh = f"新版本在本环节没有正在计算的时限“{title.zh}”（{clock.name}）"
            yield NotAllowed(
                "clock-missing", zh, f"the new edition lacks the running clock {clock.name} here"
            )
        elif clock.extended and new.clock(clock.name).budget.unit != old.clock(clock.name).budget.unit:
            zh = f"时限“{title.zh}”（{clock.name}）已延期，而新版本改用另一种计时单位"
            en = f"the clock {clock.name} was extended, and the new edition counts it in another unit"
            yield NotAllowed("clock-differs", zh, en)


def _part(procedure: Procedure, stage: str, clock: str) -> str:
    """What part a clock has at a stage: the case's, the stage's own, its assisting units', or none."""
    here = procedure.stage(stage)
    if any(rule.name == clock for rule in procedure.clocks):
        return "case"
    if here.clock and here.clock.name == clock:
        return "stage"
    return "joint" if here.joint and here.joint.name == clock else ""


def _without_pause(_old: Procedure, new: Procedure, case: Case) -> Iterator[NotAllowed]:
    reason = case.suspended
    if reason is None:
        return
    ends = any(action.resumes == reason for action in new.stage(case.stage).actions)
    if not ends or any(not _pauses(new, clock, reason) for clock in case.clocks if clock.paused_since):
        zh = f"本事项正在中止（{reason}），新版本在本环节没有这种中止"
        yield NotAllowed(
            "pause-missing", zh, f"the case is suspended ({reason}), which the edition lacks here"
        )


def _pauses(new: Procedure, clock: ClockState, reason: str) -> bool:
    pause = new.clock(clock.name).pause
    return pause is not None and reason in pause.on
