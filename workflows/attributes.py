"""Search attributes of a case: few, without personal data, set at the start and on a stage's entry."""

from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from casework.case import Case
from casework.procedure import Procedure

PROCEDURE = SearchAttributeKey.for_keyword("CaseProcedure")
STAGE = SearchAttributeKey.for_keyword("CaseStage")
LEVEL = SearchAttributeKey.for_keyword("CaseLevel")
UNIT = SearchAttributeKey.for_keyword("CaseUnit")
DUE = SearchAttributeKey.for_datetime("CaseDue")
OVERDUE = SearchAttributeKey.for_bool("CaseOverdue")
ALL = (PROCEDURE, STAGE, LEVEL, UNIT, DUE, OVERDUE)


def of(procedure: Procedure, case: Case) -> list[SearchAttributeUpdate[Any]]:
    """The attributes of a case as it stands."""
    stage = procedure.stage(case.stage)
    place = case.place(stage.level) or case.places[-1]
    due = case.dues[0].at if case.dues else None
    return [
        PROCEDURE.value_set(case.procedure),
        STAGE.value_set(case.outcome or case.stage),
        LEVEL.value_set(stage.level),
        UNIT.value_set(place.code),
        DUE.value_set(due) if due else DUE.value_unset(),
        OVERDUE.value_set(case.overdue),
    ]
