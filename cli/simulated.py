"""What a simulation tells: every entry, where the case stands and what is due next; or all as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console as Rich
from rich.table import Table
from rich.text import Text as Styled

from casework.calendar import Calendar
from casework.case import Case, Due
from casework.decision import Entry, Notice
from casework.describing import fact_text, listed, place_text, rung_effects, value_text
from casework.predicate import Value
from casework.procedure import Procedure, Text
from casework.story import Played, Story
from casework.wording import (
    clock_title,
    due_words,
    entry_text,
    refusal_text,
    rung_words,
    title,
)
from cli.language import language, say
from cli.terminal import aside
from definitions.scenarios import Expect

_DUES = 6
_STYLES = {
    "filed": "cyan", "entered": "bold", "acted": "green", "ended": "bold green", "reminded": "yellow",
    "warned": "yellow", "overdue": "red", "carded": "bold red", "supervised": "magenta",
    "escalated": "bold red", "lapsed": "yellow", "held": "yellow", "vacant": "magenta",
    "responsible": "dim", "clock-started": "dim", "clock-stopped": "dim", "rung-skipped": "dim",
}  # fmt: skip


@dataclass(frozen=True)
class Simulated:
    """A story that was played.

    ``assumed`` are the example values that nobody gave; ``chosen`` tells that nobody named the unit.
    """

    subject: Text
    unit: str
    procedure: Procedure
    story: Story
    played: Played
    assumed: Mapping[str, Value]
    chosen: bool
    expect: Expect | None = None

    @property
    def case(self) -> Case:
        return self.played.case

    @property
    def calendar(self) -> Calendar:
        return self.case.calendar

    @property
    def mismatches(self) -> tuple[Text, ...]:
        """What did not come as the scenario expects."""
        if self.expect is None:
            return ()
        return self.expect.mismatches(self.case, self.played.entries, self.played.refusals)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for decision in self.played.decisions for notice in decision.notices)

    def title(self, lang: str) -> str:
        return f"{self.procedure.title.in_(lang)} · {self.subject.in_(lang)}"


def tell(terminal: Rich, simulated: Simulated) -> None:
    """Tell a simulation to people."""
    _head(terminal, simulated)
    terminal.print(_table(simulated))
    _stands(terminal, simulated)
    _verdict(terminal, simulated)


def _head(terminal: Rich, simulated: Simulated) -> None:
    procedure, calendar = simulated.procedure, simulated.calendar
    terminal.print(Styled(f"{simulated.title(language())}{_edition(procedure)}", style="bold"))
    filed = local(calendar, simulated.story.filed_at)
    taken = say("（未写 --unit，自动选取）", " (chosen: no --unit)") if simulated.chosen else ""
    terminal.print(
        say(f"{filed} 登记于{simulated.unit}", f"filed {filed} at {simulated.unit}") + taken, markup=False
    )
    for name, value in simulated.assumed.items():
        shown = f"{fact_text(procedure, name, language())} = {value_text(language(), value)}"
        terminal.print(
            say(f"未填，用示例值：{shown}", f"not given, example value: {shown}"),
            style="yellow",
            markup=False,
        )


def _edition(procedure: Procedure) -> str:
    return aside(say(f"版本 {procedure.edition}", f"edition {procedure.edition}"))


def _table(simulated: Simulated) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in (
        say("时间", "time"),
        say("层级", "level"),
        say("环节", "stage"),
        say("发生了什么", "what happened"),
        say("谁", "who"),
        say("时限与节点", "clock and rung"),
        say("依据", "clause"),
    ):
        table.add_column(heading, overflow="fold")
    last: tuple[str, ...] = ()
    for at, cells, style in _rows(simulated):
        place = (local(simulated.calendar, at), *cells[:2])
        shown = place if place != last else ("",) * len(place)
        table.add_row(*(Styled(cell, style=style) for cell in (*shown, *cells[2:])))
        last = place
    return table


def _rows(simulated: Simulated) -> Iterator[tuple[datetime, tuple[str, ...], str]]:
    """Entries and refused steps in the order in which they came."""
    rows = [
        (entry.at, 0, _entry(simulated, entry), _STYLES.get(entry.kind, ""))
        for entry in simulated.played.entries
    ]
    for step, refusal in zip(simulated.story.steps, simulated.played.refused, strict=True):
        if refusal:
            told = say(f"被拒绝：{step.action}，", f"refused: {step.action}, ") + refusal_text(
                refusal, language()
            )
            rows.append((step.at, 1, ("", "", told, step.by, "", ""), "red"))
    for at, _, cells, style in sorted(rows, key=lambda row: row[:2]):
        yield at, cells, style


def _entry(simulated: Simulated, entry: Entry) -> tuple[str, ...]:
    procedure = simulated.procedure
    clock = clock_title(procedure, entry.clock, language())
    rung = rung_words(entry.rung, language())
    return (
        title(procedure, entry.level, language()),
        place_text(procedure, entry.stage, language()),
        entry_text(procedure, entry, language()),
        _who(simulated, entry),
        clock + (aside(rung) if rung else ""),
        entry.basis,
    )


def _who(simulated: Simulated, entry: Entry) -> str:
    """The person an entry is about, else who brought it about; time itself is nobody."""
    names = {h.official: h.name for d in simulated.played.decisions for h in d.case.holders}
    if entry.official:
        return names.get(entry.official, entry.official)
    return "" if entry.actor.kind == "system" else entry.actor.name


def _stands(terminal: Rich, simulated: Simulated) -> None:
    procedure, case, calendar = simulated.procedure, simulated.case, simulated.calendar
    terminal.print()
    if case.ended:
        when, outcome = local(calendar, case.ended), place_text(procedure, case.outcome or "", language())
        terminal.print(Styled(say(f"{when} 办结：{outcome}", f"ended {when}: {outcome}"), style="bold green"))
        return
    until = due_words(calendar, simulated.story.until)
    stage, since = place_text(procedure, case.stage, language()), local(calendar, case.entered)
    level = title(procedure, procedure.stage(case.stage).level, language())
    late = say("，已超期", ", overdue") if case.overdue else ""
    stands = say(
        f"讲到 {until}：仍在“{stage}”（{level}），自 {since} 起{late}。",
        f"Told until {until}: still at {stage} ({level}) since {since}{late}.",
    )
    terminal.print(Styled(stands, style="bold red" if case.overdue else "bold"))
    terminal.print(say("接下来：", "Due next:"))
    for due in case.dues[:_DUES]:
        terminal.print(
            f"  {due_words(calendar, due.at)}  {due_text(procedure, due, language())}", markup=False
        )


def due_text(procedure: Procedure, due: Due, lang: str) -> str:
    """A due moment in words."""
    zh = lang == "zh"
    match due.kind:
        case "hold":
            return "无处可提，持续催办" if zh else "nowhere to go: reminded again"
        case "pause-cap":
            clock = clock_title(procedure, due.clock, lang)
            return f"中止期满，“{clock}”恢复计算" if zh else f"the pause is used up: {clock} runs again"
    rule = procedure.clock(due.clock)
    rung = rule.rung(due.rung)
    effects = rung_effects(procedure, rung, lang)
    if rung.point == "breach" and not rule.window:
        effects = ("超期" if zh else "overdue", *effects)
    what = listed(lang, effects)
    return f"{rule.title.in_(lang)}（{rung_words(due.rung, lang)}）：{what}" if zh else (
        f"{rule.title.in_(lang)} ({rung_words(due.rung, lang)}): {what}")  # fmt: skip


def _verdict(terminal: Rich, simulated: Simulated) -> None:
    if simulated.expect is None:
        return
    differs = simulated.mismatches
    if not differs:
        terminal.print(say("与情景所写一致。", "All came as the scenario expects."), style="bold green")
        return
    terminal.print(say("与情景所写不符：", "Not as the scenario expects:"), style="bold red")
    for each in differs:
        terminal.print(f"  {each.in_(language())}", style="red", markup=False)


def local(calendar: Calendar, at: datetime) -> str:
    return calendar.local(at).strftime("%Y-%m-%d %H:%M")
