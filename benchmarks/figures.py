"""What a benchmark gives: figures, each with the limit it must keep, and a sentence on what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from casework.procedure import Text

MEDIAN, P95, MAX = Text("中位数", "median"), Text("95 百分位", "p95"), Text("最大", "max")


@dataclass(frozen=True)
class Figure:
    """One number in its unit. ``limit`` is the target: the most that it may be."""

    what: Text
    value: float
    unit: str
    limit: float | None = None

    @property
    def missed(self) -> bool:
        return self.limit is not None and self.value > self.limit


@dataclass(frozen=True)
class Measured:
    """The figures of one benchmark, and a sentence that says what was measured.

    ``others``: how many of the machine's cores others kept busy meanwhile.
    """

    what: Text
    figures: tuple[Figure, ...]
    others: float = 0.0


def p95(samples: Sequence[float]) -> float:
    return quantiles(samples, n=100, method="inclusive")[94]


def middle_and_p95(samples: Sequence[float], unit: str, limit: float) -> tuple[Figure, Figure]:
    """The median and the 95th percentile, which must both keep the limit."""
    return Figure(MEDIAN, median(samples), unit, limit), Figure(P95, p95(samples), unit, limit)
