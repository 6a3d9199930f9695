"""What proving a procedure can find: a fault, where it stands, and the shortest story that shows it."""

from dataclasses import dataclass
from typing import Literal

from casework.story import Story

FaultCode = Literal[
    "definition", "unreachable-stage", "unreachable-outcome", "dead-action", "dead-way", "dead-start",
    "dead-grade", "masked-urgency", "start-gap", "no-way-out", "no-clock", "no-unit", "silent",
    "top-too-late", "stranded", "time-loop", "ended-by-time", "rung-never", "escalation-never",
    "late-reminder", "clock-never", "longer-than-law", "extension-beyond-law", "pause-against-law",
    "right-cut-short", "no-resume", "nobody-holds", "nobody-at-level", "unanswered", "urgent-waits",
    "same-title", "endless-loop", "not-proven",
]  # fmt: skip

Where = tuple[str | int, ...]
"""The keys that lead to a place in a procedure's file; a rung is named by its ``at``."""


@dataclass(frozen=True)
class Finding:
    """One fault of a procedure. A ``warning`` does not keep a procedure from being used."""

    code: FaultCode
    where: Where
    zh: str
    en: str
    story: Story | None = None
    warning: bool = False


def action_at(stage: str, action: str, *more: str | int) -> Where:
    return ("stages", stage, "actions", action, *more)
