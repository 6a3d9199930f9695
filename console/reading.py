"""Reading one case: whole, explained, its ledger; and whether the ledger is whole."""

from collections.abc import Iterable, Iterator, Sequence

from casework.case import Case
from casework.decision import Entry
from casework.procedure import Procedure
from console import telling
from console.answers import CaseAnswer, EntryAnswer, LedgerAnswer, LedgerFault, VerdictAnswer, Words
from console.desk import Desk
from records import ledger
from records.audit import recompute
from records.cases import begin_with, definitions_of
from records.fault import Fault


def told(desk: Desk, number: str) -> CaseAnswer:
    """A case whole. Raises Problem (404)."""
    case, procedure = desk.recorded(number)
    return telling.whole(procedure, case, entries(desk, procedure, case), desk.seal, desk.now())


def entries(desk: Desk, procedure: Procedure, case: Case) -> Iterable[EntryAnswer]:
    """The entries of a case with their hashes, in order, each in the words of its own edition."""
    written = ledger.entries(desk.records, case.id)
    hashes = ledger.hashes(desk.records, case.id)
    editions = _editions(desk, procedure, case, written)
    told = zip(editions, written, hashes, strict=False)
    return (telling.entry(edition, case, entry, chained) for edition, entry, chained in told)


def _editions(desk: Desk, procedure: Procedure, case: Case, written: Sequence[Entry]) -> Iterator[Procedure]:
    """The edition that each entry speaks of: who was relieved by a migration held a post of the old one."""
    if all(entry.kind != "migrated" for entry in written):
        yield from (procedure for _ in written)
        return
    known = iter([desk.offers.edition(each) or procedure for each in definitions_of(desk.records, case.id)])
    before = now = next(known)
    for entry in written:
        if entry.kind == "migrated" and not entry.clock:
            before, now = now, next(known, procedure)
        yield before if entry.kind == "relieved" else now


def ledger_of(desk: Desk, number: str) -> LedgerAnswer:
    case, procedure = desk.recorded(number)
    return LedgerAnswer(id=number, entries=tuple(entries(desk, procedure, case)))


def verdict(desk: Desk, number: str | None, *, recomputed: bool) -> VerdictAnswer:
    """Whether the chains hold; with ``recomputed``, also whether the core decides all of it again so."""
    found = ledger.verify(desk.records, number)
    faults = list(found.faults)
    if recomputed:
        bad = {fault.case_id for fault in faults}
        numbers = [number] if number else begin_with(desk.records, "", found.cases)
        again = (recompute(desk.records, each).fault for each in numbers if each not in bad)
        faults += filter(None, again)
    told = tuple(_fault(fault) for fault in faults)
    return VerdictAnswer(ok=not told, cases=found.cases, entries=found.entries, faults=told)


def _fault(fault: Fault) -> LedgerFault:
    return LedgerFault(
        case=fault.case_id, number=fault.number, why=fault.why, text=Words(zh=fault.zh, en=fault.en)
    )
