"""What differs between two procedures: in what they mean, in both languages, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.procedure import Procedure
from definitions.difference import Difference, differences
from definitions.difference_words import change_of, place_of
from definitions.library import SHIPPED, Library
from definitions.procedure import load_procedure
from tests.random_procedures import procedures

Draft = Callable[..., tuple[Procedure, Procedure]]
FILE = SHIPPED / "procedures" / "dispute-mediation.yaml"


@pytest.fixture
def draft(library: Library, tmp_path: Path) -> Draft:
    """The shipped procedure, and one of which some words were replaced, each once."""

    def make(*replaced: tuple[str, str]) -> tuple[Procedure, Procedure]:
        text = FILE.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / FILE.name
        path.write_text(text, encoding="utf-8")
        new_one = load_procedure(path, library.posts, library.calendars, library.territory.levels())
        return library.procedures["dispute-mediation"], new_one

    return make


def told(old: Procedure, new: Procedure, language: str = "zh") -> list[str]:
    return [
        f"{place_of(old, new, each.where, language)}｜{change_of(old, new, each, language)}"
        for each in differences(old, new)
    ]


def test_a_procedure_does_not_differ_from_itself(library: Library) -> None:
    for procedure in library.procedures.values():
        assert differences(procedure, procedure) == ()


def test_comments_and_layout_make_no_difference(draft: Draft) -> None:
    assert differences(*draft(("edition:", "# 说明\nedition:"), ("remind: lead}", "remind: [lead]}"))) == ()


def test_a_default_written_out_makes_no_difference(draft: Draft) -> None:
    assert differences(*draft(("by: 30d, times: 1,", "by: 30d, times: 1, before_expiry: true,"))) == ()


def test_the_order_of_stages_makes_no_difference(library: Library) -> None:
    old = library.procedures["petition"]
    assert differences(old, replace(old, stages=old.stages[::-1])) == ()


def test_the_order_of_levels_is_the_ladder_and_makes_one(library: Library) -> None:
    old = library.procedures["petition"]
    found = differences(old, replace(old, levels=old.levels[::-1]))
    assert [each.kind for each in found] == ["reordered"]


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("budget: 5wd", "budget: 3wd",
         "环节“村级调解” › 时限 › 期限｜缩短：5个工作日 → 3个工作日",
         'stage "Village mediation" › clock › budget｜shortened: 5 working days → 3 working days'),
        ("budget: 60d", "budget: 90d",
         "跨环节时限“总时限” › 期限｜延长：60日 → 90日",
         'clock "Whole limit" › budget｜lengthened: 60 days → 90 days'),
        ("budget: 5wd", "budget: 7d",
         "环节“村级调解” › 时限 › 期限｜5个工作日 → 7日",
         'stage "Village mediation" › clock › budget｜5 working days → 7 days'),
        ("{at: -1wd, remind: lead}", "{at: -1wd, remind: [lead, leader]}",
         "环节“村级调解” › 时限 › 节点“到期前1个工作日”｜催办牵头单位 → 催办牵头单位、责任领导",
         ('stage "Village mediation" › clock › rung 1 working day before the deadline｜'
         "remind lead unit → remind lead unit, responsible leader")),
        ("assist: grid-worker, vacant: township-mediation", "assist: grid-worker, vacant: county-desk",
         "环节“村级调解” › 责任 › 空缺时承办｜乡镇（街道）综治中心人民调解委员会 → 县级信访局督查岗",
         ('stage "Village mediation" › responsible › who answers when vacant｜'
         "Township mediation committee → County petition office")),
        ("settle: {to: village-performance}", "settle: {by: [lead, leader], to: village-performance}",
         "环节“村级调解” › 动作“化解” › 由谁｜牵头单位 → 牵头单位、责任领导",
         'stage "Village mediation" › action "Settle" › by｜lead unit → lead unit, responsible leader'),
        ("settle: {to: village-performance}",
         "settle: {requires: [agreement, document], to: village-performance}",
         "环节“村级调解” › 动作“化解” › 所需字段“文书文号”｜新增：文书文号（文字，必填）",
         ('stage "Village mediation" › action "Settle" › required field "Number of the document"｜'
         "added: Number of the document (text, required)")),
        ("at_least: 10}]}\n    urgent", "at_least: 5}]}\n    urgent",
         "等级“红色（紧急）” › 条件｜“有暴力或激化风险”或涉及人数≥10 → “有暴力或激化风险”或涉及人数≥5",
         ('grade "Red (urgent)" › condition｜"Risk of violence" or People involved ≥ 10 → '
         '"Risk of violence" or People involved ≥ 5')),
        ("{by: 30d, times: 1, approver: leader}", "{by: 15d, times: 1, approver: leader}",
         "跨环节时限“总时限” › 延期 › 每次｜缩短：30日 → 15日",
         'clock "Whole limit" › extension › each by｜shortened: 30 days → 15 days'),
        ("en: Withdrawn}", "en: Withdrawn by the party}",
         "办理结果“当事人撤回” › 标题｜Withdrawn → Withdrawn by the party",
         'outcome "Withdrawn by the party" › title｜Withdrawn → Withdrawn by the party'),
        ("remind_every: 5wd", "remind_every: 3wd",
         "到顶之后 › 催办间隔｜缩短：5个工作日 → 3个工作日",
         "the top › reminded every｜shortened: 5 working days → 3 working days"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_the_words_of_the_field(
    draft: Draft, old: str, new: str, zh: str, en: str
) -> None:
    pair = draft((old, new))
    assert told(*pair, language="zh") == [zh]
    assert told(*pair, language="en") == [en]


def test_a_clock_without_pause_any_more_says_what_was_lost(draft: Draft) -> None:
    pair = draft(("      pause: {on: awaiting-party, at_most: 10d}\n", ""))
    assert told(*pair) == ["环节“村级调解” › 时限 › 中止｜删去：等待当事人，最长10日"]


def test_a_mark_that_silence_sets_is_told(library: Library) -> None:
    old = library.procedures["administrative-review"]
    clock = next(clock for clock in old.clocks if any(rung.marks for rung in clock.rungs))
    rungs = tuple(replace(rung, marks=()) for rung in clock.rungs)
    clocks = tuple(replace(each, rungs=rungs) if each is clock else each for each in old.clocks)
    (line,) = told(old, replace(old, clocks=clocks))
    assert "、设标记 overdue →" in line


def test_stages_and_outcomes_that_come_and_go_are_told_whole(library: Library) -> None:
    lines = told(library.procedures["dispute-mediation"], library.procedures["petition"])
    assert any(line.startswith("环节“村级调解”｜删去：村（社区），牵头单位") for line in lines)
    assert any(line.startswith("环节“乡镇接收”｜新增：乡镇（街道），牵头单位") for line in lines)
    assert "办理结果“复核终结”｜新增：复核终结" in lines


def _mirrored(difference: Difference) -> tuple[object, ...]:
    other = {"added": "removed", "removed": "added", "shortened": "lengthened", "lengthened": "shortened"}
    return difference.where, other.get(difference.kind, difference.kind), difference.new, difference.old


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_differs_there_and_back_is_the_same_with_old_and_new_exchanged(data: st.DataObject) -> None:
    one, other = data.draw(procedures()), data.draw(procedures())
    there, back = differences(one, other), differences(other, one)
    assert {(d.where, d.kind) for d in there} == {tuple(_mirrored(d)[:2]) for d in back}
    for language in ("zh", "en"):
        for each in there:
            assert place_of(one, other, each.where, language)
            assert change_of(one, other, each, language)
