"""A case's ledger as its page shows it: what happened at one moment together, latest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from console.answers import EntryAnswer


@dataclass(frozen=True)
class Moment:
    """All entries of one instant. The same reminders again and again are one moment, ``times`` over."""

    entries: tuple[EntryAnswer, ...]
    times: int
    since: str

    @property
    def latest(self) -> EntryAnswer:
        return self.entries[0]


def timeline(entries: Iterable[EntryAnswer]) -> list[Moment]:
    """The moments of a case, latest first; within a moment the entries stay in their order."""
    moments = [tuple(each) for _, each in groupby(entries, key=lambda entry: entry.at)]
    return list(_folded(moments))[::-1]


def _folded(moments: Iterable[tuple[EntryAnswer, ...]]) -> Iterator[Moment]:
    for _, alike in groupby(moments, key=lambda moment: [entry.text.zh for entry in moment]):
        told = list(alike)
        yield Moment(told[-1], len(told), told[0][0].local)
