"""The editions on offer: the records say which; where they say nothing of a name, the files' own.

Whatever is published anywhere is noticed at the next filing, without a restart: one small query each time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import structlog
from sqlalchemy import Engine as Records
from sqlalchemy.exc import SQLAlchemyError

from casework.canonical import digest
from casework.procedure import Procedure
from console.problems import Problem, database_away
from definitions.library import Library
from records import cases, offers
from records.offers import Forged, Offer, OfferKind, kind_of

_log = structlog.get_logger("console")


@dataclass(frozen=True)
class Offered:
    """What is offered as of the offer of that number: the library to file with, and what of it is published.

    ``published`` by kind and name.
    """

    number: int
    library: Library
    published: Mapping[tuple[OfferKind, str], Offer]


class Offers:
    """The offers of one county, and every edition that its cases run under."""

    def __init__(self, files: Library, records: Records) -> None:
        self._files = files
        self._records = records
        self._known: Offered | None = None
        self._editions = {digest(each): each for each in files.procedures.values()}

    def now(self) -> Offered:
        """What is offered now; where the records are away, what was when they last answered.

        Raises Problem (503) where they have not answered yet: the files alone may be out of date.
        """
        try:
            if self._known is None or self._known.number != offers.newest(self._records):
                self._known = self._read()
        except SQLAlchemyError as fault:
            if self._known is None:
                raise database_away() from fault
            _log.warning("the offers cannot be read; the last known hold", error=type(fault).__name__)
        except Forged as fault:
            zh, en = f"已公布的版本被改动：{fault}；请核查数据库", f"a published edition was changed: {fault}"
            raise Problem(500, "edition-changed", zh, en) from fault
        return self._known

    def _read(self) -> Offered:
        found = offers.offered(self._records)
        procedures, calendars = dict(self._files.procedures), dict(self._files.calendars)
        for each in found:
            if isinstance(each.edition, Procedure):
                procedures[each.edition.name] = each.edition
            else:
                calendars[each.edition.name] = each.edition
        self._editions |= {digest(each): each for each in procedures.values()}
        library = replace(self._files, procedures=procedures, calendars=calendars)
        published = {(kind_of(each.edition), each.edition.name): each for each in found}
        return Offered(max((each.number for each in found), default=0), library, published)

    def edition(self, definition: str) -> Procedure | None:
        """The edition of that content hash: offered, or such as cases run under."""
        known = self._editions.get(definition)
        if known is None:
            known = cases.definition(self._records, definition) or offers.of_hash(self._records, definition)
        if known:
            self._editions[definition] = known
        return known

    def every(self) -> Iterator[Procedure]:
        """Every edition that is offered, or that cases ran or run under."""
        yield from self.now().library.procedures.values()
        for definition in cases.definitions(self._records):
            if known := self.edition(definition):
                yield known
