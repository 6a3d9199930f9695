"""What deciding gives: the new case, ledger entries, notices, and responsibilities opened and closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from casework.case import Actor, Case, Responsibility
from casework.event import Event
from casework.predicate import Value

EntryKind = Literal[
    "filed", "entered", "responsible", "vacant", "handed-over", "acted", "reminded", "warned", "overdue",
    "carded", "supervised", "escalated", "lapsed", "held", "clock-started", "clock-stopped", "suspended",
    "resumed", "pause-capped", "extended", "recalculated", "rung-skipped", "handed-out", "handed-on",
    "handed-back", "recused", "delivered", "silent", "joined", "merged", "linked", "notice-failed", "ended",
    "migrated", "relieved",
]  # fmt: skip
NoticeKind = Literal["assigned", "reminder", "warning", "overdue", "card", "supervision", "escalated", "hold"]
RefusalCode = Literal[
    "case-ended", "overtaken", "unknown-action", "untimely-action", "not-yours", "missing-field", "bad-field",
    "unknown-field", "condition-not-met", "extension-spent", "extension-late", "clock-not-running",
    "already-suspended", "not-suspended", "pause-spent", "unknown-unit", "no-start", "same-unit",
    "nowhere-back", "nothing-awaited", "not-mergeable",
    "same-edition", "other-procedure", "other-calendar", "stage-missing", "level-missing", "clock-missing",
    "clock-differs", "pause-missing",
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry of the ledger (台账). ``at`` is the exact legal instant, never when it was carried out.

    ``number`` counts from 1 within the case. ``post``, ``official``: whom it concerns.
    """

    number: int
    at: datetime
    kind: EntryKind
    stage: str
    level: str
    unit: str
    actor: Actor
    post: str = ""
    official: str = ""
    clock: str = ""
    rung: str = ""
    basis: str = ""
    detail: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """Something to tell one official, not before ``send_at`` (the next office moment, unless urgent)."""

    id: str
    kind: NoticeKind
    at: datetime
    send_at: datetime
    post: str
    unit: str
    official: str
    name: str
    stage: str
    clock: str = ""
    rung: str = ""
    due: datetime | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Released:
    """A responsibility that ended, and how: acted, escalated, lapsed, handed-over, migrated or ended."""

    number: int
    at: datetime
    result: str
    overdue: bool


@dataclass(frozen=True)
class Decision:
    """The answer to one event: ``case`` is the case after it."""

    seq: int
    at: datetime
    event: Event
    case: Case
    entries: tuple[Entry, ...]
    notices: tuple[Notice, ...] = ()
    opened: tuple[Responsibility, ...] = ()
    released: tuple[Released, ...] = ()


class NotAllowed(Exception):
    """An event was refused and the case is untouched.

    ``code`` says which rule, ``zh`` and ``en`` say it to people, ``allowed`` names the actions open now.
    """

    def __init__(self, code: RefusalCode, zh: str, en: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(en)
        self.code = code
        self.zh = zh
        self.en = en
        self.allowed = allowed
