"""Plays the demo's cases through the console's API as the drill's days come, and tells what happens."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console as Terminal

from cli.client import Console
from cli.demo_cases import CASES, Act, Filing
from cli.failure import Failure
from cli.language import language
from cli.terminal import words

_ZONE = ZoneInfo("Asia/Shanghai")
_PAUSE = 0.15
_LONGEST_DAYS = 140
_MARKS = {
    "filed": "cyan", "acted": "green", "ended": "bold green", "extended": "cyan", "entered": "default",
    "reminded": "yellow", "warned": "yellow", "overdue": "red", "carded": "bold red", "escalated": "bold red",
    "supervised": "red", "vacant": "magenta", "held": "yellow",
}  # fmt: skip
_ONCE = {"held"}


@dataclass
class Played:
    """A case of the demo as it goes: its number once filed, the acts still to come, and what happened."""

    filing: Filing
    number: str = ""
    left: list[Act] = field(default_factory=list)
    told: int = 0
    happened: Counter[str] = field(default_factory=Counter)

    def missing(self) -> list[str]:
        """What it must have shown and has not."""
        lacks = {name: n - self.happened[name] for name, n in self.filing.must.items()}
        return [
            f"{self.filing.name}: {name}" + (f" ×{n}" if n > 1 else "") for name, n in lacks.items() if n > 0
        ]


@dataclass
class Clock:
    """The drill's clock, as the console's health tells it."""

    start: datetime
    began: float
    speed: float

    @classmethod
    def read(cls, console: Console) -> "Clock":
        told = console.get("/health")
        return cls(datetime.fromisoformat(told["time"]), monotonic(), told["speed"])

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(monotonic() - self.began) * self.speed)

    def today(self) -> date:
        return self.now().astimezone(_ZONE).date()


def play(console: Console, terminal: Terminal, stopped: Callable[[], bool]) -> list[str]:
    """Play all cases; what is missing in the end. Ends early when ``stopped``."""
    clock = Clock.read(console)
    first = clock.today()
    played = [Played(filing, left=list(filing.acts)) for filing in CASES]
    while not stopped():
        today = clock.today()
        day = (today - first).days
        for each in played:
            _file_or_act(console, each, day, today)
            _tell(console, terminal, each)
        missing = [lack for each in played for lack in each.missing()]
        if not missing or day > _LONGEST_DAYS:
            return missing
        sleep(_PAUSE)
    return []


def _file_or_act(console: Console, each: Played, day: int, today: date) -> None:
    """File the case when its day has come, then take the actions whose day has."""
    if not each.number:
        if day >= each.filing.day:
            each.number = _file(console, each.filing)
        return
    if each.left and day >= each.left[0].day and _done(console, each, each.left[0], today):
        each.left.pop(0)


def _file(console: Console, filing: Filing) -> str:
    body = {"procedure": filing.procedure, "unit": filing.unit, "fields": dict(filing.fields), "as": "party"}
    return str(console.post("/cases", body, f"demo-{filing.name}")["id"])


def _done(console: Console, each: Played, act: Act, today: date) -> bool:
    """Whether the action was taken; one that is not allowed yet is tried again."""
    body = {"action": act.action, "as": act.who, "fields": act.given(today)}
    try:
        console.post(f"/cases/{each.number}/actions", body, f"{each.filing.name}-{act.day}-{act.action}")
    except Failure:
        return False
    each.happened[act.action] += 1
    return True


def _tell(console: Console, terminal: Terminal, each: Played) -> None:
    """Print what was written to the ledger of a told case since the last time."""
    if each.filing.title is None or not each.number:
        return
    try:
        entries = console.get(f"/ledger/{each.number}")["entries"]
    except Failure:
        return
    for entry in entries[each.told :]:
        each.happened[entry["kind"]] += 1
        if entry["kind"] in _MARKS and not (entry["kind"] in _ONCE and each.happened[entry["kind"]] > 1):
            _line(terminal, each.filing.title.in_(language()), entry)
    each.told = len(entries)


def _line(terminal: Terminal, title: str, entry: dict[str, Any]) -> None:
    style = _MARKS[entry["kind"]]
    terminal.print(f"[dim]{entry['local']}[/]  [{style}]{title:　<6}[/]  " if language() == "zh"
                   else f"[dim]{entry['local']}[/]  [{style}]{title:<22}[/]  ", end="")  # fmt: skip
    terminal.print(words(entry["text"]), style=style, markup=False, soft_wrap=True)
