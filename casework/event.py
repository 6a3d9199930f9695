"""Events: facts in the past tense that a case is told of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from casework.calendar import Calendar
from casework.case import Actor, ClockState, Holder, Pace, Place
from casework.predicate import Value
from casework.procedure import Procedure


@dataclass(frozen=True)
class Filed:
    """A case was filed (登记). Everything it will be decided by comes with it.

    ``places`` from the unit of filing upwards; ``holders`` of all posts on them; ``sealed`` the private
    fields as ciphertext.
    """

    case_id: str
    definition: str
    calendar: Calendar
    places: tuple[Place, ...]
    holders: tuple[Holder, ...]
    actor: Actor
    fields: Mapping[str, Value] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    pace: Pace | None = None
    kind: Literal["filed"] = "filed"


@dataclass(frozen=True)
class ActionTaken:
    """Someone took an action.

    ``key`` makes a repeated request act once. ``stage`` is where the actor saw the case: once the case has
    left it, the action is refused rather than taken where nobody meant it. ``places`` and ``holders`` are
    those of the unit that the case is handed to, from that unit upwards.
    """

    action: str
    actor: Actor
    fields: Mapping[str, Value] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    stage: str = ""
    places: tuple[Place, ...] = ()
    holders: tuple[Holder, ...] = ()
    kind: Literal["action-taken"] = "action-taken"


@dataclass(frozen=True)
class TimeReached:
    """The next due moment came."""

    kind: Literal["time-reached"] = "time-reached"


@dataclass(frozen=True)
class CalendarPublished:
    """A new edition of the case's calendar is in force."""

    calendar: Calendar
    kind: Literal["calendar-published"] = "calendar-published"


@dataclass(frozen=True)
class HoldersChanged:
    """Posts on the case's ladder changed hands, or fell vacant: ``holders`` is the whole new list."""

    holders: tuple[Holder, ...]
    reason: str
    actor: Actor
    kind: Literal["holders-changed"] = "holders-changed"


@dataclass(frozen=True)
class CaseJoined:
    """Another case about the same matter is merged into this one (并案): its deadlines count here if earlier.

    ``clocks`` are that case's, as it stood.
    """

    other: str
    clocks: tuple[ClockState, ...]
    actor: Actor
    reason: str
    key: str = ""
    kind: Literal["case-joined"] = "case-joined"


@dataclass(frozen=True)
class CaseMerged:
    """This case goes on within another one (并案); its petitioner keeps the receipt and follows that one."""

    into: str
    actor: Actor
    reason: str
    key: str = ""
    kind: Literal["case-merged"] = "case-merged"


@dataclass(frozen=True)
class CaseLinked:
    """Another case has to do with this one; each goes its own way."""

    other: str
    actor: Actor
    reason: str
    key: str = ""
    kind: Literal["case-linked"] = "case-linked"


@dataclass(frozen=True)
class NoticeFailed:
    """A notice could not be delivered on any channel."""

    notice: str
    channel: str
    official: str
    reason: str
    kind: Literal["notice-failed"] = "notice-failed"


@dataclass(frozen=True)
class Migrated:
    """The case was moved to another edition of its procedure.

    ``definition`` is that edition's content hash; ``holders`` are of the posts it names that the case's old
    edition does not.
    """

    procedure: Procedure
    definition: str
    reason: str
    actor: Actor
    holders: tuple[Holder, ...] = ()
    kind: Literal["migrated"] = "migrated"


Event = (
    Filed
    | ActionTaken
    | TimeReached
    | CalendarPublished
    | HoldersChanged
    | CaseJoined
    | CaseMerged
    | CaseLinked
    | Migrated
    | NoticeFailed
)
