"""An overlay beside the procedure it extends: what binds it, and where it says what."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.calendar import Calendar
from casework.procedure import Action, ClockRule, Procedure
from definitions.document import Way
from definitions.fault import Fault
from definitions.overlay.saying import Said
from definitions.whole import EXTENDS, REMOVE, Whole

EXAMPLE = "示例"
"""What a basis begins with that is no law: 示例期限, a limit to be set by each county."""


def is_statutory(basis: str) -> bool:
    return bool(basis) and not basis.startswith(EXAMPLE)


@dataclass(frozen=True)
class Limit:
    """A clock, where it stands, the stage with which it starts, and what it rests on.

    That is its own basis, else that of its stage.
    """

    rule: ClockRule
    way: Way
    stage: str | None
    basis: str

    @property
    def binds(self) -> bool:
        """Whether an overlay must keep to it: it rests on law, or is a right of a party."""
        return self.rule.window or is_statutory(self.basis)


def limits_in(procedure: Procedure) -> dict[str, Limit]:
    of_stages = [
        Limit(rule, ("stages", stage.name, key), stage.name, rule.basis or stage.basis)
        for stage in procedure.stages
        for key, rule in (("clock", stage.clock), ("joint", stage.joint))
        if rule
    ]
    of_case = [Limit(rule, ("clocks", rule.name), None, rule.basis) for rule in procedure.clocks]
    return {limit.rule.name: limit for limit in (*of_case, *of_stages)}


def actions_of(procedure: Procedure) -> Mapping[tuple[str, str], Action]:
    """All actions, by stage and name."""
    return {(stage.name, action.name): action for stage in procedure.stages for action in stage.actions}


@dataclass(frozen=True)
class Comparison:
    """``made`` is what the overlay ``read`` comes to on ``base``."""

    read: Whole
    base: Procedure
    made: Procedure
    calendar: Calendar

    def refused(self, way: Way, change: Said, says: Said, basis: str) -> Fault:
        """A change that may not be: where the overlay makes it, and what the base says, by what law."""
        law_zh, law_en = (f"（{basis}）", f" ({basis})") if basis else ("", "")
        zh = f"{change[0]}；{self.base.name} 规定“{says[0]}”{law_zh}"
        en = f"{change[1]}; {self.base.name} says {says[1]}{law_en}"
        where = self._where(way)
        return self.read.own.fault(where, zh, en, key=where[0] not in (EXTENDS, REMOVE))

    def _where(self, way: Way) -> Way:
        """What the overlay says, or removes, nearest to a way; where it says nothing, its ``extends``."""
        for number, gone in enumerate(self.read.removed):
            shared = min(len(gone), len(way))
            if gone[:shared] == way[:shared]:
                return (REMOVE, number)
        return self.read.own.deepest(way) or (EXTENDS,)
