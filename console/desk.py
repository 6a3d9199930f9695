"""What the console works with: definitions, the records, the engine, and its secrets."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine as Records

from casework.case import Case, Pace
from casework.procedure import Procedure
from console.access import Access
from console.engine import Engine
from console.numbers import is_whole, read_back
from console.offers import Offers
from console.problems import Problem
from console.seal import Seal
from definitions.library import Library
from records import cases


@dataclass(frozen=True)
class Desk:
    """One console's tools. ``drill`` is the pace that cases filed here get, in a drill.

    ``library`` is as the files in the folder ``definitions`` were when the console started; what cases are
    filed under is ``offered``.
    """

    library: Library
    records: Records
    engine: Engine
    access: Access
    seal: Seal
    drill: Pace | None
    offers: Offers
    definitions: Path

    def now(self) -> datetime:
        return datetime.now(UTC)

    def case_time(self) -> datetime:
        """The time that cases filed now live in: drill time in a drill."""
        return self.drill.drill_time(self.now()) if self.drill else self.now()

    def offered(self) -> Library:
        """The library with the editions on offer. Raises Problem (503) where they are not known yet."""
        return self.offers.now().library

    def procedure(self, name: str) -> Procedure:
        """The procedure that cases are filed under by that name. Raises Problem (422 unknown-procedure)."""
        return procedure_named(self.offered(), name)

    def edition_of(self, case: Case) -> Procedure:
        """The very edition that a case runs under, from the library or else from the records."""
        found = self.offers.edition(case.definition)
        if found is None:
            raise not_found(case.id)
        return found

    def full_number(self, spoken: str) -> str:
        """The number of a case, which may be abbreviated. Raises Problem (404, or 422 ambiguous-number)."""
        begun = read_back(spoken)
        if is_whole(begun):
            return begun
        found = cases.begin_with(self.records, begun, 3)
        if not found or not begun:
            raise not_found(spoken)
        if len(found) > 1:
            some = "、".join(found)
            zh, en = f"编号 {spoken} 不止一个事项：{some}…", f"{spoken} is more than one case: {some}…"
            raise Problem(422, "ambiguous-number", zh, en)
        return found[0]

    def recorded(self, number: str) -> tuple[Case, Procedure]:
        """A case as the records hold it. Raises Problem (404)."""
        found = cases.get_case(self.records, number)
        if found is None:
            raise not_found(number)
        return found


def not_found(number: str) -> Problem:
    return Problem(404, "unknown-case", f"没有编号为 {number} 的事项", f"there is no case {number}")


def procedure_named(library: Library, name: str) -> Procedure:
    """The procedure of that name. Raises Problem (422 unknown-procedure)."""
    found = library.procedures.get(name)
    if found is None:
        known = "、".join(library.procedures)
        zh, en = f"没有办理程序 {name}；现有：{known}", f"no procedure {name}; known: {known}"
        raise Problem(422, "unknown-procedure", zh, en)
    return found
