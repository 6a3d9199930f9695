"""The rules in words: conditions, people and rungs as a county reads them, in both languages."""

import pytest

from casework.describing import condition_text, mark_text, person_text, rung_effects
from casework.predicate import All, AnyOf, FieldTest, Not, Predicate
from casework.procedure import Procedure
from definitions.library import Library


@pytest.fixture(scope="session")
def dispute(library: Library) -> Procedure:
    return library.procedures["dispute-mediation"]


MANY = FieldTest("people", "at_least", (10,))
RISK = FieldTest("violence_risk", "is", (True,))
COUNTY = FieldTest("filed_at", "is", ("county",))


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (None, "其他情形", "otherwise"),
        (RISK, "“有暴力或激化风险”", '"Risk of violence"'),
        (FieldTest("violence_risk", "is", (False,)), "并非“有暴力或激化风险”", 'not "Risk of violence"'),
        (MANY, "涉及人数≥10", "People involved ≥ 10"),
        (FieldTest("people", "at_most", (2,)), "涉及人数≤2", "People involved ≤ 2"),
        (COUNTY, "在县（市、区）登记", "filed at county"),
        (Not(COUNTY), "并非在县（市、区）登记", "not filed at county"),
        (
            FieldTest("cause", "one_of", ("当事人拒绝", "调解不成")),
            "终止原因为当事人拒绝或调解不成",
            "Cause is 当事人拒绝 or 调解不成",
        ),
        (FieldTest("contact", "given", (False,)), "未填联系电话", "Telephone not given"),
        (
            All((AnyOf((RISK, MANY)), COUNTY)),
            "（“有暴力或激化风险”或涉及人数≥10）且在县（市、区）登记",
            '("Risk of violence" or People involved ≥ 10) and filed at county',
        ),
    ],
)
def test_a_condition_reads_as_people_say_it(
    dispute: Procedure, condition: Predicate | None, zh: str, en: str
) -> None:
    assert condition_text(dispute, condition, "zh") == zh
    assert condition_text(dispute, condition, "en") == en


def test_a_post_is_called_by_its_own_title_though_a_stage_bears_its_name(dispute: Procedure) -> None:
    assert person_text(dispute, "township-mediation", "zh") == "乡镇（街道）综治中心人民调解委员会"
    assert person_text(dispute, "lead", "zh") == "牵头单位"


def test_a_rung_says_all_that_it_does(dispute: Procedure) -> None:
    breach = dispute.clock("village-mediation").rung("breach")
    assert rung_effects(dispute, breach, "zh") == ("黄牌", "提级至“乡镇调解”")
    whole = dispute.clock("whole").rung("-5wd")
    assert rung_effects(dispute, whole, "en") == ("warn lead unit, responsible leader",)
    assert rung_effects(dispute, whole, "en", whom=False) == ("warn",)


def test_a_mark_is_called_by_the_actions_that_set_it(library: Library) -> None:
    petition = library.procedures["petition"]
    assert mark_text(petition, "filed", "zh") == "登记"
    assert mark_text(petition, "review-decided", "zh") == "作出复查意见或登记上级办理结果"
