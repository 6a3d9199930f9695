"""Whether a story, once it is played, really shows the fault it was told for.

Nothing here knows how faults are found: each is looked for in what was decided, and in the ledger.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from casework.allowed import allowed, facts
from casework.case import Case
from casework.decide import advance, decide_at
from casework.decision import Entry, NotAllowed
from casework.event import ActionTaken, TimeReached
from casework.holders import actor_for
from casework.predicate import holds
from casework.procedure import ClockRule, Procedure
from casework.story import Played, Story, play
from casework.verify.finding import Finding


@dataclass(frozen=True)
class Shown:
    """A finding, its story and what came of it."""

    procedure: Procedure
    finding: Finding
    story: Story
    played: Played

    @property
    def case(self) -> Case:
        return self.played.case

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.played.entries

    @property
    def place(self) -> tuple[str, ...]:
        return tuple(str(part) for part in self.finding.where)

    @property
    def last_act(self) -> datetime:
        return self.story.steps[-1].at if self.story.steps else self.story.filed_at

    @property
    def clock(self) -> ClockRule:
        """The clock that the finding is about."""
        if self.place[0] == "clocks":
            return self.procedure.clock(self.place[1])
        clocks = self.procedure.stage(self.place[1]).clocks
        return next(clock for clock in clocks if clock is not None)

    def of(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]

    def level_of(self, unit: str) -> str:
        return next((place.level for place in self.story.filed.places if place.code == unit), "")


def shows(procedure: Procedure, finding: Finding) -> bool:
    """Play the finding's story with the core alone and look at what came of it."""
    story = finding.story
    assert story is not None
    if finding.code == "start-gap":
        return _is_refused(procedure, story)
    return _SHOWN[finding.code](Shown(procedure, finding, story, play(procedure, story)))


def _is_refused(procedure: Procedure, story: Story) -> bool:
    try:
        play(procedure, story)
    except NotAllowed:
        return True
    return False


def _never_entered(shown: Shown) -> bool:
    return shown.place[1] not in {entry.stage for entry in shown.entries if entry.kind == "entered"}


def _never_ended_so(shown: Shown) -> bool:
    return shown.case.outcome != shown.place[1]


def _refused_at_last(shown: Shown) -> bool:
    return shown.story.steps[-1].action == shown.place[3] and shown.played.refusals[-1] != ""


def _went_elsewhere(shown: Shown) -> bool:
    action = next(a for a in shown.procedure.stage(shown.place[1]).actions if a.name == shown.place[3])
    went = shown.case.outcome or shown.case.stage
    return shown.played.refusals[-1] == "" and went != action.to[int(shown.place[5])].to


def _another_rule_began_it(shown: Shown) -> bool:
    known = facts(play(shown.procedure, replace(shown.story, until=shown.story.filed_at)).case)
    first = next(n for n, way in enumerate(shown.procedure.start) if holds(way.when, known))
    return first != int(shown.place[1])


def _graded_otherwise(shown: Shown) -> bool:
    return shown.case.grade != shown.place[1]


def _urgent_but_not_graded_so(shown: Shown) -> bool:
    urgent = [grade for grade in shown.procedure.grades if grade.urgent]
    return not shown.case.urgent and any(holds(grade.when, facts(shown.case)) for grade in urgent)


def _nothing_leads_out(shown: Shown) -> bool:
    """No action ends the case, nor do three years."""
    case = shown.case
    late = advance(shown.procedure, case, case.as_of + timedelta(days=1100))
    ends = [
        _taken(shown, case, each.action.name, each.action.by[0]) for each in allowed(shown.procedure, case)
    ]
    return case.open and all(after.open for after in ends) and late[-1].case.open


def _taken(shown: Shown, case: Case, action: str, by: str) -> Case:
    try:
        actor = actor_for(shown.procedure, case, by)
        return decide_at(shown.procedure, case, ActionTaken(action, actor), case.as_of)[-1].case
    except NotAllowed:
        return case


def _no_clock_runs(shown: Shown) -> bool:
    return shown.case.open and all(clock.stopped for clock in shown.case.clocks)


def _belongs_to_no_unit(shown: Shown) -> bool:
    return shown.case.place(shown.procedure.stage(shown.case.stage).level) is None


def _half_a_year_without_a_word(shown: Shown) -> bool:
    told = [notice.send_at for decision in shown.played.decisions for notice in decision.notices]
    ahead = advance(shown.procedure, shown.case, shown.case.as_of + timedelta(days=400))
    next_told = [notice.send_at for decision in ahead for notice in decision.notices][:1]
    moments = sorted({*(at for at in told if at <= shown.last_act), shown.last_act, *told, *next_told})
    return any(after - before > timedelta(days=180) for before, after in pairwise(moments))


def _top_heard_nothing(shown: Shown) -> bool:
    top = [level.name for level in shown.procedure.levels if not level.external][-1]
    notices = [notice for decision in shown.played.decisions for notice in decision.notices]
    waited = shown.story.until - shown.last_act >= timedelta(days=365)
    return waited and all(shown.level_of(notice.unit) != top for notice in notices)


def _overdue_and_only_held(shown: Shown) -> bool:
    stage = shown.procedure.stage(shown.place[1])
    after = [n for d in shown.played.decisions for n in d.notices if n.at > shown.last_act]
    above = [notice.kind for notice in after if shown.level_of(notice.unit) != stage.level]
    return bool(shown.of("overdue")) and not shown.of("escalated") and set(above) <= {"hold"}


def _round_and_round(shown: Shown) -> bool:
    entered = [entry.stage for entry in shown.of("entered") if entry.at >= shown.last_act]
    return any(entered.count(stage) >= 3 for stage in entered)


def _ended_while_owing(shown: Shown) -> bool:
    before, last = shown.played.decisions[-2:]
    owed = [c for c in before.case.clocks if not c.stopped and not shown.procedure.clock(c.name).window]
    return not last.case.open and isinstance(last.event, TimeReached) and bool(owed)


def _rung_never_came(shown: Shown) -> bool:
    clock, rung = shown.clock.name, shown.place[-1]
    started = any(entry.kind == "clock-started" and entry.clock == clock for entry in shown.entries)
    came = [e for e in shown.entries if (e.clock, e.rung) == (clock, rung) and e.kind != "rung-skipped"]
    last = shown.case.clock(clock)
    return started and not came and last is not None and bool(last.stopped or last.breached)


def _never_escalated(shown: Shown) -> bool:
    skipped = [entry for entry in shown.of("rung-skipped") if entry.clock == shown.clock.name]
    return bool(skipped) and not [e for e in shown.of("escalated") if e.clock == shown.clock.name]


def _reminded_too_late(shown: Shown) -> bool:
    """An act that stands after the reminder in the file came no later than it."""
    clock = shown.clock
    names = [rung.name for rung in clock.rungs]
    number = next(n for n, part in enumerate(shown.place) if part == "rungs")
    later = names[names.index(shown.place[number + 1]) + 1 :]
    mine = [e.at for e in shown.entries if (e.clock, e.rung) == (clock.name, shown.place[number + 1])]
    acts = [e.at for e in shown.entries if e.clock == clock.name and e.rung in later]
    return bool(acts) and (not mine or mine[0] >= acts[0])


def _clock_never_started(shown: Shown) -> bool:
    return all(entry.clock != shown.place[1] for entry in shown.of("clock-started"))


def _ended_after(shown: Shown, limit: timedelta) -> bool:
    """Whether the clock's deadline lies more than so long after its start, days off at its end aside."""
    state = next(clock for clock in reversed(shown.case.clocks) if clock.name == shown.clock.name)
    assert state.deadline is not None
    calendar = shown.case.calendar
    lawful = calendar.on_or_after(calendar.date_of(state.started) + limit)
    return state.deadline.day > lawful


def _longer_than_the_law(shown: Shown) -> bool:
    return _ended_after(shown, timedelta(days=60 if shown.clock.name == "handling" else 15))


def _extended_unlawfully(shown: Shown) -> bool:
    """Beyond 60 + 30 days (第34条) or at all (第22、23条), a second time, or once it was overdue."""
    extended = shown.of("extended")
    late = [entry.at for entry in shown.of("overdue") if entry.clock == shown.clock.name]
    if shown.clock.name != "handling":
        return bool(extended)
    return len(extended) > 1 or bool(late) or _ended_after(shown, timedelta(days=90))


def _clock_was_stopped(shown: Shown) -> bool:
    return any(shown.clock.name in str(entry.detail["clocks"]).split(",") for entry in shown.of("suspended"))


def _lapsed_before_thirty_days(shown: Shown) -> bool:
    calendar = shown.case.calendar
    state = next(clock for clock in shown.case.clocks if clock.name == shown.clock.name)
    lapsed = calendar.date_of(shown.of("lapsed")[-1].at)
    return lapsed - calendar.date_of(state.started) < timedelta(days=30)


def _post_never_held(shown: Shown) -> bool:
    """The post that the finding is about has no holder on the case's ladder."""
    named = next(post for post in shown.procedure.posts if post.name in shown.finding.en.split())
    return shown.case.place(named.level) is None and named.name not in {h.post for h in shown.case.holders}


def _nobody_of_the_level(shown: Shown) -> bool:
    stage = shown.procedure.stage(shown.place[1])
    answering = [r for r in shown.case.responsibilities if r.role in ("leader", "lead")]
    levels = {stage.level, shown.procedure.post(shown.procedure.top.hold).level}
    return not any(shown.level_of(held.unit) in levels for held in answering)


def _nobody_answers(shown: Shown) -> bool:
    return any(not held.official for held in shown.case.responsibilities)


def _waits_over_the_weekend(shown: Shown) -> bool:
    """Filed on a Saturday, the urgent case is not late for more than a day."""
    calendar = shown.story.filed.calendar
    saturday = shown.story.filed_at + timedelta(days=5)
    assert calendar.local(saturday).weekday() == 5
    story = replace(shown.story, filed_at=saturday, steps=(), until=saturday + timedelta(days=1))
    told = play(shown.procedure, story)
    return told.case.urgent and all(entry.kind != "overdue" for entry in told.entries)


def _two_of_one_title(shown: Shown) -> bool:
    titles = [each.action.title.zh for each in allowed(shown.procedure, shown.case)]
    return any(titles.count(title) > 1 for title in titles)


def _round_in_time(shown: Shown) -> bool:
    entered = [entry.stage for entry in shown.of("entered")]
    return not shown.of("overdue") and shown.case.open and any(entered.count(stage) >= 3 for stage in entered)


_SHOWN: dict[str, Callable[[Shown], bool]] = {
    "unreachable-stage": _never_entered,
    "unreachable-outcome": _never_ended_so,
    "dead-action": _refused_at_last,
    "dead-way": _went_elsewhere,
    "dead-start": _another_rule_began_it,
    "dead-grade": _graded_otherwise,
    "masked-urgency": _urgent_but_not_graded_so,
    "no-way-out": _nothing_leads_out,
    "no-clock": _no_clock_runs,
    "no-unit": _belongs_to_no_unit,
    "silent": _half_a_year_without_a_word,
    "top-too-late": _top_heard_nothing,
    "stranded": _overdue_and_only_held,
    "time-loop": _round_and_round,
    "ended-by-time": _ended_while_owing,
    "rung-never": _rung_never_came,
    "escalation-never": _never_escalated,
    "late-reminder": _reminded_too_late,
    "clock-never": _clock_never_started,
    "longer-than-law": _longer_than_the_law,
    "extension-beyond-law": _extended_unlawfully,
    "pause-against-law": _clock_was_stopped,
    "right-cut-short": _lapsed_before_thirty_days,
    "no-resume": _refused_at_last,
    "nobody-holds": _post_never_held,
    "nobody-at-level": _nobody_of_the_level,
    "unanswered": _nobody_answers,
    "urgent-waits": _waits_over_the_weekend,
    "same-title": _two_of_one_title,
    "endless-loop": _round_in_time,
}
