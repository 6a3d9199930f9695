"""Proving procedure files: what the core finds, at its line and column, with the story as a scenario."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from casework.case import Holder, Place
from casework.procedure import Procedure
from casework.verify.explore import Bounds
from casework.verify.finding import FaultCode, Finding
from casework.verify.law import Article
from casework.verify.verdict import Verdict, verify
from casework.verify.world import World
from definitions.document import Document, Way
from definitions.fault import DefinitionErrors, Fault
from definitions.library import Library
from definitions.procedure import read_procedure
from definitions.reading import read
from definitions.retelling import scenario_lines
from definitions.whole import whole


@dataclass(frozen=True)
class Placed:
    """A fault of a file, by its code. ``scenario`` tells the story that shows it; empty where none does."""

    code: FaultCode
    fault: Fault
    warning: bool = False
    scenario: str = ""

    def told(self, language: str, *, story: bool) -> str:
        """The fault in a line, and then its story if that is asked for."""
        zh, en = ("警告", "warning") if self.warning else ("缺陷", "fault")
        line = f"{zh if language == 'zh' else en} [{self.code}] {self.fault.text(language)}"
        return f"{line}\n{indent(self.scenario, '    ')}" if story and self.scenario else line


@dataclass(frozen=True)
class Report:
    """What came of one file. There is no verdict on one that could not be loaded."""

    path: Path
    placed: tuple[Placed, ...]
    procedure: Procedure | None = None
    verdict: Verdict | None = None

    @property
    def proven(self) -> bool:
        return all(placed.warning for placed in self.placed)


def verify_file(
    path: Path, library: Library, articles: tuple[Article, ...], bounds: Bounds, folder: Path | None = None
) -> Report:
    """Load a procedure and prove it. What the loader refuses is reported in the same form.

    ``folder``: the definitions in use, where fragments are looked up.
    """
    try:
        return prove(read(path), library, articles, bounds, folder)
    except DefinitionErrors as errors:
        return Report(path, tuple(Placed("definition", fault) for fault in errors.faults))


def prove(
    own: Document, library: Library, articles: tuple[Article, ...], bounds: Bounds, folder: Path | None
) -> Report:
    """Prove the procedure in a document. Raises DefinitionErrors for what the loader refuses."""
    procedure = read_procedure(own, library.posts, library.calendars, library.territory.levels(), folder)
    document = whole(own, folder).document
    verdict = verify(world_of(procedure, library), articles, bounds)
    placed = tuple(_placed(document, procedure, finding) for finding in verdict.findings)
    in_order = sorted(placed, key=lambda each: (each.warning, each.fault))
    return Report(own.path, tuple(in_order), procedure, verdict)


def _placed(document: Document, procedure: Procedure, finding: Finding) -> Placed:
    way = way_of(document, finding)
    fault = document.fault(way, finding.zh, finding.en, key=isinstance(_value(document, way), dict | list))
    story = finding.story
    lines = scenario_lines(finding.zh, story, procedure) if story else ()
    return Placed(finding.code, fault, finding.warning, "\n".join(lines))


def way_of(document: Document, finding: Finding) -> Way:
    """Where a finding's place stands in the file; rungs are written in a list, and found by their ``at``."""
    found: list[str | int] = []
    value = document.value
    for part in finding.where:
        key = _rung(value, part) if isinstance(value, list) else part
        found.append(key)
        value = _child(value, key)
    return document.deepest(tuple(found))


def _rung(written: list[object], name: str | int) -> str | int:
    rungs = (
        number for number, each in enumerate(written) if isinstance(each, dict) and each.get("at") == name
    )
    return next(rungs, name)


def _value(document: Document, way: Way) -> object:
    value = document.value
    for part in way:
        value = _child(value, part)
    return value


def _child(value: object, key: str | int) -> object:
    match value, key:
        case dict(), str():
            return value.get(key)
        case list(), int() if key < len(value):
            return value[key]
    return None


def world_of(procedure: Procedure, library: Library) -> World:
    """Units of the library's own territory: from the one at which most posts are held, and another one."""
    inner = [level.name for level in procedure.levels if not level.external]
    lowest = [unit.code for unit in library.territory.units.values() if unit.level == inner[0]]
    ladders = [library.territory.places(code, procedure) for code in lowest]
    here = max(ladders, key=lambda places: len(library.roster.holders(places, procedure.posts)))
    apart = [places for places in ladders if len({*places} & {*here}) < len(here) - 1]
    other = next(iter(apart or [places for places in ladders if places != here]), ())
    calendar = library.calendars[procedure.calendar]
    return World(
        procedure, calendar, here, _held(procedure, library, here), other, _held(procedure, library, other)
    )


def _held(procedure: Procedure, library: Library, places: tuple[Place, ...]) -> tuple[Holder, ...]:
    """Who holds the posts on a ladder, with somebody invented for those that the roster leaves vacant."""
    held = library.roster.holders(places, procedure.posts)
    return (*held, *_invented(procedure, places, held))


def _invented(procedure: Procedure, places: tuple[Place, ...], held: tuple[Holder, ...]) -> Iterator[Holder]:
    """Holders for the posts on the ladder that the roster leaves vacant."""
    for place in places:
        for post in procedure.posts:
            if post.level == place.level and not any(
                (h.post, h.unit) == (post.name, place.code) for h in held
            ):
                yield Holder(post.name, place.code, f"o-{place.code}-{post.name}", post.title.zh)
