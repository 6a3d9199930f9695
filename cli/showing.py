"""``fengqiao show``: one case, whole."""

from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console as Rich
from rich.table import Table

from cli.acting import CASE_HELP
from cli.client import Console
from cli.language import say
from cli.terminal import AsJson, aside, days_left, print_json, rich, title, words
from settings import Settings

_STATES = {
    "running": ("计算中", "running"),
    "paused": ("中止", "paused"),
    "stopped": ("已停止", "stopped"),
    "breached": ("超期", "overdue"),
}


def show(case: Annotated[str, Parameter(help=CASE_HELP)], *, as_json: AsJson = False) -> None:
    """Show a case: where it stands, its deadlines, who answers, what may be done, and its entries."""
    told = Console.from_settings(Settings()).get(f"/cases/{case}")
    if as_json:
        print_json(told)
        return
    terminal = rich()
    _head(terminal, told)
    _deadlines(terminal, told)
    _people(terminal, told)
    _entries(terminal, told)


def _head(terminal: Rich, told: dict[str, Any]) -> None:
    terminal.print(f"[bold]{told['id']}[/]  {title(told['procedure'])}  {told['unit']['path']}")
    where = say("办理结果：", "outcome: ") + title(told["outcome"]) if told["outcome"] else ""
    stage = say("环节：", "stage: ") + title(told["stage"]) + aside(title(told["level"]))
    grade = say(" 等级：", "  grade: ") + title(told["grade"]) if told["grade"] else ""
    terminal.print((where or stage) + grade, style="red" if told["overdue"] else "")
    for field in told["fields"]:
        mark = say("（隐私）", " (private)") if field["private"] else ""
        terminal.print(
            f"  {words(field['title'])}{mark}{say('：', ': ')}{_value(field['value'])}", markup=False
        )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    return str(value)


def _deadlines(terminal: Rich, told: dict[str, Any]) -> None:
    table = Table(box=None, pad_edge=False, title=say("时限", "Deadlines"), title_justify="left")
    for heading in (
        say("时限", "clock"),
        say("状态", "state"),
        say("到期", "due"),
        say("剩余", "left"),
        say("依据", "basis"),
    ):
        table.add_column(heading)
    for due in told["deadlines"]:
        table.add_row(
            words(due["title"]),
            say(*_STATES[due["state"]]),
            words(due["words"]),
            days_left(due["left"]),
            due["basis"],
        )
    if told["deadlines"]:
        terminal.print(table)


def _people(terminal: Rich, told: dict[str, Any]) -> None:
    for held in told["responsibilities"]:
        vacant = (
            say(f"，代{words(held['vacant_title'])}（空缺）", f", for the vacant {held['vacant']}")
            if held["vacant"]
            else ""
        )
        post = f"{held['unit_name']}{words(held['post_title'])}{vacant}"
        holder = held["name"] + aside(f"{post} {held['official']}")
        terminal.print(f"{words(held['role_title'])}{say('：', ': ')}{holder}")
    for action in told["allowed"]:
        names = say("、", ", ").join(_name(who) for who in action["by"]) or say("无人", "nobody")
        needs = say("、", ", ").join(_asked(field) for field in action["fields"] if field["required"])
        asks = say(f"，须填 {needs}", f", needs {needs}") if needs else ""
        terminal.print(
            say("可办理 ", "open: ") + f"{action['action']} {words(action['title'])}{aside(names + asks)}"
        )


def _name(who: dict[str, Any]) -> str:
    return say("当事人", "the party") if who["kind"] == "party" else str(who["name"])


def _asked(field: dict[str, Any]) -> str:
    """A field that an action must bring: its name for ``--set``, its title, and what it takes."""
    takes = "|".join(field["choices"]) or ("YYYY-MM-DD" if field["type"] == "date" else "")
    return f"{field['name']}={takes or words(field['title'])}"


def _entries(terminal: Rich, told: dict[str, Any]) -> None:
    for entry in told["entries"]:
        terminal.print(f"{entry['number']:>4}  {entry['local']}  {words(entry['text'])}", markup=False)
