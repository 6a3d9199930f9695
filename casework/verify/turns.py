"""The turns of a life in which everyone acts at the last moment, and how long each can be waited out."""

from dataclasses import dataclass
from datetime import datetime

from casework.case import Case, ClockState
from casework.decision import Decision
from casework.event import Filed
from casework.procedure import Procedure
from casework.verify.days import redated
from casework.verify.moves import Act, let_time_pass, moment, take


@dataclass(frozen=True, eq=False)
class Turn:
    """A point of a life: the case just after something moved it, how, and by which clock it was late."""

    case: Case
    filed: Filed
    before: "Turn | None" = None
    act: Act | None = None
    at: datetime | None = None
    limit: ClockState | None = None

    def way(self) -> tuple["Turn", ...]:
        turns = [self]
        while turns[-1].before:
            turns.append(turns[-1].before)
        return tuple(reversed(turns))


class Patience:
    """Waits as long as nothing goes wrong. ``decisions`` counts those that were made."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.decisions = 0

    def wait(self, case: Case) -> tuple[Case, ClockState | None]:
        """The case as it stands before time would make it overdue or move it, and the clock that would."""
        while case.dues and case.dues[0].kind != "hold":
            decisions = self.next(case)
            if late(decisions) or moved(case, decisions[-1].case):
                return case, _limit(case, decisions)
            case = decisions[-1].case
        return case, None

    def next(self, case: Case) -> tuple[Decision, ...]:
        """What time brings next, and all that it brings at the same instant."""
        decisions: list[Decision] = []
        while not decisions or (case.dues and case.dues[0].at <= case.as_of):
            self.decisions += 1
            decision = let_time_pass(self.procedure, case)
            if decision is None:
                break
            decisions.append(decision)
            case = decision.case
        return tuple(decisions)

    def again(self, turn: Turn, told: Turn) -> Turn | None:
        """The same act, or lapse, at the last moment of another day. Raises NotAllowed."""
        case, limit = self.wait(turn.case)
        if told.act is None or told.at is None:
            last = self.next(case)[-1]
            return Turn(last.case, turn.filed, turn, None, last.at, limit)
        at = moment(self.procedure, case, "late") or moment(self.procedure, case, "now")
        if at is None:
            return None
        act = redated(told.act, told.case, case.filed, at)
        return Turn(take(self.procedure, case, act, at).case, turn.filed, turn, act, at, limit)


def moved(before: Case, after: Case) -> bool:
    return not after.open or after.entered != before.entered


def late(decisions: tuple[Decision, ...]) -> bool:
    return any(entry.kind == "overdue" for decision in decisions for entry in decision.entries)


def _limit(case: Case, decisions: tuple[Decision, ...]) -> ClockState | None:
    """The clock whose end made the case overdue, or moved it."""
    for decision in decisions:
        if late((decision,)) or moved(case, decision.case):
            return case.clock(case.dues[0].clock, case.dues[0].post)
        case = decision.case
    return None
