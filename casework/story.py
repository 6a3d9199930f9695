"""Stories: what happens to one case, told in advance; simulator and engine play the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casework.case import Actor, Case, Holder, Place
from casework.decide import advance, decide, decide_at, next_due
from casework.decision import Decision, Entry, NotAllowed
from casework.event import ActionTaken, Event, Filed, TimeReached
from casework.holders import actor_for
from casework.migrating import edition_after
from casework.predicate import Value
from casework.procedure import Procedure


@dataclass(frozen=True)
class Step:
    """At ``at``, whoever answers as ``by`` (a role, a post or ``party``) takes ``action``; or, where
    ``event`` is given, the case is told of it. ``refused`` is the refusal code the story expects; ``places``
    and ``holders`` are those of the unit that the case is handed to."""

    at: datetime
    action: str = ""
    by: str = "lead"
    fields: Mapping[str, Value] = field(default_factory=dict)
    event: Event | None = None
    refused: str = ""
    places: tuple[Place, ...] = ()
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class Story:
    """A case filed at ``filed_at``, what is done about it, and until when time runs."""

    name: str
    procedure: str
    filed_at: datetime
    filed: Filed
    steps: tuple[Step, ...]
    until: datetime


@dataclass(frozen=True)
class Played:
    """What came of a story: every decision in order, and the refusal each step met, if any."""

    case: Case
    decisions: tuple[Decision, ...]
    refused: tuple[NotAllowed | None, ...]

    @property
    def refusals(self) -> tuple[str, ...]:
        """The refusal code each step met, or ""."""
        return tuple(refusal.code if refusal else "" for refusal in self.refused)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for decision in self.decisions for entry in decision.entries)


def event_of(procedure: Procedure, case: Case, step: Step, number: int) -> Event:
    """The event a step stands for, its actor found among those who answer in the case at that moment."""
    if step.event is not None:
        return step.event
    actor: Actor = actor_for(procedure, case, step.by)
    key = f"step-{number}"
    return ActionTaken(step.action, actor, step.fields, key=key, places=step.places, holders=step.holders)


def play(procedure: Procedure, story: Story) -> Played:
    """Play a story with the pure core alone. Raises NotAllowed only if the filing itself is refused."""
    decisions = list(decide_at(procedure, None, story.filed, story.filed_at))
    refused: list[NotAllowed | None] = []
    for number, step in enumerate(story.steps, start=1):
        decisions += advance(procedure, decisions[-1].case, step.at)
        case = decisions[-1].case
        try:
            came = decide_at(procedure, case, event_of(procedure, case, step, number), step.at)
            decisions += came
            procedure = edition_after(procedure, came)
            refused.append(None)
        except NotAllowed as refusal:
            refused.append(refusal)
    decisions += advance(procedure, decisions[-1].case, story.until)
    return Played(decisions[-1].case, tuple(decisions), tuple(refused))


def untouched_until(
    procedure: Procedure, filed: Filed, at: datetime, holds: int, most: timedelta
) -> datetime:
    """Until when to tell of a case that nobody touches: its end, or so many reminders at the top.

    Never longer than ``most``. Raises NotAllowed if the filing itself is refused.
    """
    case = decide(procedure, None, filed, at).case
    while case.open and case.holds < holds:
        due = next_due(procedure, case)
        if due is None or due > at + most:
            return at + most
        case = decide(procedure, case, TimeReached(), due).case
    return case.as_of
