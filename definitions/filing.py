"""Filing a case, and handing it on: what was given at the door, turned into what the core decides by."""

from collections.abc import Callable, Iterable, Mapping

from casework.canonical import digest
from casework.case import Actor, Holder, Pace, Place
from casework.decision import NotAllowed
from casework.event import Filed
from casework.fields import check
from casework.predicate import Value
from casework.procedure import Action, FieldRule, Procedure
from definitions.library import Library


def file_event(
    library: Library,
    procedure: Procedure,
    unit_code: str,
    fields: Mapping[str, Value],
    seal: Callable[[str, str], str],
    actor: Actor,
    case_id: str,
    key: str = "",
    pace: Pace | None = None,
) -> Filed:
    """The event of filing a case at a unit.

    Fields are checked as given; private ones are then sealed by ``seal(name, value)``.
    Raises NotAllowed (missing-field, bad-field, unknown-field, unknown-unit).
    """
    places, holders = ladder(library, procedure, unit_code)
    checked = check(procedure.intake, named(library, procedure.intake, fields))
    private = {rule.name for rule in procedure.intake if rule.private}
    return Filed(
        case_id=case_id,
        definition=digest(procedure),
        calendar=library.calendars[procedure.calendar],
        places=places,
        holders=holders,
        actor=actor,
        fields={name: value for name, value in checked.items() if name not in private},
        sealed={name: seal(name, str(value)) for name, value in checked.items() if name in private},
        key=key,
        pace=pace,
    )


def ladder(library: Library, procedure: Procedure, code: str) -> tuple[tuple[Place, ...], tuple[Holder, ...]]:
    """A unit and those above it at the procedure's levels, and who holds their posts. Raises NotAllowed."""
    unit = library.territory.unit(code)
    if unit is None:
        raise NotAllowed("unknown-unit", f"名录中没有单位 {code}", f"there is no unit {code}")
    if all(level.name != unit.level for level in procedure.levels):
        zh, en = f"{unit.name}不在本程序的层级内", f"{unit.name} is at none of the procedure's levels"
        raise NotAllowed("unknown-unit", zh, en)
    places = library.territory.places(code, procedure)
    return places, library.roster.holders(places, procedure.posts)


def named(library: Library, rules: Iterable[FieldRule], fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with units by code and officials by id, however they were named. Raises NotAllowed."""
    types = {rule.name: rule.type for rule in rules}
    return {name: _named(library, name, types.get(name), value) for name, value in fields.items()}


def _named(library: Library, name: str, kind: str | None, value: Value) -> Value:
    if kind not in ("unit", "official") or not isinstance(value, str) or not value.strip():
        return value
    found = [unit.code for unit in library.territory.find(value)] if kind == "unit" else _ids(library, value)
    if len(found) == 1:
        return found[0]
    zh, en = ("不止一个", "more than one") if found else ("不在名录内", "not known")
    raise NotAllowed("bad-field", f"{name}“{value}”{zh}", f"{name} {value!r} is {en}")


def _ids(library: Library, value: str) -> list[str]:
    return [each.id for each in library.roster.officials.values() if value in (each.id, each.name)]


def handover(
    library: Library, procedure: Procedure, action: Action, fields: Mapping[str, Value]
) -> tuple[tuple[Place, ...], tuple[Holder, ...]]:
    """What an action that hands a case on brings along: the other unit's ladder. Raises NotAllowed."""
    unit = fields.get(action.hands_to) if action.hands_to else None
    return ladder(library, procedure, str(unit)) if unit else ((), ())
