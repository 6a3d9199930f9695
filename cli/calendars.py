"""``fengqiao calendar``: whether a year's holidays are missing, and publishing them."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from cli.batches import report, tell_all
from cli.client import Console
from cli.editions import PATIENCE, SHOWN, By, DryRun, draft, published
from cli.effects import tell_impact
from cli.failure import Exit, Failure
from cli.language import say
from cli.terminal import AsJson, print_json, rich
from definitions.library import SHIPPED
from settings import Settings


def check(*, as_json: AsJson = False) -> int:
    """Tell whether the calendars in use know this year, and from 1 November the next."""
    told = Console.from_settings(Settings()).get("/calendars")
    if as_json:
        print_json(told)
    else:
        for calendar in told:
            rich().print("\n".join(_lines(calendar)), markup=False)
    return Exit.CALENDAR_MISSING if any(each["missing"] for each in told) else Exit.OK


def lacking(warning: dict[str, Any]) -> str:
    """The warning that a calendar lacks a year, in a line."""
    return say(
        f"日历 {warning['calendar']} 尚未载入 {warning['missing']} 年节假日安排："
        f"{warning['provisional_from']} 起的到期日均为暂定。"
        "国务院通知发布后，用 fengqiao calendar publish 载入。",
        f"Calendar {warning['calendar']} lacks the holidays of {warning['missing']}: deadlines from "
        f"{warning['provisional_from']} on are provisional. "
        "Once they are announced: fengqiao calendar publish.",
    )


def _lines(calendar: dict[str, Any]) -> list[str]:
    years = "、".join(map(str, calendar["years"]))
    lines = [
        say(
            f"{calendar['calendar']} {calendar['edition']}：已载入 {years} 年；"
            f"{calendar['provisional_from']} 起的到期日为暂定。",
            f"{calendar['calendar']} {calendar['edition']}: knows {years}; "
            f"deadlines from {calendar['provisional_from']} on are provisional.",
        ),
        say(
            f"在办 {calendar['cases']} 件，其中到期日暂定的 {calendar['provisional']} 件，"
            f"仍用旧版日历的 {calendar['behind']} 件。",
            f"{calendar['cases']} open cases: {calendar['provisional']} with a provisional deadline, "
            f"{calendar['behind']} with another edition of the calendar.",
        ),
    ]
    return lines + ([lacking(calendar)] if calendar["missing"] else [])


def publish(
    calendar: Annotated[
        str, Parameter(help=say("日历文件，或定义目录中的日历名", "A file, or a calendar in the definitions"))
    ],
    /,
    *,
    who: By = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> int:
    """Publish a calendar: cases filed from now on use it, and every open case counts anew."""
    console = Console.from_settings(Settings())
    body = {**draft(_path(calendar)), "as": who}
    told = console.post("/calendars", {**body, "dry_run": dry_run})
    if not as_json:
        rich().print(published(told, dry_run=dry_run), markup=False)
        _tell_contradictions(told["contradicts"])
    if dry_run:
        return _foresee(console, body, as_json=as_json)
    where = f"/calendars/{told['name']}/adoptions"
    outcome = tell_all(lambda after: console.post(where, {"after": after}, patience=PATIENCE))
    return report(outcome, f"{told['name']} {told['edition']}", as_json=as_json, published=told)


def _foresee(console: Console, body: dict[str, str], *, as_json: bool) -> int:
    asked = {"file": body["file"], "text": body["text"], "limit": None if as_json else SHOWN}
    told = console.post("/calendars/impact", asked, patience=PATIENCE)
    if as_json:
        print_json(told)
    else:
        tell_impact(told)
    return Exit.OK


def _path(named: str) -> Path:
    """The file that is meant. Raises Failure."""
    path = Path(named)
    if path.suffix or path.exists():
        return path
    folder = Path(Settings().definitions) if Settings().definitions else SHIPPED
    found = folder / "calendars" / f"{named}.yaml"
    if not found.exists():
        words = say(f"没有日历 {named}：{found} 不存在。", f"There is no calendar {named}: no {found}.")
        raise Failure(Exit.BAD_INPUT, words)
    return found


def _tell_contradictions(days: list[dict[str, Any]]) -> None:
    """Days that a published year had otherwise; those that lie behind us change what was counted."""
    if not days:
        return
    past = sum(1 for day in days if day["past"])
    rich().print(
        say(
            f"注意：与已公布年份不同的有 {len(days)} 天，其中 {past} 天已过：",
            f"Note: {len(days)} days of published years are counted otherwise, {past} of them past:",
        ),
        style="yellow",
    )
    for day in days[:SHOWN]:
        rich().print(f"  {day['day']}  {_KINDS[day['before']]()} → {_KINDS[day['after']]()}", markup=False)


_KINDS = {
    "working": lambda: say("工作日", "working day"),
    "make-up": lambda: say("调休上班", "make-up workday"),
    "weekend": lambda: say("周末", "weekend"),
    "holiday": lambda: say("节假日", "holiday"),
}
