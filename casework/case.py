"""A case (事项) as it stands: one value that holds all that deciding needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from casework.calendar import Calendar
from casework.predicate import Value
from casework.procedure import CaseKind

Role = Literal["leader", "lead", "assist"]
DueKind = Literal["rung", "pause-cap", "hold"]


@dataclass(frozen=True)
class Actor:
    """Who did something: an official by id, a party, or the system itself."""

    kind: Literal["official", "party", "system"]
    id: str
    name: str


SYSTEM = Actor("system", "system", "系统")


@dataclass(frozen=True)
class Place:
    """A unit on a case's own ladder, from where it was filed upwards."""

    level: str
    code: str
    name: str


@dataclass(frozen=True)
class Holder:
    """Who holds a post at a unit. A post that nobody is listed for is vacant."""

    post: str
    unit: str
    official: str
    name: str


@dataclass(frozen=True)
class Pace:
    """Drill time (演练): from ``begun`` on, time runs ``speed`` times as fast, starting at ``epoch``."""

    begun: datetime
    epoch: datetime
    speed: float

    def drill_time(self, real: datetime) -> datetime:
        return self.epoch + (real - self.begun) * self.speed

    def real_time(self, drill: datetime) -> datetime:
        return self.begun + (drill - self.epoch) / self.speed


@dataclass(frozen=True)
class Responsibility:
    """An open span: who answers, in which role, for which stage, since when and until when due.

    ``vacant`` names the post that should have answered and had no holder.
    """

    number: int
    role: Role
    post: str
    unit: str
    official: str
    name: str
    stage: str
    opened: datetime
    due: datetime | None = None
    vacant: str = ""


@dataclass(frozen=True)
class Run:
    """A closed stretch in which a clock ran, and the units (days or seconds) it consumed."""

    start: datetime
    end: datetime
    consumed: int


@dataclass(frozen=True)
class Deadline:
    """When a clock expires. For limits in days ``day`` is the last day, and ``at`` its 24:00."""

    at: datetime
    day: date
    provisional: bool


@dataclass(frozen=True)
class ClockState:
    """One clock of a case: a budget, what it has consumed, and since when it runs.

    ``allowed``, ``consumed``, ``paused``: days for limits in d and wd, seconds for h and wh (``paused`` in
    the units of the pause's cap); of a limit in m ``allowed`` is months, ``consumed`` days. ``running`` is
    None while paused or once stopped. ``deadline`` is derived, and refreshed at each event. ``post``: the
    assisting post whose own clock it is, in a joint handling.
    """

    name: str
    started: datetime
    allowed: int
    consumed: int = 0
    running: datetime | None = None
    paused: int = 0
    paused_since: datetime | None = None
    stopped: datetime | None = None
    extended: int = 0
    breached: datetime | None = None
    fired: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    deadline: Deadline | None = None
    post: str = ""


@dataclass(frozen=True)
class Due:
    """A moment at which time itself is the next event."""

    at: datetime
    kind: DueKind
    clock: str = ""
    rung: str = ""
    turn: int = 0
    post: str = ""


@dataclass(frozen=True)
class Handled:
    """A request that was carried out, so that the same key acts once."""

    key: str
    seq: int


@dataclass(frozen=True)
class Case:
    """A case, whole: the same value in the workflow, in the records and in the simulator.

    ``seq`` counts decisions and ``entries`` ledger entries; ``as_of`` is the last decided instant.
    ``places`` run from the unit that has the case upwards; ``came_from`` holds those of the units that handed
    it on, first to last. ``recused``: officials and units that have no part in it. ``joined``: cases merged
    into it. ``sealed`` fields are ciphertext.
    """

    id: str
    procedure: str
    edition: str
    definition: str
    kind: CaseKind
    calendar: Calendar
    filed: datetime
    as_of: datetime
    seq: int
    entries: int
    places: tuple[Place, ...]
    holders: tuple[Holder, ...]
    fields: Mapping[str, Value]
    sealed: Mapping[str, str]
    grade: str
    urgent: bool
    stage: str
    entered: datetime
    outcome: str | None = None
    ended: datetime | None = None
    clocks: tuple[ClockState, ...] = ()
    suspended: str | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    spans: int = 0
    holds: int = 0
    held: datetime | None = None
    dues: tuple[Due, ...] = ()
    handled: tuple[Handled, ...] = ()
    pace: Pace | None = None
    revision: int = 1
    came_from: tuple[tuple[Place, ...], ...] = ()
    bounces: int = 0
    recused: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    merged_into: str = ""

    @property
    def origin(self) -> Place:
        """Where it was filed."""
        return (self.came_from[0] if self.came_from else self.places)[0]

    @property
    def units(self) -> tuple[Place, ...]:
        """Every unit that has or had the case, and those above them, each once."""
        return tuple(dict.fromkeys(place for places in (self.places, *self.came_from) for place in places))

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def overdue(self) -> bool:
        return self.open and any(c.breached and not c.stopped for c in self.clocks)

    def place(self, level: str) -> Place | None:
        return next((place for place in self.places if place.level == level), None)

    def clock(self, name: str, post: str = "") -> ClockState | None:
        """The latest clock of that name; of that assisting post, in a joint handling."""
        known = (clock for clock in reversed(self.clocks) if (clock.name, clock.post) == (name, post))
        return next(known, None)

    def changed(self, **changes: object) -> "Case":
        """The same case but for these fields.

        A decision changes its case many times, and ``replace`` runs all forty fields through the constructor.
        """
        if unknown := changes.keys() - vars(self).keys():
            raise TypeError(f"a case has no {', '.join(sorted(unknown))}")
        case = object.__new__(Case)
        vars(case).update(vars(self))
        vars(case).update(changes)
        return case

    def handled_as(self, key: str) -> Handled | None:
        return next((h for h in self.handled if key and h.key == key), None)

    def time_of(self, real: datetime) -> datetime:
        """Case time at a real instant: the same, but in a drill; whole seconds."""
        at = self.pace.drill_time(real) if self.pace else real
        return at.replace(microsecond=0)

    def real_time(self, at: datetime) -> datetime:
        """The real instant of a case time: the same, but in a drill."""
        return self.pace.real_time(at) if self.pace else at
