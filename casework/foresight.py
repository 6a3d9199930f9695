"""What another edition of procedure or calendar would do to a case: the same ``decide``, asked beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from casework.case import Case, Deadline, Role
from casework.decide import advance, decide_at
from casework.decision import Decision
from casework.event import CalendarPublished, Migrated
from casework.migrating import edition_after
from casework.procedure import Procedure


@dataclass(frozen=True)
class Moved:
    """A deadline that moves; ``post`` as in ClockState. ``before`` is None for a clock that starts now."""

    clock: str
    post: str
    before: Deadline | None
    after: Deadline


@dataclass(frozen=True)
class Passed:
    """A role that passes to others, by their names; empty where nobody holds the post."""

    role: Role
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Foresight:
    """What the last of the decisions brings, and whether a deadline is past once it is taken.

    ``procedure`` is the edition that the case then runs under.
    """

    procedure: Procedure
    moved: tuple[Moved, ...]
    passed: tuple[Passed, ...]
    overdue: bool
    decisions: tuple[Decision, ...] = ()


def foresee(procedure: Procedure, case: Case, event: Migrated | CalendarPublished, at: datetime) -> Foresight:
    """What telling the case at ``at`` would do. Raises NotAllowed where the case would refuse it."""
    decisions = decide_at(procedure, case, event, at)
    before, after = decisions[-2].case if len(decisions) > 1 else case, decisions[-1].case
    procedure = edition_after(procedure, decisions)
    at_once = advance(procedure, after, decisions[-1].at)
    late = any(entry.kind == "overdue" for decision in at_once for entry in decision.entries)
    return Foresight(procedure, tuple(_moved(before, after)), tuple(_passed(before, after)), late, decisions)


def compare(procedure: Procedure, before: Case, after: Case) -> Foresight:
    """What has come of a case between two moments, told alike."""
    late = after.overdue and not before.overdue
    return Foresight(procedure, tuple(_moved(before, after)), tuple(_passed(before, after)), late)


def _moved(before: Case, after: Case) -> Iterator[Moved]:
    were = {(clock.name, clock.post): clock.deadline for clock in before.clocks if not clock.stopped}
    for clock in after.clocks:
        was = were.get((clock.name, clock.post))
        if not clock.stopped and clock.deadline and clock.deadline != was:
            yield Moved(clock.name, clock.post, was, clock.deadline)


def _passed(before: Case, after: Case) -> Iterator[Passed]:
    for role in get_args(Role):
        old = [held for held in before.responsibilities if held.role == role]
        new = [held for held in after.responsibilities if held.role == role]
        if [held.number for held in old] != [held.number for held in new]:
            yield Passed(role, tuple(h.name for h in old), tuple(h.name for h in new))
