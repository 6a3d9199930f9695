"""A simulation as plain data for programs: entries and notices whole."""

from dataclasses import fields
from typing import Any

from casework.canonical import plain
from casework.case import Due
from casework.decision import Entry, Notice
from casework.wording import entry_text, notice_text
from cli.simulated import Simulated, due_text, local


def plain_of(simulated: Simulated) -> dict[str, Any]:
    """A simulation as plain data for programs: entries and notices whole."""
    procedure, case, calendar = simulated.procedure, simulated.case, simulated.calendar
    refused = zip(simulated.story.steps, simulated.played.refused, strict=True)
    return {
        "procedure": procedure.name,
        "edition": procedure.edition,
        "subject": {"zh": simulated.subject.zh, "en": simulated.subject.en},
        "unit": simulated.unit,
        "filed": plain(simulated.story.filed_at),
        "until": plain(simulated.story.until),
        "assumed": dict(simulated.assumed),
        "stage": None if case.outcome else case.stage,
        "outcome": case.outcome,
        "overdue": case.overdue,
        "entries": [
            {**_mapping(entry), "local": local(calendar, entry.at),
             "text": {lang: entry_text(procedure, entry, lang) for lang in ("zh", "en")}}
            for entry in simulated.played.entries
        ],
        "notices": [
            {**_mapping(notice), "text": {lang: _letter(simulated, notice, lang) for lang in ("zh", "en")}}
            for notice in simulated.notices
        ],
        "refused": [
            {"at": plain(step.at), "action": step.action, "by": step.by, "code": refusal.code,
             "text": {"zh": refusal.zh, "en": refusal.en}}
            for step, refusal in refused if refusal
        ],
        "due": [
            {**_mapping(due), "text": {lang: due_text(procedure, due, lang) for lang in ("zh", "en")}}
            for due in case.dues
        ],
        "expected": None if simulated.expect is None else {
            "met": not simulated.mismatches,
            "differs": [{"zh": each.zh, "en": each.en} for each in simulated.mismatches],
        },
    }  # fmt: skip


def _letter(simulated: Simulated, notice: Notice, lang: str) -> str:
    """A notice as it is read: subject and body."""
    case = simulated.case
    return "\n".join(notice_text(simulated.procedure, case.calendar, case.id, notice, lang))


def _mapping(value: Entry | Notice | Due) -> dict[str, Any]:
    """Every field, also those that hold nothing."""
    return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
