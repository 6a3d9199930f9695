"""``fengqiao ls``: the cases, overdue first and then by days left."""

from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from cli.client import Console
from cli.language import say
from cli.terminal import AsJson, days_left, print_json, rich, title, words
from settings import Settings

Flag = Parameter(negative=())
_WIDE = 120


def ls(
    *,
    level: Annotated[str, Parameter(help=say("层级名，如 township", "Name of the level, as township"))] = "",
    unit: Annotated[str, Parameter(help=say("单位代码或名称（含下级）", "Unit, with those below it"))] = "",
    stage: Annotated[str, Parameter(help=say("环节名", "Name of the stage"))] = "",
    overdue: Annotated[bool, Flag, Parameter(help=say("只列超期的", "Only overdue ones"))] = False,
    ended: Annotated[bool, Flag, Parameter(help=say("只列已办结的", "Only ended ones"))] = False,
    limit: Annotated[int, Parameter(help=say("最多列几条", "At most so many"))] = 50,
    offset: Annotated[int, Parameter(help=say("跳过几条", "Skip so many"))] = 0,
    as_json: AsJson = False,
) -> None:
    """List cases."""
    query = {"level": level, "unit": unit, "stage": stage, "limit": limit, "offset": offset}
    flags = {"overdue": "true" if overdue else "", "ended": "true" if ended else ""}
    found = Console.from_settings(Settings()).get("/cases", {**query, **flags})
    if as_json:
        print_json(found)
        return
    terminal = rich()
    if not found["cases"]:
        terminal.print(say("没有符合条件的事项。", "No such cases."))
        return
    terminal.print(_table(found["cases"], ended=ended, wide=terminal.width >= _WIDE))
    if found["more"]:
        after = offset + len(found["cases"])
        terminal.print(say(f"还有更多：--offset {after}", f"There are more: --offset {after}"), style="dim")


def _table(cases: list[dict[str, Any]], *, ended: bool, wide: bool) -> Table:
    """What is most needed stands first and is never cut short; names of units and stages may wrap."""
    table = Table(box=None, pad_edge=False)
    for heading in (say("编号", "case"), *_time_headings(ended=ended), say("承办人", "answers")):
        table.add_column(heading, no_wrap=True)
    for heading in (say("环节", "stage"), say("单位", "unit"), *([say("程序", "procedure")] if wide else [])):
        table.add_column(heading, overflow="fold")
    for case in cases:
        place = [title(case["stage"]), case["unit"]["path"]] + ([title(case["procedure"])] if wide else [])
        table.add_row(case["id"], *_time(case), case["lead"], *place, style="red" if case["overdue"] else "")
    return table


def _time_headings(*, ended: bool) -> tuple[str, ...]:
    return (say("办理结果", "outcome"),) if ended else (say("剩余", "left"), say("到期", "due"))


def _time(case: dict[str, Any]) -> tuple[str, ...]:
    """How an ended case ended; of an open one how many days are left, and until when."""
    if case["outcome"]:
        return (title(case["outcome"]),)
    return ("! " if case["overdue"] else "") + days_left(case["left"]), words(case["due_words"])
