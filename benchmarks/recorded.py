"""Many cases in the records at once: decided by the pure core and committed, as an engine's cases are."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import update

from casework.decide import advance, decide_at
from casework.decision import Decision
from casework.event import ActionTaken
from casework.holders import PARTY_ACTOR, actor_for
from casework.procedure import Procedure
from console.numbers import case_number
from definitions.filing import file_event
from definitions.library import Library
from records.commit import commit
from records.database import connect, migrate, writing
from records.tables import NoticeRow

CASES = 1000
_FIRST = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
_NOW = datetime.fromisoformat("2026-05-29T12:00:00+08:00")
_FIELDS = {
    "dispute-mediation": {"summary": "两户因宅基地滴水争执", "parties": "甲与乙"},
    "petition": {"summary": "对灌溉渠改造后的用水分配有异议", "petitioner": "丙"},
}
_ACTIONS = {
    "dispute-mediation": ("note", {"progress": "已约双方"}),
    "petition": ("accept", {"notice": "枫信受告〔2026〕3号"}),
}


def database_with_cases(folder: Path) -> Path:
    """A SQLite database with a thousand cases, made once in a run's folder."""
    file = folder / "recorded.db"
    if not file.exists():
        records = connect(f"sqlite:///{file}")
        record_cases(records)
        records.dispose()
    return file


def record_cases(records: Engine) -> None:
    """Record a thousand open cases of both procedures, filed at all villages over three months until now.

    Those left alone have been reminded and escalated for as long; on every third an official has acted.
    """
    migrate(records)
    library = Library.load(None, "zhuji")
    for number, (name, unit) in enumerate(_filings(library)):
        procedure = library.procedures[name]
        at = _FIRST + (_NOW - _FIRST) * number / CASES
        decisions = _decided(library, procedure, unit, f"recorded-{number}", at, acted=number % 3 == 0)
        commit(records, procedure, decisions, datetime.now(UTC))
    _deliver_notices(records)


def _filings(library: Library) -> Iterator[tuple[str, str]]:
    return islice(zip(cycle(_FIELDS), cycle(villages(library)), strict=False), CASES)


def villages(library: Library) -> list[str]:
    return [unit.code for unit in library.territory.units.values() if unit.level == "village"]


def _decided(
    library: Library, procedure: Procedure, unit: str, key: str, at: datetime, *, acted: bool
) -> Sequence[Decision]:
    """All that was decided in a case until now."""
    fields = _FIELDS[procedure.name]
    case_id = case_number(procedure.kind, key)
    filed = file_event(library, procedure, unit, fields, _sealed, PARTY_ACTOR, case_id, key)
    at = at.replace(microsecond=0)
    decisions = [*decide_at(procedure, None, filed, at)]
    if acted:
        action, brings = _ACTIONS[procedure.name]
        taken = ActionTaken(action, actor_for(procedure, decisions[-1].case, "lead"), brings)
        decisions += decide_at(procedure, decisions[-1].case, taken, at + timedelta(hours=1))
    return [*decisions, *advance(procedure, decisions[-1].case, _NOW)]


def _sealed(_field: str, text: str) -> str:
    return f"00000000.{text.encode().hex()}"


def _deliver_notices(records: Engine) -> None:
    """The notices of that time have long been delivered; a postman must not begin with them now."""
    with writing(records) as session:
        session.connection().execute(update(NoticeRow).values(state="sent"))
