"""From decisions to rows: pure, so that the commit and the audit make the very same ones."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime

from casework.canonical import canonical, digest
from casework.case import Case, Deadline, Responsibility
from casework.decision import Decision, Notice
from casework.event import Event, Migrated
from casework.procedure import Procedure
from records.chain import entry_hash
from records.tables import (
    CaseRow,
    DecisionRow,
    DefinitionRow,
    EntryRow,
    NoticeRow,
    PlaceRow,
    ResponsibilityRow,
)


def content_hash(decision: Decision) -> str:
    """The hash of all that was decided: the digest of the decision with its case replaced by its digest."""
    parts = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return digest({**parts, "case": digest(decision.case)})


def definition_row(procedure: Procedure, content: str) -> DefinitionRow:
    return DefinitionRow(
        hash=content, procedure=procedure.name, edition=procedure.edition, body=canonical(procedure)
    )


def case_row(procedure: Procedure, case: Case, head: str) -> CaseRow:
    """The case whole, with the columns it is listed by. ``head`` is the hash of its last entry."""
    stage = procedure.stage(case.stage)
    place = case.place(stage.level) or case.places[-1]
    deadline = _earliest(procedure, case)
    return CaseRow(
        id=case.id,
        kind=case.kind,
        procedure=case.procedure,
        edition=case.edition,
        definition=case.definition,
        stage=case.stage,
        level=stage.level,
        unit=place.code,
        origin=case.origin.code,
        grade=case.grade,
        urgent=case.urgent,
        open=case.open,
        overdue=case.overdue,
        due=deadline.at if deadline else None,
        due_day=deadline.day if deadline else None,
        provisional=deadline.provisional if deadline else False,
        filed=case.filed,
        entered=case.entered,
        ended=case.ended,
        outcome=case.outcome,
        seq=case.seq,
        entries=case.entries,
        head=head,
        body=canonical(case),
    )


def _earliest(procedure: Procedure, case: Case) -> Deadline | None:
    """The deadline at which the offices are first late; a party's window is none of theirs."""
    deadlines = (
        clock.deadline
        for clock in case.clocks
        if clock.deadline and not clock.stopped and not procedure.clock(clock.name).window
    )
    return min(deadlines, key=lambda deadline: deadline.at, default=None)


def place_rows(case: Case) -> list[PlaceRow]:
    """Every unit that has or had the case: one that handed it on still finds it."""
    return [PlaceRow(case_id=case.id, unit=place.code, level=place.level) for place in case.units]


def stored_event(event: Event) -> str:
    """An event as it is stored: the procedure of a migration stands in the definitions, under its hash."""
    if isinstance(event, Migrated):
        return canonical({**vars(event), "procedure": None})
    return canonical(event)


def decision_row(decision: Decision, recorded_at: datetime) -> DecisionRow:
    return DecisionRow(
        case_id=decision.case.id,
        seq=decision.seq,
        at=decision.at,
        event=stored_event(decision.event),
        content_hash=content_hash(decision),
        recorded_at=recorded_at,
    )


def entry_rows(decisions: Iterable[Decision], head: str) -> list[EntryRow]:
    """The entries of decisions in order, each chained to the one before it; the first to ``head``."""
    rows: list[EntryRow] = []
    for decision in decisions:
        for entry in decision.entries:
            body = canonical(entry)
            previous, head = head, entry_hash(head, decision.case.id, decision.seq, body)
            rows.append(
                EntryRow(
                    case_id=decision.case.id,
                    number=entry.number,
                    seq=decision.seq,
                    at=entry.at,
                    kind=entry.kind,
                    body=body,
                    previous=previous,
                    hash=head,
                )
            )
    return rows


def span_row(case_id: str, opened: Responsibility) -> ResponsibilityRow:
    return ResponsibilityRow(
        case_id=case_id,
        number=opened.number,
        role=opened.role,
        post=opened.post,
        unit=opened.unit,
        official=opened.official,
        name=opened.name,
        stage=opened.stage,
        vacant=opened.vacant,
        opened=opened.opened,
        due=opened.due,
        closed=None,
        result="",
        overdue=False,
    )


def follow_spans(spans: dict[int, ResponsibilityRow], decision: Decision) -> list[ResponsibilityRow]:
    """Bring a case's open spans up to a decision: close, open, move dues. Gives those newly opened.

    Raises KeyError for a span that should be open and is not among ``spans``.
    """
    opened = [span_row(decision.case.id, each) for each in decision.opened]
    spans.update((span.number, span) for span in opened)
    for released in decision.released:
        span = spans.pop(released.number)
        span.closed, span.result, span.overdue = released.at, released.result, released.overdue
    for held in decision.case.responsibilities:
        spans[held.number].due = held.due
    return opened


def notice_rows(decision: Decision) -> list[NoticeRow]:
    """Notices that wait, in order. Cases may live in drill time, the postman lives in real time."""
    return [_notice_row(decision, *numbered) for numbered in enumerate(decision.notices, start=1)]


def _notice_row(decision: Decision, number: int, notice: Notice) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        case_id=decision.case.id,
        seq=decision.seq,
        number=number,
        official=notice.official,
        state="waiting",
        next_at=decision.case.real_time(notice.send_at),
        attempts=0,
        channel="",
        error="",
        body=canonical(notice),
        settled=None,
    )
