"""A decision in the making: the only mutable thing in the core, alive for one call of ``decide``."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from casework.case import SYSTEM, Actor, Case, ClockState, Handled, Responsibility
from casework.decision import Decision, Entry, EntryKind, Notice, NoticeKind, Released
from casework.event import Event
from casework.predicate import Value
from casework.procedure import ClockRule, Procedure, Stage

REMEMBERED = 20


class Draft:
    """Collects what one event brings about. ``at`` is the event's exact legal instant."""

    def __init__(self, procedure: Procedure, case: Case, event: Event, at: datetime) -> None:
        self.procedure = procedure
        self.case = case.changed(seq=case.seq + 1, as_of=at)
        self.event = event
        self.at = at
        self._entries: list[Entry] = []
        self._notices: list[Notice] = []
        self._opened: list[int] = []
        self._released: list[Released] = []

    @property
    def stage(self) -> Stage:
        return self.procedure.stage(self.case.stage)

    def change(self, **changes: object) -> None:
        self.case = self.case.changed(**changes)

    def write(
        self,
        kind: EntryKind,
        *,
        actor: Actor = SYSTEM,
        about: Responsibility | None = None,
        clock: str = "",
        rung: str = "",
        basis: str = "",
        detail: Mapping[str, Value] | None = None,
    ) -> None:
        """Add a ledger entry; ``about`` is the responsibility it concerns."""
        number = self.case.entries + len(self._entries) + 1
        place = self.case.place(self.stage.level) or self.case.places[-1]
        self._entries.append(
            Entry(
                number,
                self.at,
                kind,
                self.stage.name,
                self.stage.level,
                about.unit if about else place.code,
                actor,
                about.post if about else "",
                about.official if about else "",
                clock,
                rung,
                basis,
                detail or {},
            )
        )

    def notify(
        self,
        kind: NoticeKind,
        to: Responsibility,
        *,
        clock: str = "",
        rung: str = "",
        due: datetime | None = None,
    ) -> None:
        """Tell a holder, in office hours unless the case is urgent. A vacant post hears nothing."""
        if not to.official:
            return
        calendar, urgent = self.case.calendar, self.case.urgent
        self._notices.append(
            Notice(
                f"{self.case.id}:{self.case.seq}:{len(self._notices) + 1}",
                kind,
                self.at,
                self.at if urgent else calendar.next_office_moment(self.at),
                to.post,
                to.unit,
                to.official,
                to.name,
                self.stage.name,
                clock,
                rung,
                due,
                urgent,
            )
        )

    def remember(self, key: str) -> None:
        """Keep a request's key, so that the same request acts once."""
        if key:
            self.change(handled=(*self.case.handled, Handled(key, self.case.seq))[-REMEMBERED:])

    def running_clocks(self) -> Iterator[tuple[ClockRule, ClockState]]:
        """Clocks that have not stopped, with their rules."""
        for clock in self.case.clocks:
            if clock.stopped is None:
                yield self.procedure.clock(clock.name), clock

    def set_clock(self, clock: ClockState) -> None:
        """Put a clock's new state in the place of the latest one of its name and post."""
        same = (clock.name, clock.post)
        last = max(n for n, old in enumerate(self.case.clocks) if (old.name, old.post) == same)
        self.change(clocks=(*self.case.clocks[:last], clock, *self.case.clocks[last + 1 :]))

    def open(self, responsibility: Responsibility) -> None:
        self.change(
            responsibilities=(*self.case.responsibilities, responsibility), spans=responsibility.number
        )
        self._opened.append(responsibility.number)

    def release(self, responsibility: Responsibility, result: str) -> None:
        late = responsibility.due is not None and responsibility.due <= self.at
        self.change(
            responsibilities=tuple(r for r in self.case.responsibilities if r.number != responsibility.number)
        )
        self._released.append(Released(responsibility.number, self.at, result, late))

    def decision(self) -> Decision:
        case = self.case.changed(entries=self.case.entries + len(self._entries))
        opened = tuple(r for r in case.responsibilities if r.number in self._opened)
        return Decision(
            case.seq,
            self.at,
            self.event,
            case,
            tuple(self._entries),
            tuple(self._notices),
            opened,
            tuple(self._released),
        )
