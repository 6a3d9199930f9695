"""``fengqiao explain``: how each deadline of a case comes about, day by day."""

from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console as Rich
from rich.table import Table

from cli.acting import CASE_HELP
from cli.client import Console
from cli.language import say
from cli.terminal import AsJson, print_json, rich, words
from settings import Settings

_WEEKDAYS = ("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))


def explain(
    case: Annotated[str, Parameter(help=CASE_HELP)],
    *,
    all_clocks: Annotated[
        bool, Parameter(name="--all", negative=(), help=say("也说明已停止的时限", "Stopped clocks too"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Derive the running deadlines of a case day by day, with the clause."""
    told = Console.from_settings(Settings()).get(f"/cases/{case}/explain")
    if as_json:
        print_json(told)
        return
    terminal = rich()
    clocks = [clock for clock in told["clocks"] if all_clocks or clock["state"] != "stopped"]
    if not clocks:
        terminal.print(say("没有正在计算的时限。", "No clock is running."))
    for clock in clocks:
        _clock(terminal, clock)


def _clock(terminal: Rich, clock: dict[str, Any]) -> None:
    extended = (
        say(f"，已延期 {clock['extended']} 次", f", extended {clock['extended']}×")
        if clock["extended"]
        else ""
    )
    terminal.print(
        f"\n[bold]{words(clock['title'])}[/] {words(clock['budget_words'])}{extended}  {clock['basis']}"
    )
    table = Table(box=None, pad_edge=False)
    for heading in (say("日期", "date"), say("星期", "day"), say("第几", "count")):
        table.add_column(heading, no_wrap=True)
    table.add_column(say("说明", "why"), overflow="fold")
    for day in clock["days"]:
        table.add_row(*_row(day), style="" if day["counted"] else "dim")
    terminal.print(table)
    stopped = say("已停止，停止前的", "stopped; before that ") if clock["state"] == "stopped" else ""
    terminal.print(stopped + say("到期：", "due: ") + words(clock["due_words"]), style="bold")
    if not clock["agrees"]:
        terminal.print(
            say(
                "注意：重新推算的到期日与事项所载不同！",
                "Note: derived anew, it differs from what the case carries!",
            ),
            style="bold red",
        )


def _row(day: dict[str, Any]) -> tuple[str, str, str, str]:
    weekday = date.fromisoformat(day["day"]).weekday()
    note = f" {day['note']}" if day["note"] else ""
    provisional = (
        say(" （该年节假日未公布，暂定）", " (holidays not announced: provisional)")
        if day["provisional"]
        else ""
    )
    count = str(day["count"]) if day["counted"] else "-"
    return (
        day["day"],
        say(_WEEKDAYS[0][weekday], _WEEKDAYS[1][weekday]),
        count,
        words(day["words"]) + note + provisional,
    )
