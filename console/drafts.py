"""Drafts: definitions that were sent as YAML, checked as those in files are, each fault with its place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from casework.calendar import Calendar
from casework.procedure import Procedure
from casework.verify.explore import Bounds
from console.desk import Desk
from console.edition_answers import Draft
from console.problems import Problem
from definitions.fault import DefinitionErrors, Fault
from definitions.holidays import read_calendar
from definitions.procedure import read_procedure
from definitions.reading import parse
from definitions.statutes import load_statutes
from definitions.verifying import prove

_Read = TypeVar("_Read")


def procedure_in(desk: Desk, draft: Draft) -> Procedure:
    """The procedure of a draft. Raises Problem (422 bad-definition) with every fault."""
    library = desk.offered()
    path = desk.definitions / "procedures" / _file_name(draft)
    return _read(
        draft,
        path,
        lambda: read_procedure(
            parse(path, draft.text),
            library.posts,
            library.calendars,
            library.territory.levels(),
            desk.definitions,
        ),
    )


def proven_procedure_in(desk: Desk, draft: Draft) -> Procedure:
    """The procedure of a draft, proved. Raises Problem (422 bad-definition or not-proven)."""
    library, path = desk.offered(), desk.definitions / "procedures" / _file_name(draft)
    report = _read(
        draft,
        path,
        lambda: prove(parse(path, draft.text), library, load_statutes(), Bounds(), desk.definitions),
    )
    assert report.procedure is not None
    faults = [replace(each, fault=_named(each.fault, draft, path)) for each in report.placed]
    zh, en = (
        "\n".join(each.told(language, story=True) for each in faults if not each.warning)
        for language in ("zh", "en")
    )
    if not report.proven:
        raise Problem(422, "not-proven", f"\n{zh}", f"\n{en}")
    return report.procedure


def calendar_in(desk: Desk, draft: Draft) -> Calendar:
    """The calendar of a draft. Raises Problem (422 bad-definition) with every fault."""
    path = desk.definitions / "calendars" / _file_name(draft)
    return _read(draft, path, lambda: read_calendar(parse(path, draft.text)))


def _file_name(draft: Draft) -> str:
    return Path(draft.file).name or "draft.yaml"


def _read(draft: Draft, path: Path, read: Callable[[], _Read]) -> _Read:
    """What a draft holds: read as if it stood among our files, its faults told under its own name."""
    try:
        return read()
    except DefinitionErrors as errors:
        told = DefinitionErrors([_named(fault, draft, path) for fault in errors.faults])
        raise Problem(422, "bad-definition", f"\n{told.text('zh')}", f"\n{told.text('en')}") from None


def _named(fault: Fault, draft: Draft, path: Path) -> Fault:
    return replace(fault, path=Path(draft.file)) if fault.path == path else fault
