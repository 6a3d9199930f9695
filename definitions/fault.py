"""Faults in definition files: what is wrong, where, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. ``line`` and ``column`` count from 1.

    ``asked`` are the places that brought the file in, the nearest first. They do not tell faults apart: a
    mistake in a fragment is one mistake, however many procedures use it.
    """

    path: Path
    line: int
    column: int
    zh: str
    en: str
    asked: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def text(self, language: str) -> str:
        if language == "zh":
            return f"{self.place}: {self.zh}" + (f"（用于 {'、'.join(self.asked)}）" if self.asked else "")
        return f"{self.place}: {self.en}" + (f" (used at {', '.join(self.asked)})" if self.asked else "")

    def __str__(self) -> str:
        return self.text("zh")


class DefinitionErrors(Exception):
    """Definitions could not be loaded. Holds all faults found, in the order of file and place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        return "\n".join(fault.text(language) for fault in self.faults)


def suggestion(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The end of a message about an unknown name: the nearest known one, else all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"；是否想写 {close[0]}?", f"; did you mean {close[0]}?"
    return f"；可用：{'、'.join(names) or '无'}", f"; known: {', '.join(names) or 'none'}"
