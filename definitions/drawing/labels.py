"""Labels below a bar, in as many rows as they need: none upon another, none in another's leader's way."""

from collections.abc import Sequence
from dataclasses import dataclass

from definitions.drawing.letters import BOLD, shortened, width

SIZE = 11.0
PITCH = 15.0
_APART = 10.0
_FROM_LEADER = 4.0
_LONGEST = 420.0


@dataclass(frozen=True)
class Label:
    """Words about the moment at ``x``."""

    x: float
    text: str
    colour: str
    bold: bool = False

    @property
    def right(self) -> float:
        return self.x + _FROM_LEADER + width(self.text, SIZE * (BOLD if self.bold else 1))


def label(x: float, text: str, colour: str, *, bold: bool = False) -> Label:
    """A label whose words are cut where they would be endless."""
    return Label(x, shortened(text, SIZE, _LONGEST), colour, bold)


@dataclass(frozen=True)
class Placed:
    """A label and the row it stands in, counted from the bar downwards."""

    label: Label
    row: int

    @property
    def text_x(self) -> float:
        return self.label.x + _FROM_LEADER


def place(labels: Sequence[Label]) -> tuple[Placed, ...]:
    """Each label in the first row with room, from the right to the left.

    A label reads rightwards from its leader, and what stands in the rows above it begins further right or
    ends before the leader, so the leader meets no words on its way down.
    """
    taken: list[float] = []
    placed: list[Placed] = []
    for each in sorted(labels, key=lambda each: -each.x):
        row = next((row for row, left in enumerate(taken) if each.right + _APART <= left), len(taken))
        taken[: row + 1] = [each.x] * (row + 1)
        placed.append(Placed(each, row))
    return tuple(placed)


def rows(placed: Sequence[Placed]) -> int:
    return max((each.row + 1 for each in placed), default=0)
