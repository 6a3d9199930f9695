"""Scenarios (情景): stories told in YAML, which the simulator and the engine play alike."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from casework.calendar import Calendar
from casework.case import SYSTEM, Case, Holder, Place
from casework.decision import Entry, NotAllowed
from casework.event import CalendarPublished, Event, Filed, HoldersChanged
from casework.predicate import Value
from casework.procedure import Procedure, Text
from casework.story import Step, Story
from definitions.complaints import validated
from definitions.document import Document
from definitions.fault import DefinitionErrors, suggestion
from definitions.filing import file_event, handover, named
from definitions.holidays import a_year
from definitions.library import Library
from definitions.reading import read
from definitions.telling import EntrySpelling, ExpectSpelling, PublishSpelling, ScenarioSpelling, StepSpelling
from definitions.untouched import CLERK, stand_in


@dataclass(frozen=True)
class Expected:
    """An entry that must stand in the ledger; ``None`` and details not named may be anything."""

    on: str
    time: str | None
    kind: str
    stage: str | None
    clock: str | None
    rung: str | None
    post: str | None
    detail: Mapping[str, Value]

    def met_by(self, entry: Entry, calendar: Calendar) -> bool:
        local = calendar.local(entry.at)
        pairs = (
            (self.on, local.date().isoformat()),
            (self.time, local.strftime("%H:%M")),
            (self.kind, entry.kind),
            (self.stage, entry.stage),
            (self.clock, entry.clock),
            (self.rung, entry.rung),
            (self.post, entry.post),
            *((value, entry.detail.get(name)) for name, value in self.detail.items()),
        )
        return all(wanted is None or wanted == found for wanted, found in pairs)

    def __str__(self) -> str:
        parts = (self.on, self.time, self.kind, self.stage, self.clock, self.rung, self.post)
        return " ".join(part for part in parts if part) + (f" {dict(self.detail)}" if self.detail else "")


@dataclass(frozen=True)
class Expect:
    """What must come of a story."""

    stage: str | None
    outcome: str | None
    entries: tuple[Expected, ...]
    never: tuple[str, ...]
    refusals: tuple[str, ...]

    def mismatches(self, case: Case, entries: Iterable[Entry], refusals: Iterable[str]) -> tuple[Text, ...]:
        """What did not come as expected, in plain words; empty where all did."""
        return tuple(self._mismatches(case, tuple(entries), tuple(refusals)))

    def _mismatches(
        self, case: Case, entries: tuple[Entry, ...], refusals: tuple[str, ...]
    ) -> Iterator[Text]:
        found = case.stage if case.outcome is None else None
        if (self.stage, self.outcome) != (found, case.outcome):
            stands, wanted = found or case.outcome, self.stage or self.outcome
            yield Text(f"处于 {stands}，而非 {wanted}", f"it stands at {stands}, not at {wanted}")
        for number, (met, meant) in enumerate(zip(refusals, self.refusals, strict=True), start=1):
            if met != meant:
                yield _step_mismatch(number, met, meant)
        ahead = iter(entries)
        for expected in self.entries:
            if not any(expected.met_by(entry, case.calendar) for entry in ahead):
                yield Text(f"没有（依次）应有的记录：{expected}", f"no entry, in this order: {expected}")
                break
        for kind in sorted({entry.kind for entry in entries} & set(self.never)):
            yield Text(f"不该有的记录：{kind}", f"there is an entry {kind}")


def _step_mismatch(number: int, met: str, meant: str) -> Text:
    zh = f"被拒绝（{met}）" if met else "办成了"
    en = f"was refused ({met})" if met else "was done"
    wanted_zh = f"应被拒绝（{meant}）" if meant else "应能办成"
    wanted_en = f"should be refused ({meant})" if meant else "should be done"
    return Text(f"第 {number} 步{zh}，{wanted_zh}", f"step {number} {en}; it {wanted_en}")


@dataclass(frozen=True)
class Scenario:
    """A story and what must come of it."""

    title: str
    story: Story
    expect: Expect


def load_scenario(path: Path, library: Library) -> Scenario:
    """The scenario in a file. Raises DefinitionErrors."""
    document = read(path)
    written = validated(ScenarioSpelling, document)
    procedure = library.procedures.get(written.procedure)
    if procedure is None:
        zh, en = suggestion(written.procedure, library.procedures)
        fault = document.fault(
            ("procedure",), f"没有办理程序 {written.procedure}{zh}", f"no such procedure{en}"
        )
        raise DefinitionErrors([fault])
    filed = _filed(document, written, procedure, library)
    story = Story(
        name=path.stem,
        procedure=procedure.name,
        filed_at=_moment(written.filed, filed.calendar),
        filed=filed,
        steps=tuple(_steps(document, written.steps, filed, procedure, library)),
        until=_moment(written.until, filed.calendar),
    )
    refusals = tuple(step.refused for step in story.steps)
    return Scenario(written.scenario, story, _expect(written.expect, refusals))


def _filed(document: Document, written: ScenarioSpelling, procedure: Procedure, library: Library) -> Filed:
    units = library.territory.find(written.unit)
    if len(units) != 1:
        many = "、".join(unit.code for unit in units[:5]) or "无"
        zh, en = (
            f"{written.unit} 应指一个单位，现指：{many}",
            f"{written.unit} must mean one unit, not {len(units)}",
        )
        raise DefinitionErrors([document.fault(("unit",), zh, en)])
    try:
        filed = file_event(
            library,
            procedure,
            units[0].code,
            written.fields,
            stand_in,
            CLERK,
            f"scenario-{document.path.stem}",
        )
    except NotAllowed as refusal:
        raise DefinitionErrors([document.fault(("fields",), refusal.zh, refusal.en, key=True)]) from None
    return replace(filed, holders=tuple(h for h in filed.holders if h.post not in written.vacant))


def _steps(
    document: Document, written: list[StepSpelling], filed: Filed, procedure: Procedure, library: Library
) -> Iterator[Step]:
    calendar, holders = filed.calendar, filed.holders
    for number, step in enumerate(written):
        event: Event | None = None
        if step.publish:
            calendar = _published(calendar, step.publish)
            event = CalendarPublished(calendar)
        if step.hand_over:
            holders = tuple(h for h in holders if h.post not in step.hand_over.vacant)
            event = HoldersChanged(holders, step.hand_over.reason, SYSTEM)
        at = _moment(step.at, calendar)
        try:
            fields, places, new = _brought(step, procedure, library)
        except NotAllowed as refusal:
            way = ("steps", number, "fields")
            raise DefinitionErrors([document.fault(way, refusal.zh, refusal.en, key=True)]) from None
        yield Step(at, step.action or "", step.by, fields, event, step.refused or "", places, new)


def _brought(
    step: StepSpelling, procedure: Procedure, library: Library
) -> tuple[dict[str, Value], tuple[Place, ...], tuple[Holder, ...]]:
    """What an action brings: its fields, units by code, and the ladder of the unit it hands the case to."""
    meant = [a for stage in procedure.stages for a in stage.actions if a.name == step.action]
    fields = named(library, [rule for action in meant for rule in action.requires], step.fields)
    hands_on = next((action for action in meant if action.hands_to), None)
    return fields, *(handover(library, procedure, hands_on, fields) if hands_on else ((), ()))


def _published(calendar: Calendar, written: PublishSpelling) -> Calendar:
    year = a_year(written.year, written.notice, written.holidays)
    return replace(calendar, edition=written.edition, years=(*calendar.years, year))


def _moment(text: str, calendar: Calendar) -> datetime:
    local = datetime.fromisoformat(text)
    return calendar.instant(local.date(), local.time())


def _expect(written: ExpectSpelling, refusals: tuple[str, ...]) -> Expect:
    entries = tuple(_expected(entry) for entry in written.entries)
    return Expect(written.stage, written.outcome, entries, tuple(written.never), refusals)


def _expected(entry: EntrySpelling) -> Expected:
    return Expected(
        entry.on, entry.time, entry.kind, entry.stage, entry.clock, entry.rung, entry.post, entry.detail
    )
