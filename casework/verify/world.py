"""The world in which a procedure is explored: one ladder of units, every post held, an ordinary week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.calendar import Calendar
from casework.canonical import digest
from casework.case import Actor, Holder, Place
from casework.event import Filed
from casework.predicate import Fields, Value
from casework.procedure import FieldRule, Procedure
from casework.verify.conditions import Conditions, answers
from casework.verify.samples import ways_to_fill

CLERK = Actor("official", "o-clerk", "登记员")
SEALED = "0" * 64


@dataclass(frozen=True)
class World:
    """Where stories are told. ``ladder`` runs from the lowest unit up; ``holders`` holds every post on it.

    ``elsewhere``: another ladder, which a case can be handed to; ``others`` hold its posts.
    """

    procedure: Procedure
    calendar: Calendar
    ladder: tuple[Place, ...]
    holders: tuple[Holder, ...]
    elsewhere: tuple[Place, ...] = ()
    others: tuple[Holder, ...] = ()

    @property
    def begins(self) -> datetime:
        """The opening of the first Monday after the last published year: weekends, but no holidays."""
        year = max((year.year for year in self.calendar.years), default=2026) + 1
        day = date(year, 1, 1)
        return self.calendar.opening(day + timedelta(days=-day.weekday() % 7))

    @property
    def inner(self) -> tuple[str, ...]:
        """The levels within the system, from the lowest up."""
        return tuple(level.name for level in self.procedure.levels if not level.external)

    def filed_at(self, level: str, fields: dict[str, Value]) -> Filed:
        """The event of a filing at a level; private fields are sealed."""
        private = {rule.name for rule in self.procedure.intake if rule.private}
        first = next(number for number, place in enumerate(self.ladder) if place.level == level)
        return Filed(
            case_id=f"verify-{self.procedure.name}",
            definition=digest(self.procedure),
            calendar=self.calendar,
            places=self.ladder[first:],
            holders=self.holders,
            actor=CLERK,
            fields={name: value for name, value in fields.items() if name not in private},
            sealed={name: SEALED for name in fields if name in private},
        )

    def filings(self) -> Iterator[Filed]:
        """One filing for everything that the conditions can tell apart, at every level of the system."""
        conditions = Conditions(self.procedure)
        for level in self.inner:
            seen: set[tuple[bool, ...]] = set()
            for fields in ways_to_fill(self.procedure.intake, conditions, self.named(self.procedure.intake)):
                filed = self.filed_at(level, fields)
                told = answers(conditions.questions, self.facts(filed))
                if told not in seen:
                    seen.add(told)
                    yield filed

    def named(self, rules: tuple[FieldRule, ...]) -> dict[str, tuple[Value, ...]]:
        """Units and officials to fill in where one is asked for: such as have no part in the case."""
        unit = (self.elsewhere or self.ladder)[0].code
        official = (self.others or self.holders)[0].official
        names = {"unit": unit, "official": official}
        return {rule.name: (names[rule.type],) for rule in rules if rule.type in names and rule.required}

    def facts(self, filed: Filed) -> Fields:
        """What the conditions of a filing are tested against."""
        defaults = {rule.name: rule.default for rule in self.procedure.intake if rule.default is not None}
        return {**defaults, **filed.fields, "filed_at": filed.places[0].level}
