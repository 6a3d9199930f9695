"""The story of a case that nobody acts on: what the clocks alone make of it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from casework.case import Actor
from casework.predicate import Value
from casework.procedure import FieldRule, Procedure
from casework.story import Story, untouched_until
from definitions.filing import file_event
from definitions.library import Library
from definitions.units import Unit

CLERK = Actor("official", "o-clerk", "登记员")
LONGEST = timedelta(days=3653)
_REMINDERS_AT_THE_TOP = 3
_UNTIL_THEN = timedelta(days=731)


def untouched_story(
    library: Library,
    procedure: Procedure,
    unit: str,
    filed_at: datetime,
    fields: Mapping[str, Value],
    until: datetime | None,
) -> Story:
    """A filing at a unit and then time alone; without ``until``, to its end or the third reminder at the top.

    Raises NotAllowed where the case may not be filed so.
    """
    filed = file_event(library, procedure, unit, fields, stand_in, CLERK, "simulated")
    last = until or untouched_until(procedure, filed, filed_at, _REMINDERS_AT_THE_TOP, _UNTIL_THEN)
    return Story("untouched", procedure.name, filed_at, filed, (), last)


def stand_in(name: str, value: str) -> str:
    """A stand-in for ciphertext that does not show the text."""
    return hashlib.sha256(f"{name}:{value}".encode()).hexdigest()


def examples(
    library: Library, procedure: Procedure, given: Mapping[str, Value], day: datetime
) -> dict[str, Value]:
    """Example values for the required fields of filing that were not given and have no default."""
    return {
        rule.name: _example(library, rule, day)
        for rule in procedure.intake
        if rule.required and rule.default is None and rule.name not in given
    }


def _example(library: Library, rule: FieldRule, day: datetime) -> Value:
    match rule.type:
        case "flag":
            return False
        case "integer":
            return rule.minimum if rule.minimum is not None else min(1, rule.maximum or 1)
        case "date":
            return day.date().isoformat()
        case "choice" if rule.choices:
            return rule.choices[0]
        case "phone":
            return "000-0000000"
        case "unit":
            return next(iter(library.territory.units))
        case "official" if library.roster.officials:
            return list(library.roster.officials)[-1]
    return f"（示例）{rule.title.zh}"


def best_staffed(library: Library, procedure: Procedure) -> Unit:
    """A unit at the procedure's lowest level, the first of those on whose ladder the most posts are held."""
    levels = {level.name for level in procedure.levels}
    ladder = [level.name for level in procedure.levels]
    units = [unit for unit in library.territory.units.values() if unit.level in levels]
    lowest = min(ladder.index(unit.level) for unit in units)
    posts = tuple(library.posts.values())

    def held(unit: Unit) -> int:
        places = library.territory.places(unit.code, procedure)
        return len(library.roster.holders(places, posts))

    return max((unit for unit in units if unit.level == ladder[lowest]), key=held)
