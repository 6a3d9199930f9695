"""A YAML file that was read: its plain data, and where each key and each value of it stands.

What was brought in from other files, fragments and extended procedures, keeps its own place there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from definitions.fault import Fault

Way = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""
Spot = tuple[int, int]
"""A line and a column, from 1."""


@dataclass(frozen=True)
class Source:
    """Another file that a part was brought in from, and the places that asked for it, the nearest first."""

    path: Path
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The data of one file, and where each key and each value of it stands.

    ``sources`` tells of the parts that stand in another file than ``path``.
    """

    path: Path
    value: object
    values: Mapping[Way, Spot]
    keys: Mapping[Way, Spot]
    sources: Mapping[Way, Source] = field(default_factory=dict)

    def deepest(self, way: Way) -> Way:
        """As much of a way as the file has; what a shorthand or a default added is left out."""
        found: Way = ()
        for part in way:
            if (*found, part) in self.values:
                found = (*found, part)
        return found

    def value_at(self, way: Way) -> Spot:
        return self.values[self.deepest(way)]

    def key_at(self, way: Way) -> Spot:
        found = self.deepest(way)
        return self.keys.get(found, self.values[found])

    def fault(self, way: Way, zh: str, en: str, *, key: bool = False) -> Fault:
        spot = self.key_at(way) if key else self.value_at(way)
        source = self.sources.get(self.deepest(way))
        if source is None:
            return Fault(self.path, *spot, zh, en)
        return Fault(source.path, *spot, zh, en, source.asked)
