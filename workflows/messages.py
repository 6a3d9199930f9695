"""What goes in and out of a case's workflow."""

from dataclasses import dataclass
from datetime import datetime

from casework.case import Case
from casework.decision import EntryKind, NotAllowed, RefusalCode
from casework.event import (
    ActionTaken,
    CalendarPublished,
    CaseJoined,
    CaseLinked,
    CaseMerged,
    Filed,
    HoldersChanged,
    Migrated,
    NoticeFailed,
)
from casework.procedure import Procedure

SPREAD_SECONDS = 30.0
RUN_EVENTS = 150
NOT_ALLOWED = "NotAllowed"
STANDING = "Standing"
Fact = CalendarPublished | HoldersChanged | CaseJoined | CaseMerged | CaseLinked | Migrated | NoticeFailed


@dataclass(frozen=True)
class CaseInput:
    """The start of a run: ``filed`` for a case's first, the ``case`` whole for those after it.

    ``filed_at`` is the real instant of filing. ``spread``: seconds over which due moments that coincide are
    carried out. ``run_events``: history length after which a run ends at the next stage.
    """

    procedure: Procedure
    filed_at: datetime
    filed: Filed | None = None
    case: Case | None = None
    spread: float = SPREAD_SECONDS
    run_events: int = RUN_EVENTS


@dataclass(frozen=True)
class ActRequest:
    """Someone's action, and the real instant at which the door received it."""

    event: ActionTaken
    received: datetime


@dataclass(frozen=True)
class TellRequest:
    """A fact the case is told of, and the real instant at which it was known."""

    event: Fact
    received: datetime


@dataclass(frozen=True)
class Acted:
    """What came of a request. ``repeated``: its key had been carried out before, and nothing was done now."""

    case_id: str
    seq: int
    stage: str
    outcome: str | None
    due: datetime | None
    entries: tuple[EntryKind, ...] = ()
    repeated: bool = False


@dataclass(frozen=True)
class Refusal:
    """NotAllowed on its way through Temporal."""

    code: RefusalCode
    zh: str
    en: str
    allowed: tuple[str, ...]

    @classmethod
    def of(cls, refusal: NotAllowed) -> "Refusal":
        return cls(refusal.code, refusal.zh, refusal.en, refusal.allowed)

    def raised(self) -> NotAllowed:
        return NotAllowed(self.code, self.zh, self.en, self.allowed)


@dataclass(frozen=True)
class Ended:
    """What a case's workflow returns."""

    case_id: str
    outcome: str
    seq: int
