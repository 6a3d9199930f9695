"""A case's story as stretches and moments: which stage it stood at, which clocks ran, and what happened when.

Read off the case and its ledger alone, so it tells of a simulated story and of a running case alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from casework.case import Case, ClockState, Deadline
from casework.decision import Entry
from casework.procedure import Procedure

StretchKind = Literal["running", "paused", "overdue"]

# What the marks of a clock and the marks of a stage are made from; other entries are told by the bars.
OF_CLOCKS = (
    "reminded", "warned", "overdue", "carded", "supervised", "escalated", "lapsed", "silent", "extended",
    "recalculated", "pause-capped", "delivered",
)  # fmt: skip
OF_STAGES = (
    "filed", "acted", "suspended", "resumed", "held", "handed-out", "handed-over", "handed-on", "handed-back",
    "recused", "vacant", "relieved", "joined", "merged", "linked", "migrated", "notice-failed", "ended",
)  # fmt: skip
TOLD_BY_BARS = ("entered", "responsible", "clock-started", "clock-stopped", "rung-skipped")


@dataclass(frozen=True)
class Stretch:
    """A time in which a clock ran, was paused, or ran on after its deadline."""

    kind: StretchKind
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Moment:
    """All that happened at one instant to one clock, or at one stage, in the order of the ledger."""

    at: datetime
    entries: tuple[Entry, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.kind for entry in self.entries))


@dataclass(frozen=True)
class StageBar:
    """How long a case stood at a stage. ``escalated`` tells whether time, not a person, moved it on."""

    stage: str
    level: str
    start: datetime
    end: datetime
    left: bool
    escalated: bool
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class ClockBar:
    """A clock from its start to its stop. ``level`` is empty for a clock that runs over stages.

    ``post``: the assisting post whose own clock it is, in a joint handling.
    """

    clock: str
    post: str
    level: str
    start: datetime
    end: datetime
    stopped: bool
    due: Deadline | None
    stretches: tuple[Stretch, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Timeline:
    """The story of a case from its filing to its end, or until the instant up to which it is told."""

    start: datetime
    end: datetime
    stages: tuple[StageBar, ...]
    clocks: tuple[ClockBar, ...]


def timeline(procedure: Procedure, case: Case, entries: Iterable[Entry], until: datetime) -> Timeline:
    """The timeline of a case with all its entries, told up to ``until``."""
    told = tuple(entries)
    end = min(until, case.ended) if case.ended else max(until, case.as_of)
    stages = tuple(_stages(told, end))
    return Timeline(case.filed, end, stages, tuple(_clocks(procedure, case, told, end)))


def _stages(entries: tuple[Entry, ...], end: datetime) -> Iterator[StageBar]:
    entered = [entry for entry in entries if entry.kind == "entered"]
    ended = any(entry.kind == "ended" for entry in entries)
    for number, entry in enumerate(entered, start=1):
        after = entered[number] if number < len(entered) else None
        last = after.number if after else len(entries) + 1
        within = [e for e in entries if entry.number <= e.number < last and e.kind in OF_STAGES]
        if number == 1:
            within = [*(e for e in entries if e.kind == "filed"), *within]
        yield StageBar(
            entry.stage,
            entry.level,
            entry.at,
            after.at if after else end,
            after is not None or ended,
            any(e.kind == "escalated" and e.at == after.at for e in entries) if after else False,
            _moments(within),
        )


def _clocks(
    procedure: Procedure, case: Case, entries: tuple[Entry, ...], end: datetime
) -> Iterator[ClockBar]:
    levels = {clock.name: stage.level for stage in procedure.stages for clock in stage.clocks}
    told = _by_clock(case.clocks, entries, end)
    for number, clock in enumerate(case.clocks):
        last = clock.stopped or end
        yield ClockBar(
            clock.name,
            clock.post,
            levels.get(clock.name, ""),
            clock.started,
            last,
            clock.stopped is not None,
            clock.deadline,
            tuple(_stretches(clock, last)),
            _moments(told[number]),
        )


def _by_clock(
    clocks: tuple[ClockState, ...], entries: tuple[Entry, ...], end: datetime
) -> dict[int, list[Entry]]:
    """The entries about each clock. Clocks run anew and, in a joint handling, beside each other."""
    told: dict[int, list[Entry]] = {number: [] for number in range(len(clocks))}
    for entry in entries:
        if entry.kind not in OF_CLOCKS:
            continue
        then = [
            number
            for number, clock in enumerate(clocks)
            if clock.name == entry.clock and clock.started <= entry.at <= (clock.stopped or end)
        ]
        own = [number for number in then if clocks[number].post in (entry.post, entry.detail.get("post"))]
        if then:
            told[(own or then)[-1]].append(entry)
    return told


def _stretches(clock: ClockState, end: datetime) -> Iterator[Stretch]:
    """The runs of a clock, the pauses between them, and what came after its deadline."""
    ran = [(run.start, run.end) for run in clock.runs]
    if clock.running:
        ran.append((clock.running, end))
    last: datetime | None = None
    for start, stop in ran:
        if last and last < start:
            yield Stretch("paused", last, start)
        yield from _run(clock, start, min(stop, end))
        last = stop
    if clock.paused_since:
        yield Stretch("paused", clock.paused_since, end)


def _run(clock: ClockState, start: datetime, end: datetime) -> Iterator[Stretch]:
    late = clock.breached
    if late is None or late >= end:
        yield Stretch("running", start, end)
        return
    if start < late:
        yield Stretch("running", start, late)
    yield Stretch("overdue", max(start, late), end)


def _moments(entries: Iterable[Entry]) -> tuple[Moment, ...]:
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.number))
    return tuple(Moment(at, tuple(group)) for at, group in groupby(ordered, key=lambda entry: entry.at))
