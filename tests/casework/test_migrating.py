"""Another edition for a case that is under way: what it keeps, what moves, and what is refused."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.budget import parse_budget
from casework.case import Holder, Place
from casework.decide import advance, decide_at, next_due
from casework.decision import Decision, Entry, NotAllowed
from casework.event import Filed
from casework.explain import explain
from casework.foresight import foresee
from casework.procedure import ClockRule, Level, PauseRule, Post, Procedure, Responsible, Rung
from casework.wording import entry_text
from tests.casework.conftest import Tell, Told, beijing, text
from tests.casework.editions import clock, edition, migrate, migrated, stage
from tests.casework.test_properties import lives

Change = Callable[[Procedure], Procedure]


def last(told: Told, kind: str) -> list[Entry]:
    """The entries of a kind that the last decision wrote."""
    return [entry for entry in told.decisions[-1].entries if entry.kind == kind]


def refusal(told: Told, moment: str, new: Procedure) -> str:
    before = told.case
    with pytest.raises(NotAllowed) as refused:
        decide_at(told.procedure, told.case, migrated(new), beijing(moment))
    assert told.case is before
    assert refused.value.zh
    assert refused.value.en
    return refused.value.code


def test_a_clock_keeps_what_it_consumed_and_runs_on_to_the_new_limit(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    assert told.dues() == {"whole": "2026-05-06", "village-clock": "2026-03-09"}
    migrate(told, "2026-03-04 10:00", edition(told.procedure, whole="90d", village="7wd"))
    assert told.dues() == {"whole": "2026-06-01", "village-clock": "2026-03-11"}
    assert (told.case.edition, told.case.stage) == ("2", "village")


def test_the_ledger_tells_who_why_and_each_deadline_old_and_new(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    migrate(told, "2026-03-04 10:00", edition(told.procedure, village="7wd"))
    head, moved = last(told, "migrated")
    assert (head.actor.name, head.detail["from"], head.detail["edition"]) == ("county leader", "1", "2")
    assert entry_text(told.procedure, head, "zh") == "办理程序由1版改用2版:县政府令第9号"
    assert (moved.clock, moved.detail["from"], moved.detail["due"]) == (
        "village-clock", "2026-03-09", "2026-03-11",
    )  # fmt: skip
    assert entry_text(told.procedure, moved, "en") == ("edition changed: village due 2026-03-09 → 2026-03-11")


def test_a_deadline_that_does_not_move_leaves_no_entry(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    migrate(told, "2026-03-04 10:00", edition(told.procedure))
    assert [entry.kind for entry in told.decisions[-1].entries] == ["migrated"]


def test_an_extension_that_was_granted_is_kept(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 09:00", "extend", "o-village-leader", reason="complex")
    assert told.dues()["whole"] == "2026-06-01"  # 90 days end on a Sunday, 31 May
    migrate(told, "2026-03-04 10:00", edition(told.procedure, whole="65d"))
    assert told.dues()["whole"] == "2026-06-05"


def test_a_rung_that_fired_does_not_fire_again_though_the_deadline_moved_on(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-03-08 00:00")
    assert ("03-06 17:30", "reminded") not in told.kinds("reminded")
    before = len(told.kinds("reminded"))
    assert before == 1
    migrate(told, "2026-03-09 10:00", edition(told.procedure, village="9wd")).until("2026-03-13 23:00")
    assert len(told.kinds("reminded")) == before


def test_a_rung_that_now_lies_in_the_past_is_passed_over_with_an_entry(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    whole = lambda rule: replace(rule, rungs=(Rung("1%", "percent", 1, remind=("lead",)), *rule.rungs))  # noqa: E731
    migrate(told, "2026-03-05 10:00", clock(told.procedure, "whole", whole))
    (skipped,) = last(told, "rung-skipped")
    assert (skipped.clock, skipped.rung, skipped.detail["why"]) == ("whole", "1%", "before-migration")
    assert told.until("2026-03-06 08:00").kinds("reminded") == []


def test_a_deadline_that_is_now_past_is_overdue_from_the_moment_of_migrating(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    migrate(told, "2026-03-06 10:00", edition(told.procedure, village="2wd"))
    assert not told.case.overdue
    told.until("2026-03-06 10:00")
    assert told.kinds("overdue", "carded", "escalated") == [
        ("03-06 10:00", "overdue"), ("03-06 10:00", "overdue"),
        ("03-06 10:00", "carded"), ("03-06 10:00", "escalated"),
    ]  # fmt: skip
    assert told.case.stage == "township"


def test_a_clock_that_has_expired_stays_expired_and_keeps_its_deadline(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").until("2026-05-08 00:00")
    assert told.case.overdue
    before = told.dues()
    migrate(told, "2026-05-08 10:00", edition(told.procedure, whole="200d"))
    assert told.case.overdue
    assert told.dues()["whole"] == before["whole"] == "2026-05-06"


def test_a_paused_clock_runs_to_the_new_limit_once_it_is_resumed(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 09:00", "suspend", "o-village-lead", reason="away")
    migrate(told, "2026-03-05 10:00", edition(told.procedure, village="7wd"))
    assert [entry.clock for entry in last(told, "migrated")] == [""]
    told.act("2026-03-06 09:00", "resume", "o-village-lead")
    assert told.dues()["village-clock"] == "2026-03-13"  # two days used, five working days left


def test_a_limit_in_another_unit_counts_the_same_days_anew(tell: Tell) -> None:
    told = tell("2026-03-05 10:00").act("2026-03-09 09:00", "suspend", "o-village-lead", reason="away")
    told.act("2026-03-10 09:00", "resume", "o-village-lead")
    assert told.case.clock("village-clock").consumed == 2  # type: ignore[union-attr]
    migrate(told, "2026-03-10 10:00", edition(told.procedure, village="10d"))
    held = told.case.clock("village-clock")
    assert held
    assert (held.consumed, held.deadline and held.deadline.day.isoformat()) == (4, "2026-03-16")
    assert all(each.agrees for each in explain(told.procedure, told.case))


def test_a_pause_counted_in_another_unit_is_counted_anew(tell: Tell) -> None:
    told = tell("2026-03-05 10:00").act("2026-03-06 09:00", "suspend", "o-village-lead", reason="away")
    told.act("2026-03-10 09:00", "resume", "o-village-lead")
    pause = PauseRule(("awaiting-party",), parse_budget("10wd"))
    migrate(told, "2026-03-10 10:00", clock(told.procedure, "whole", lambda rule: replace(rule, pause=pause)))
    assert {c.name: c.paused for c in told.case.clocks} == {"whole": 2, "village-clock": 4}


def test_a_stage_that_is_given_a_limit_starts_it_when_the_edition_is_adopted(
    tell: Tell, procedure: Procedure
) -> None:
    without = replace(stage(procedure, "village", lambda each: replace(each, clock=None)), edition="0")
    told = tell("2026-03-02 10:00")
    told.procedure, told.decisions = without, []
    event = tell("2026-03-02 10:00").decisions[0].event
    told.decisions += decide_at(without, None, event, beijing("2026-03-02 10:00"))
    migrate(told, "2026-03-10 10:00", edition(procedure))
    assert told.dues()["village-clock"] == "2026-03-17"
    assert [entry.clock for entry in last(told, "clock-started")] == ["village-clock"]


def test_what_comes_after_is_decided_by_the_new_edition(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    township = lambda rule: replace(rule, budget=parse_budget("9wd"))  # noqa: E731
    migrate(told, "2026-03-03 10:00", clock(told.procedure, "township-clock", township))
    told.act("2026-03-04 10:00", "refer-up", "o-village-lead", reason="two villages")
    assert told.dues()["township-clock"] == "2026-03-17"


def test_a_post_that_the_edition_changes_is_handed_on_with_an_entry_each(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    new = stage(
        replace(told.procedure, posts=(*told.procedure.posts, Post("mediator", "village", text("mediator")))),
        "village",
        lambda each: replace(each, responsible=Responsible("village-leader", "mediator", (), "county-lead")),
    )
    migrate(told, "2026-03-04 10:00", new, (Holder("mediator", "0", "o-mediator", "Mediator"),))
    (relieved,), (responsible,) = last(told, "relieved"), last(told, "responsible")
    assert (relieved.official, responsible.official) == ("o-village-lead", "o-mediator")
    assert {r.role: r.official for r in told.case.responsibilities} == {
        "leader": "o-village-leader", "lead": "o-mediator",
    }  # fmt: skip
    assert [notice.official for notice in told.decisions[-1].notices] == ["o-mediator"]
    assert [(r.result, r.overdue) for r in told.decisions[-1].released] == [("migrated", False)]


def test_a_vacancy_passes_to_the_substitute_that_the_edition_names(tell: Tell) -> None:
    told = tell("2026-03-02 10:00", vacant=("village-lead",))
    posts = Responsible("village-leader", "village-lead", (), "township-lead")
    migrate(told, "2026-03-04 10:00",
            stage(told.procedure, "village", lambda each: replace(each, responsible=posts)))  # fmt: skip
    assert last(told, "relieved")[0].official == "o-county-lead"
    assert {r.role: r.official for r in told.case.responsibilities}["lead"] == "o-township-lead"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda old: old, "same-edition"),
        (lambda old: edition(old, name="other"), "other-procedure"),
        (lambda old: edition(old, kind="petition"), "other-procedure"),
        (lambda old: edition(old, calendar="de"), "other-procedure"),
        (lambda old: edition(old, stages=old.stages[1:]), "stage-missing"),
        (lambda old: stage(old, "village", lambda each: replace(each, level="county")), "level-missing"),
        (lambda old: edition(old, levels=old.levels[1:]), "level-missing"),
        (lambda old: edition(old, levels=(*old.levels, Level("city", text("city"), True))), "level-missing"),
        (lambda old: edition(old, clocks=old.clocks[1:]), "clock-missing"),
        (lambda old: stage(old, "village", lambda each: replace(each, clock=None)), "clock-missing"),
    ],
)  # fmt: skip
def test_a_case_without_its_place_in_the_edition_is_refused_and_untouched(
    tell: Tell, change: Change, code: str
) -> None:
    told = tell("2026-03-02 10:00")
    assert refusal(told, "2026-03-04 10:00", change(told.procedure)) == code


def test_an_extended_clock_is_not_moved_to_another_unit(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 09:00", "extend", "o-village-leader", reason="complex")
    assert refusal(told, "2026-03-04 10:00", edition(told.procedure, whole="40wd")) == "clock-differs"


@pytest.mark.parametrize("without", ["pause", "resume"])
def test_a_suspended_case_is_not_moved_to_an_edition_without_that_suspension(
    tell: Tell, without: str
) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-04 09:00", "suspend", "o-village-lead", reason="away")
    new = clock(told.procedure, "whole", lambda rule: replace(rule, pause=None))
    if without == "resume":
        new = stage(
            told.procedure,
            "village",
            lambda each: replace(each, actions=tuple(a for a in each.actions if not a.resumes)),
        )
    assert refusal(told, "2026-03-05 10:00", new) == "pause-missing"


def test_a_clock_that_stopped_long_ago_is_no_hindrance(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act(
        "2026-03-03 10:00", "refer-up", "o-village-lead", reason="two villages"
    )
    new = edition(told.procedure, stages=told.procedure.stages[1:])
    migrate(told, "2026-03-04 10:00", new).until("2026-04-01 00:00")
    assert "village-clock" not in {each.clock for each in explain(new, told.case)}
    started = next(e for d in told.decisions for e in d.entries if e.clock == "village-clock")
    assert "village-clock" in entry_text(new, started, "zh")


def test_an_ended_case_is_not_migrated(tell: Tell) -> None:
    told = tell("2026-03-02 10:00").act("2026-03-03 10:00", "withdraw", "party")
    assert refusal(told, "2026-03-04 10:00", edition(told.procedure)) == "case-ended"


def test_what_is_foreseen_is_what_happens(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    new = edition(told.procedure, village="2wd", whole="90d")
    seen = foresee(told.procedure, told.case, migrated(new), beijing("2026-03-06 10:00"))
    assert {move.clock: (move.before and move.before.day.isoformat(), move.after.day.isoformat())
            for move in seen.moved} == {
        "whole": ("2026-05-06", "2026-06-01"), "village-clock": ("2026-03-09", "2026-03-04"),
    }  # fmt: skip
    assert seen.overdue
    migrate(told, "2026-03-06 10:00", new)
    assert tuple(told.decisions[-len(seen.decisions) :]) == seen.decisions


SHORTER = ("2wd", "3wd", "7wd", "4d", "30h")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_case_can_go_on_under_another_edition_or_is_refused(
    procedure: Procedure, filed: Filed, data: st.DataObject
) -> None:
    """Never silent, always answered for, its deadlines derived anew, and no rung of the past fires."""
    before = data.draw(lives(procedure, filed))
    case = before[-1].case
    new = edition(procedure, village=data.draw(st.sampled_from(SHORTER)),
                  whole=data.draw(st.sampled_from(("10d", "61d", "90d"))))  # fmt: skip
    if not case.open:
        return
    came = decide_at(procedure, case, migrated(new), case.as_of)
    at_once = advance(new, came[-1].case, came[-1].at)
    assert _spoken(at_once).isdisjoint(("reminded", "warned"))
    for decision in (*came[-1:], *at_once, *advance(new, came[-1].case, beijing("2026-12-01 10:00"))):
        if decision.case.open:
            assert next_due(new, decision.case)
            assert {r.role for r in decision.case.responsibilities} == {"leader", "lead"}
        assert all(each.agrees for each in explain(new, decision.case))


def _spoken(decisions: Iterable[Decision]) -> set[str]:
    return {entry.kind for decision in decisions for entry in decision.entries}


@pytest.fixture
def joint(procedure: Procedure) -> Procedure:
    """At the village two posts assist, each within a limit of its own."""
    posts = Responsible("village-leader", "village-lead", ("village-leader", "county-leader"), "county-lead")
    own = ClockRule("parts", text("parts"), parse_budget("3wd"), (Rung("breach", "breach"),))
    return stage(procedure, "village", lambda each: replace(each, responsible=posts, joint=own))


def parts(told: Told) -> dict[str, str]:
    """When each assisting post must have done its part."""
    going = [c for c in told.case.clocks if c.post and not c.stopped]
    return {c.post: c.deadline.day.isoformat() for c in going if c.deadline}


def test_assisting_units_keep_their_own_clocks_and_each_moves(filed: Filed, joint: Procedure) -> None:
    told = Told(joint, filed, "2026-03-02 10:00")
    new = clock(joint, "village-clock", lambda rule: rule)
    longer = lambda each: replace(each, joint=replace(each.joint, budget=parse_budget("6wd")))  # noqa: E731
    migrate(told, "2026-03-03 10:00", replace(stage(new, "village", longer), edition="3"))
    assert parts(told) == {"village-leader": "2026-03-10", "county-leader": "2026-03-10"}
    moved = [(entry.clock, entry.detail["post"]) for entry in last(told, "migrated")[1:]]
    assert moved == [("parts", "village-leader"), ("parts", "county-leader")]


def test_an_assisting_unit_that_the_edition_adds_or_leaves_out_begins_or_is_done(
    filed: Filed, joint: Procedure
) -> None:
    told = Told(joint, filed, "2026-03-02 10:00")
    who = Responsible("village-leader", "village-lead", ("county-leader", "township-leader"), "county-lead")
    new = replace(stage(joint, "village", lambda each: replace(each, responsible=who)), edition="3")
    migrate(told, "2026-03-05 10:00", new)
    assert parts(told) == {"county-leader": "2026-03-05", "township-leader": "2026-03-10"}
    assert [entry.detail["post"] for entry in last(told, "clock-stopped")] == ["village-leader"]
    assert {r.post for r in told.case.responsibilities if r.role == "assist"} == {
        "county-leader", "township-leader",
    }  # fmt: skip


def test_a_case_that_was_handed_on_keeps_the_ladder_it_could_go_back_to(tell: Tell) -> None:
    told = tell("2026-03-02 10:00")
    before = replace(told.case, came_from=((Place("city", "9", "city"),),))
    with pytest.raises(NotAllowed) as refused:
        decide_at(told.procedure, before, migrated(edition(told.procedure)), beijing("2026-03-03 10:00"))
    assert refused.value.code == "level-missing"
