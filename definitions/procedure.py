"""One procedure: read, checked in shape and in sense, and turned into the core's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from casework.calendar import Calendar
from casework.procedure import Post, Procedure
from definitions.complaints import validated
from definitions.document import Document
from definitions.fault import DefinitionErrors
from definitions.normalise import normalised
from definitions.overlay.bounds import overlay_faults
from definitions.reading import read
from definitions.references import reference_faults
from definitions.sense import sense_faults
from definitions.spelling import ProcedureSpelling
from definitions.whole import Whole, whole


def load_procedure(
    path: Path,
    posts: Mapping[str, Post],
    calendars: Mapping[str, Calendar],
    levels: Collection[str],
    folder: Path | None = None,
) -> Procedure:
    """The procedure in a file. Raises DefinitionErrors with every fault.

    ``folder``: the definitions in use, where fragments and what it extends are looked up besides its own.
    """
    return read_procedure(read(path), posts, calendars, levels, folder)


def read_procedure(
    document: Document,
    posts: Mapping[str, Post],
    calendars: Mapping[str, Calendar],
    levels: Collection[str],
    folder: Path | None = None,
) -> Procedure:
    """The procedure that a document holds. ``levels``: those at which the territory has units."""
    return _Reading(posts, calendars, levels).procedure(whole(document, folder))


@dataclass(frozen=True)
class _Reading:
    posts: Mapping[str, Post]
    calendars: Mapping[str, Calendar]
    levels: Collection[str]

    def procedure(self, read: Whole) -> Procedure:
        base = self.procedure(read.base) if read.base else None
        written = validated(ProcedureSpelling, read.document)
        faults = list(reference_faults(read.document, written, self.posts, self.calendars, self.levels))
        faults = faults or list(sense_faults(read.document, written, self.posts))
        if faults:
            raise DefinitionErrors(faults)
        made = normalised(written, self.posts)
        faults = list(overlay_faults(read, base, made, self.calendars[base.calendar])) if base else []
        if faults:
            raise DefinitionErrors(faults)
        return made
