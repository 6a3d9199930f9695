"""The library: all definitions of one county, loaded and checked together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from casework.calendar import Calendar
from casework.procedure import Post, Procedure
from definitions import finding
from definitions.fault import DefinitionErrors, Fault
from definitions.fragments import load_fragment
from definitions.holidays import load_calendar
from definitions.officials import Roster, load_roster
from definitions.posts import load_posts
from definitions.procedure import load_procedure
from definitions.units import Territory, load_territory

SHIPPED = finding.SHIPPED
Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Library:
    """Procedures and calendars by name, all posts, and the territory and roster of one county."""

    procedures: Mapping[str, Procedure]
    calendars: Mapping[str, Calendar]
    posts: Mapping[str, Post]
    territory: Territory
    roster: Roster

    @property
    def local(self) -> Calendar:
        """The calendar whose clock hangs on the wall: the first by name, where there are several."""
        return next(iter(self.calendars.values()))

    @classmethod
    def load(cls, folder: Path | None, county: str) -> "Library":
        """Load a folder of definitions, or the shipped ones. Raises DefinitionErrors with all faults."""
        return _Loading(folder or SHIPPED).library(county)


class _Loading:
    """Loads part after part, gathering faults; a part that others need and that failed stops it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []

    def library(self, county: str) -> Library:
        posts = self._try(lambda: load_posts(self.folder / "posts.yaml"))
        territory = self._try(lambda: load_territory(self.folder / "territory", county))
        calendars = self._each("calendars", load_calendar, lambda calendar: calendar.name)
        if posts is None or territory is None:
            raise DefinitionErrors(self.faults)
        self._each("fragments", lambda path: (path.stem, load_fragment(path)), lambda fragment: fragment[0])
        procedures = self._each(
            "procedures",
            lambda path: load_procedure(path, posts, calendars, territory.levels(), self.folder),
            lambda procedure: procedure.name,
        )
        roster = self._try(lambda: load_roster(self.folder / "roster" / f"{county}.csv", territory, posts))
        if self.faults or roster is None:
            raise DefinitionErrors(self.faults)
        return Library(procedures, calendars, posts, territory, roster)

    def _try(self, load: Callable[[], Loaded]) -> Loaded | None:
        try:
            return load()
        except DefinitionErrors as errors:
            self.faults += errors.faults
            return None

    def _each(
        self, name: str, load: Callable[[Path], Loaded], named: Callable[[Loaded], str]
    ) -> dict[str, Loaded]:
        """Everything in a subfolder; each file bears the name of what it holds."""
        found: dict[str, Loaded] = {}
        for path in sorted((self.folder / name).glob("*.yaml")):
            loaded = self._try(lambda path=path: load(path))  # type: ignore[misc]
            if loaded is None:
                continue
            if named(loaded) != path.stem:
                right = f"{named(loaded)}.yaml"
                self.faults.append(
                    Fault(path, 1, 1, f"文件名应为 {right}", f"the file must be named {right}")
                )
            found[named(loaded)] = loaded
        return found
