"""Playing an edition over the open cases, with the very function that decides: nothing is written.

Cases are read a few at a time, so that it does not matter how many there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from casework.calendar import Calendar
from casework.canonical import digest
from casework.case import Actor, Case, Deadline
from casework.decision import NotAllowed
from casework.event import CalendarPublished, Migrated
from casework.foresight import Foresight, Moved, foresee
from casework.procedure import Procedure
from casework.wording import clock_title, due_words, post_title
from console.answers import Words
from console.desk import Desk
from console.edition_answers import DeadlineMove, Effect, HolderMove, Impact, Refused, Tally
from console.telling import named, terms

Event = Migrated | CalendarPublished
EventFor = Callable[[Procedure, Case], Event]
_ALL = Words(zh="合计", en="Total")


def migration(desk: Desk, edition: Procedure, reason: str, by: Actor) -> EventFor:
    """The event that moves a case to an edition: with the holders of the posts that are new to it."""
    definition, roster = digest(edition), desk.library.roster

    def event(old: Procedure, case: Case) -> Event:
        known = {post.name for post in old.posts}
        added = [post for post in edition.posts if post.name not in known]
        return Migrated(edition, definition, reason, by, roster.holders(case.units, added))

    return event


@dataclass
class _Counts:
    """The tallies of one play, by level and by unit."""

    total: Tally = field(default_factory=lambda: Tally(name="", title=_ALL))
    levels: dict[str, Tally] = field(default_factory=dict)
    units: dict[str, Tally] = field(default_factory=dict)

    def add(self, effect: Effect) -> None:
        level = self.levels.setdefault(
            effect.level.name, Tally(name=effect.level.name, title=effect.level.title)
        )
        name = Words(zh=effect.unit_name, en=effect.unit_name)
        unit = self.units.setdefault(effect.unit, Tally(name=effect.unit, title=name))
        for tally in (self.total, level, unit):
            tally.cases += 1
            tally.moved += bool(effect.deadlines)
            tally.passed += bool(effect.holders)
            tally.overdue += effect.overdue
            tally.refused += effect.refused is not None


def impact(
    desk: Desk, edition: Procedure | Calendar, cases: Iterable[Case], event_for: EventFor, limit: int | None
) -> Impact:
    """What an edition would do to cases now; at most ``limit`` of them are told one by one."""
    counts, effects, already, now = _Counts(), list[Effect](), 0, desk.now()
    for case in cases:
        procedure = desk.edition_of(case)
        seen = seen_or_refused(procedure, case, event_for(procedure, case), case.time_of(now))
        if isinstance(seen, NotAllowed) and seen.code == "same-edition":
            already += 1
            continue
        effect = effect_of(procedure, case, seen)
        counts.add(effect)
        if is_touched(effect) and (limit is None or len(effects) < limit):
            effects.append(effect)
    return Impact(
        name=edition.name,
        edition=edition.edition,
        already=already,
        total=counts.total,
        levels=tuple(counts.levels.values()),
        units=tuple(sorted(counts.units.values(), key=lambda tally: tally.name)),
        effects=tuple(effects),
    )


def is_touched(effect: Effect) -> bool:
    return bool(effect.deadlines or effect.holders or effect.overdue or effect.refused)


def seen_or_refused(procedure: Procedure, case: Case, event: Event, at: datetime) -> Foresight | NotAllowed:
    try:
        return foresee(procedure, case, event, at)
    except NotAllowed as refusal:
        return refusal


def effect_of(procedure: Procedure, case: Case, seen: Foresight | NotAllowed) -> Effect:
    """What was seen, or refused, in the API's words. ``procedure`` is the edition that the case has now."""
    stage = procedure.stage(case.stage)
    place = case.place(stage.level) or case.places[-1]
    effect = Effect(
        id=case.id,
        unit=place.code,
        unit_name=place.name,
        level=named(procedure, stage.level),
        stage=named(procedure, stage.name),
        edition=case.edition,
    )
    if isinstance(seen, NotAllowed):
        refused = Refused(code=seen.code, words=Words(zh=seen.zh, en=seen.en))
        return effect.model_copy(update={"refused": refused})
    deadlines = tuple(_deadline(seen.procedure, case.calendar, move) for move in seen.moved)
    holders = tuple(
        HolderMove(role=each.role, title=terms(each.role), before=each.before, after=each.after)
        for each in seen.passed
    )
    return effect.model_copy(update={"deadlines": deadlines, "holders": holders, "overdue": seen.overdue})


def _deadline(procedure: Procedure, calendar: Calendar, move: Moved) -> DeadlineMove:
    def name(language: str) -> str:
        whose = f" ({post_title(procedure, move.post, language)})" if move.post else ""
        return clock_title(procedure, move.clock, language) + whose

    return DeadlineMove(
        clock=move.clock,
        title=Words(zh=name("zh"), en=name("en")),
        before=move.before.day if move.before else None,
        after=move.after.day,
        before_words=_due(calendar, move.before),
        after_words=_due(calendar, move.after),
    )


def _due(calendar: Calendar, due: Deadline | None) -> Words:
    if due is None:
        return Words(zh="", en="")
    provisional = ("（暂定）", " (provisional)") if due.provisional else ("", "")
    text = due_words(calendar, due.at)
    return Words(zh=text + provisional[0], en=text + provisional[1])
