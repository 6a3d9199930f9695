"""Opening a case: its first stage, its grade, and the clocks that run from receipt."""

from datetime import datetime

from casework.case import Case, Handled
from casework.decision import NotAllowed
from casework.draft import Draft
from casework.event import Filed
from casework.fields import check
from casework.predicate import Fields, holds
from casework.procedure import Grade, Procedure
from casework.stages import enter, first_way, mark_filed


def open_case(procedure: Procedure, event: Filed, now: datetime) -> Draft:
    """The draft of a case just filed. Raises NotAllowed where it may not be filed so."""
    fields = check(procedure.intake, event.fields, event.sealed)
    facts: Fields = {
        **fields,
        "filed_at": event.places[0].level,
        "bounces": 0,
        "handed_on": False,
        "awaited": 0,
    }
    first = _first_stage(procedure, event, facts)
    grade = next((grade for grade in procedure.grades if holds(grade.when, facts)), None)
    draft = Draft(procedure, _blank(procedure, event, fields, first, grade, now), event, now)
    detail = {"grade": grade.name} if grade else {}
    draft.change(recused=_recused(procedure, fields))
    draft.write("filed", actor=event.actor, detail={**detail, **_public(procedure, fields)})
    mark_filed(draft)
    enter(draft, first)
    return draft


def _first_stage(procedure: Procedure, event: Filed, facts: Fields) -> str:
    first = first_way(procedure.start, facts)
    if first is None:
        raise NotAllowed("no-start", "没有适用的起始环节", "no start rule applies to this case")
    level = procedure.stage(first).level
    if all(place.level != level for place in event.places):
        title = procedure.level(level).title
        raise NotAllowed(
            "unknown-unit",
            f"本程序从{title.zh}开始,请写明所在的{title.zh}",
            f"it starts at the {title.en}: name one",
        )
    return first


def _public(procedure: Procedure, fields: Fields) -> Fields:
    """The facts the ledger shows of a filing: not free text, which may tell of people."""
    shown = {rule.name for rule in procedure.intake if rule.type != "text"} - {procedure.recuses}
    return {name: value for name, value in fields.items() if name in shown}


def _recused(procedure: Procedure, fields: Fields) -> tuple[str, ...]:
    """Whom the case is about: no duty, notice or page of it reaches them (信访工作条例第22、30条)."""
    about = fields.get(procedure.recuses) if procedure.recuses else None
    return (str(about),) if about else ()


def _blank(
    procedure: Procedure, event: Filed, fields: Fields, first: str, grade: Grade | None, now: datetime
) -> Case:
    return Case(
        id=event.case_id,
        procedure=procedure.name,
        edition=procedure.edition,
        definition=event.definition,
        kind=procedure.kind,
        calendar=event.calendar,
        filed=now,
        as_of=now,
        seq=0,
        entries=0,
        places=event.places,
        holders=event.holders,
        fields=fields,
        sealed=event.sealed,
        grade=grade.name if grade else "",
        urgent=grade.urgent if grade else False,
        stage=first,
        entered=now,
        handled=(Handled(event.key, 1),) if event.key else (),
        pace=event.pace,
    )
