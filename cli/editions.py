"""``fengqiao procedures publish, impact, migrate``: editions, and the cases that are under way."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from cli.batches import report, tell_all
from cli.client import Console
from cli.effects import tell_impact
from cli.failure import Exit, Failure
from cli.language import language, say
from cli.terminal import AsJson, print_json, rich
from definitions.fault import DefinitionErrors
from definitions.reading import read
from settings import Settings

PATIENCE = 600.0
"""Seconds that proving an edition, playing it over all open cases, or telling a batch of them may take."""
SHOWN = 50

By = Annotated[
    str,
    Parameter(name="--as", help=say("由谁办理：责任人编号或姓名", "Who does it: an official's id or name")),
]
DryRun = Annotated[bool, Parameter(negative=(), help=say("只检查，不公布", "Only check, publish nothing"))]
Limit = Annotated[int, Parameter(help=say("最多列出几件", "List at most so many cases"))]
Files = Annotated[list[Path], Parameter(help=say("程序文件", "Procedure files"), negative=())]
Reason = Annotated[str, Parameter(help=say("理由，记入台账", "Why, for the ledger"))]


def draft(path: Path) -> dict[str, str]:
    """A file as the console takes it. Raises Failure for one that cannot be read as YAML."""
    try:
        read(path)
    except DefinitionErrors as errors:
        raise Failure(Exit.BAD_INPUT, errors.text(language())) from errors
    return {"file": str(path), "text": path.read_text(encoding="utf-8-sig")}


def publish(files: Files, /, *, who: By = "", dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Publish editions of procedures: cases filed from now on run under them. All are checked first."""
    console = Console.from_settings(Settings())
    drafts = [draft(path) for path in files]
    told = [_publish(console, {**each, "as": who, "dry_run": True}) for each in drafts]
    if not dry_run:
        told = [_publish(console, {**each, "as": who}) for each in drafts]
    if as_json:
        print_json(told)
        return
    for each in told:
        rich().print(published(each, dry_run=dry_run), markup=False)


def _publish(console: Console, body: dict[str, Any]) -> dict[str, Any]:
    """The console proves the procedure first, which takes seconds."""
    told: dict[str, Any] = console.post("/procedures", body, patience=PATIENCE)
    return told


def published(told: dict[str, Any], *, dry_run: bool) -> str:
    """What publishing did, or would do, in a line."""
    what = f"{told['name']} {told['edition']}"
    if told["repeated"]:
        return what + say("：已经是现行版本。", " is the edition on offer already.")
    before = told["before"]
    instead = say(f"，取代 {before}", f" in place of {before}") if before not in ("", told["edition"]) else ""
    if dry_run:
        return what + say(f"：检查通过，未公布{instead}。", f" is in order; not published{instead}.")
    return what + say(
        f"：已公布，今后登记适用{instead}。", f" is published, for cases filed from now on{instead}."
    )


def impact(
    file: Annotated[Path | None, Parameter(help=say("程序草案", "A draft of a procedure"))] = None,
    /,
    *,
    calendar: Annotated[Path | None, Parameter(help=say("日历草案", "A draft of a calendar"))] = None,
    limit: Limit = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Play a draft over all open cases and tell whose deadlines move. Nothing is written."""
    drafted = file or calendar
    if drafted is None or (file and calendar):
        raise Failure(
            Exit.BAD_INPUT,
            say(
                "请写一个程序文件，或 --calendar 日历文件。",
                "Name a procedure file, or --calendar and a file.",
            ),
        )
    body = {**draft(drafted), "limit": None if as_json else limit}
    path = "/procedures/impact" if file else "/calendars/impact"
    told = Console.from_settings(Settings()).post(path, body, patience=PATIENCE)
    if as_json:
        print_json(told)
    else:
        tell_impact(told)


def migrate(
    procedure: Annotated[str, Parameter(help=say("办理程序名", "Name of the procedure"))],
    *,
    to: Annotated[str, Parameter(help=say("已公布的版本", "A published edition"))],
    reason: Reason = "",
    case: Annotated[
        list[str] | None,
        Parameter(help=say("只办这些事项，可重复", "Only these cases; repeatable"), negative=()),
    ] = None,
    who: By = "",
    apply: Annotated[
        bool, Parameter(negative=(), help=say("真正办理；不写则只试算", "Do it; without it, only tell"))
    ] = False,
    limit: Limit = SHOWN,
    as_json: AsJson = False,
) -> int:
    """Move open cases to a published edition; without --apply, only tell what that would do."""
    console = Console.from_settings(Settings())
    where, which = f"/procedures/{procedure}/migrations", {"to": to, "cases": case or []}
    if not apply:
        body = {**which, "limit": None if as_json else limit}
        told = console.post(f"{where}/foresee", body, patience=PATIENCE)
        if as_json:
            print_json(told)
        else:
            tell_impact(told)
            rich().print(say("以上为试算，未办理；--apply 才办理。", "Nothing was done: --apply does it."))
        return Exit.OK
    if not (reason and who):
        words = say("办理须写 --reason 理由 和 --as 责任人。", "--apply needs --reason and --as.")
        raise Failure(Exit.BAD_INPUT, words)
    body = {**which, "reason": reason, "as": who}
    outcome = tell_all(lambda after: console.post(where, {**body, "after": after}, patience=PATIENCE))
    return report(outcome, f"{procedure} {to}", as_json=as_json)
