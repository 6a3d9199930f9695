"""Amounts of time with their unit always spoken: ``15d``, ``5wd``, ``6m``, ``2h``, ``2wh``."""

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["d", "wd", "m", "h", "wh"]

_SPELLING = re.compile(r"(?P<amount>[1-9][0-9]{0,3})(?P<unit>d|wd|m|h|wh)")
_ZH = {"d": "日", "wd": "个工作日", "m": "个月", "h": "小时", "wh": "个工作小时"}
_EN = {"d": "day", "wd": "working day", "m": "month", "h": "hour", "wh": "office hour"}


@dataclass(frozen=True)
class Budget:
    """So many calendar days (d), working days (wd), months (m), hours (h) or office hours (wh)."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @property
    def in_days(self) -> bool:
        """Whether whole days are counted (d, wd, m), not passing time (h, wh)."""
        return self.unit in ("d", "wd", "m")

    @property
    def units(self) -> int:
        """The amount as clocks hold it: days for d and wd, months for m, seconds for h and wh."""
        return self.amount if self.in_days else self.amount * 3600

    def spoken(self, language: str) -> str:
        if language == "zh":
            return f"{self.amount}{_ZH[self.unit]}"
        return f"{self.amount} {_EN[self.unit]}{'s' if self.amount != 1 else ''}"


def parse_budget(text: str) -> Budget:
    """Read ``15d``, ``5wd``, ``6m``, ``2h`` or ``2wh``. Raises ValueError for anything else."""
    match = _SPELLING.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a time limit: write a number and a unit, as 15d, 5wd, 6m, 2h or 2wh"
        )
    return Budget(int(match["amount"]), match["unit"])  # type: ignore[arg-type]
