"""A story as stretches and moments, for every scenario: nothing is lost, nothing overlaps."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from casework.decision import EntryKind
from casework.story import Played, Story, play
from casework.timeline import OF_CLOCKS, OF_STAGES, TOLD_BY_BARS, Timeline, timeline
from definitions.library import Library
from definitions.scenarios import load_scenario

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = sorted(FOLDER.glob("*.yaml"))


def told(name: str, library: Library) -> tuple[Story, Played, Timeline]:
    story = load_scenario(FOLDER / f"{name}.yaml", library).story
    procedure = library.procedures[story.procedure]
    played = play(procedure, story)
    return story, played, timeline(procedure, played.case, played.entries, story.until)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_stages_follow_each_other_without_a_gap(path: Path, library: Library) -> None:
    story, played, line = told(path.stem, library)
    assert line.stages[0].start == story.filed_at
    assert all(before.end == after.start for before, after in pairwise(line.stages))
    assert line.stages[-1].end == line.end == (played.case.ended or story.until)
    assert all(bar.left for bar in line.stages[:-1])
    assert line.stages[-1].left is (not played.case.open)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_stretches_of_a_clock_fill_the_time_from_its_start_to_its_stop(
    path: Path, library: Library
) -> None:
    _, _, line = told(path.stem, library)
    for clock in line.clocks:
        assert clock.stretches[-1].end == clock.end
        assert all(before.end <= after.start for before, after in pairwise(clock.stretches))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_happening_is_told_once(path: Path, library: Library) -> None:
    _, played, line = told(path.stem, library)
    moments = [
        *(m for bar in line.stages for m in bar.moments),
        *(m for bar in line.clocks for m in bar.moments),
    ]
    numbers = [entry.number for moment in moments for entry in moment.entries]
    wanted = [entry.number for entry in played.entries if entry.kind in (*OF_CLOCKS, *OF_STAGES)]
    assert sorted(numbers) == wanted


def test_every_kind_of_entry_is_told_by_a_mark_or_by_a_bar() -> None:
    assert sorted((*OF_CLOCKS, *OF_STAGES, *TOLD_BY_BARS)) == sorted(get_args(EntryKind))


def test_in_a_joint_handling_each_assisting_unit_has_a_clock_of_its_own(library: Library) -> None:
    """Joint handling: a lead and assisting units, each with its own limit (信访工作条例 24)."""
    _, _, line = told("petition-joint", library)
    joint = {clock.post: clock for clock in line.clocks if clock.post}
    assert len(joint) == 3
    late = [post for post, clock in joint.items() if any("overdue" in m.kinds for m in clock.moments)]
    assert late == ["township-police"]
    assert all("delivered" in clock.moments[-1].kinds for clock in joint.values())


def test_silence_is_told_by_the_clock_that_ran_out(library: Library) -> None:
    """Five working days without a refusal are an acceptance (行政复议法 30)."""
    _, _, line = told("review-silence", library)
    assert any("silent" in moment.kinds for moment in line.clocks[0].moments)
    assert line.stages[0].left


def test_time_moved_the_case_up_where_nobody_acted(library: Library) -> None:
    _, _, line = told("nobody-acts", library)
    assert [(bar.level, bar.escalated) for bar in line.stages] == [
        ("village", True),
        ("township", True),
        ("county", False),
    ]


def test_a_clock_runs_on_as_overdue_after_its_deadline(library: Library) -> None:
    _, _, line = told("nobody-acts", library)
    whole = next(clock for clock in line.clocks if clock.clock == "whole")
    assert [stretch.kind for stretch in whole.stretches] == ["running", "overdue"]
    assert whole.due is not None
    assert whole.stretches[1].start == whole.due.at


def test_a_suspension_is_a_pause_between_two_runs(library: Library) -> None:
    _, _, line = told("pause-with-cap", library)
    village = next(clock for clock in line.clocks if clock.clock == "village-mediation")
    assert [stretch.kind for stretch in village.stretches] == ["running", "paused", "running"]


def test_clocks_of_the_case_stand_at_no_level_and_those_of_a_stage_at_its_own(library: Library) -> None:
    _, _, line = told("nobody-acts", library)
    levels = {clock.clock: clock.level for clock in line.clocks}
    assert levels["whole"] == ""
    assert levels["township-mediation"] == "township"
