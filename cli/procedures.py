"""``fengqiao procedures``: which procedures there are, and whether definition files are in order."""

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from cli.client import Console
from cli.failure import Exit
from cli.language import language, say
from cli.terminal import AsJson, print_json, rich, words
from definitions.fault import DefinitionErrors, Fault
from definitions.library import Library
from definitions.procedure import load_procedure
from settings import Settings


def ls(*, as_json: AsJson = False) -> None:
    """List the procedures that cases can be filed under."""
    told = Console.from_settings(Settings()).get("/procedures")
    if as_json:
        print_json(told)
        return
    table = Table(box=None, pad_edge=False)
    for heading in (
        say("名称", "name"),
        say("版本", "edition"),
        say("办理程序", "procedure"),
        say("公布", "published"),
        say("登记字段（*必填）", "fields (*required)"),
    ):
        table.add_column(heading, overflow="fold")
    for procedure in told:
        asked = ", ".join(f["name"] + ("*" if f["required"] else "") for f in procedure["intake"])
        table.add_row(
            procedure["name"], procedure["edition"], words(procedure["title"]), _published(procedure), asked
        )
    rich().print(table)


def _published(procedure: dict[str, Any]) -> str:
    """Since when and by whom the edition is on offer, and which one stands in the files instead."""
    since = (procedure["since"] or "")[:10]
    told = f"{since} {procedure['by']}".strip() or say("随附", "as in the files")
    if procedure["draft"]:
        told += say(f"；文件中为 {procedure['draft']}", f"; the files have {procedure['draft']}")
    return told


def check(
    files: Annotated[
        list[Path] | None,
        Parameter(
            help=say("程序文件；不写则检查整个定义目录", "Procedure files; none: the whole folder"),
            negative=(),
        ),
    ] = None,
    /,
    *,
    as_json: AsJson = False,
) -> int:
    """Check definition files without a server. Each fault is told as file:line:column."""
    faults, checked = _faults(files or [], Settings())
    if as_json:
        print_json({"ok": not faults, "procedures": checked, "faults": [_plain(fault) for fault in faults]})
    else:
        for fault in faults:
            print(fault.text(language()), file=sys.stderr)
        if not faults:
            print(say("没有错误：", "No faults: ") + ", ".join(checked))
    return Exit.BAD_INPUT if faults else Exit.OK


def _faults(files: list[Path], settings: Settings) -> tuple[list[Fault], list[str]]:
    """All faults, and the names of the procedures that have none."""
    folder = Path(settings.definitions) if settings.definitions else None
    try:
        library = Library.load(folder, settings.county)
    except DefinitionErrors as errors:
        return list(errors.faults), []
    if not files:
        return [], list(library.procedures)
    faults: list[Fault] = []
    names: list[str] = []
    for path in files:
        try:
            read = load_procedure(path, library.posts, library.calendars, library.territory.levels(), folder)
            names.append(read.name)
        except DefinitionErrors as errors:
            faults += errors.faults
        except OSError as fault:
            faults.append(Fault(path, 1, 1, f"读不了：{fault.strerror}", f"cannot be read: {fault.strerror}"))
    return faults, names


def _plain(fault: Fault) -> dict[str, object]:
    return {
        "file": str(fault.path), "line": fault.line, "column": fault.column, "zh": fault.zh, "en": fault.en,
        "used_at": list(fault.asked),
    }  # fmt: skip
