"""Proving the shipped procedures: none lets a case die in silence, and none allows more than the law."""

from functools import cache
from pathlib import Path

import pytest

from casework.budget import parse_budget
from casework.story import play
from casework.verify.explore import Bounds
from casework.verify.law import Article, cited
from casework.verify.reports import Leg
from definitions.fault import DefinitionErrors
from definitions.library import SHIPPED, Library
from definitions.statutes import load_statutes
from definitions.verifying import Report, verify_file

SHIPPED_ONES = sorted((SHIPPED / "procedures").glob("*.yaml"))
ZHEJIANG = SHIPPED / "examples" / "petition-zhejiang.yaml"
RULES = "信访工作条例"


@cache
def report_on(path: Path) -> Report:
    return verify_file(path, Library.load(None, "zhuji"), load_statutes(), Bounds())


def shipped(name: str) -> Report:
    return report_on(SHIPPED / "procedures" / f"{name}.yaml")


def legs(name: str) -> dict[str, Leg]:
    verdict = shipped(name).verdict
    assert verdict is not None
    assert verdict.life is not None
    return {leg.clock: leg for leg in verdict.life.legs}


def article(number: int) -> Article:
    """An article of the rules on petitions, as statutes.yaml has it."""
    return next(each for each in load_statutes() if (each.law, each.number) == (RULES, number))


def days(limit: object) -> int:
    budget = parse_budget(str(limit))
    assert budget.unit == "d"
    return budget.amount


@pytest.mark.parametrize("path", [*SHIPPED_ONES, ZHEJIANG], ids=lambda path: path.stem)
def test_a_shipped_procedure_is_proven_and_no_bound_was_hit(path: Path) -> None:
    report = report_on(path)
    assert [placed.told("en", story=True) for placed in report.placed if not placed.warning] == []
    assert report.verdict is not None
    assert report.verdict.complete


@pytest.mark.parametrize("path", SHIPPED_ONES, ids=lambda path: path.stem)
def test_the_highest_level_is_reminded_without_end_of_what_nobody_handles(path: Path) -> None:
    verdict = report_on(path).verdict
    assert verdict is not None
    assert verdict.waits is not None
    assert verdict.waits.top_level is not None
    assert verdict.waits.never_silent is not None


def test_the_limits_of_a_petition_are_those_of_the_articles_its_clocks_rest_on() -> None:
    """15 days to notify (22, 23), 60 + 30 to handle (34), 30 + 30 each for review (35) and re-review (36)."""
    procedure, lived = shipped("petition").procedure, legs("petition")
    assert procedure is not None

    def rests_on(clock: str) -> set[int]:
        return {each.number for each in cited(procedure.clock(clock).basis, load_statutes())}

    handling, review, again = article(34), article(35), article(36)
    lawful = {
        "county-reception": days(article(22).duty),
        "handling": days(handling.duty) + handling.times * days(handling.by),
        "review-window": days(review.right),
        "review": days(review.duty),
        "re-review-window": days(again.right),
        "re-review": days(again.duty),
    }
    assert {clock: rests_on(clock) for clock in lawful} == {
        "county-reception": {22, 23}, "handling": {34}, "review-window": {35}, "review": {35},
        "re-review-window": {36}, "re-review": {36},
    }  # fmt: skip
    assert {clock: days(lived[clock].limit.partition("+")[0]) for clock in lawful} == lawful
    assert sum(lawful.values()) == 15 + 60 + 30 + (30 + 30) + (30 + 30)


def test_the_hearing_is_not_counted_and_is_all_that_lengthens_the_re_review() -> None:
    """信访工作条例第36条 leaves the hearing's time out. That it takes 30 days at most is our example."""
    assert legs("petition")["re-review"].limit == "30d+30d"
    assert all("+" not in leg.limit for clock, leg in legs("petition").items() if clock != "re-review")


def test_a_review_filed_with_the_county_has_the_limits_of_its_articles() -> None:
    lived = legs("petition-review")
    review, again = article(35), article(36)
    assert days(lived["county-review"].limit) == days(review.duty)
    assert days(lived["re-review-window"].limit) == days(again.right)
    assert days(lived["city-re-review"].limit.partition("+")[0]) == days(again.duty)


def test_an_overlay_that_only_shortens_is_proven_and_lives_no_longer() -> None:
    shorter, whole = report_on(ZHEJIANG).verdict, shipped("petition").verdict
    assert shorter is not None
    assert whole is not None
    assert shorter.life is not None
    assert whole.life is not None
    assert shorter.life.length <= whole.life.length


def test_what_a_bound_cut_off_is_not_called_proven() -> None:
    report = verify_file(
        SHIPPED / "procedures" / "petition.yaml",
        Library.load(None, "zhuji"),
        load_statutes(),
        Bounds(shapes=40),
    )
    assert "not-proven" in {placed.code for placed in report.placed}
    assert not report.proven


@pytest.mark.parametrize("name", ["petition-statutory-route", "supervision-order"])
def test_a_circle_of_warning_goes_round_when_it_is_played(name: str) -> None:
    report = shipped(name)
    assert report.procedure is not None
    assert report.verdict is not None
    circles = [finding for finding in report.verdict.findings if finding.code == "endless-loop"]
    assert circles
    for finding in circles:
        assert finding.story is not None
        played = play(report.procedure, finding.story)
        assert set(played.refusals) == {""}
        entered = [entry.stage for entry in played.entries if entry.kind == "entered"]
        assert max(entered.count(stage) for stage in entered) >= 2
        assert not any(entry.kind == "overdue" for entry in played.entries)


def test_a_law_that_stands_twice_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "statutes.yaml"
    path.write_text(
        "statutes:\n  - law: 某法\n    source: 虚构\n    articles:\n"
        "      - {article: 1, duty: 5d}\n      - {article: 1, right: 5d}\n",
        "utf-8",
    )
    with pytest.raises(DefinitionErrors) as refused:
        load_statutes(path)
    assert "statutes.yaml:6:" in refused.value.text("en")
