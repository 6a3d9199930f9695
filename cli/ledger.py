"""``fengqiao ledger``: read the ledger and verify that nobody rewrote it."""

from typing import Annotated

from cyclopts import Parameter

from cli.acting import CASE_HELP
from cli.client import Console
from cli.failure import Exit
from cli.language import say
from cli.terminal import AsJson, print_json, rich, words
from settings import Settings


def show(case: Annotated[str, Parameter(help=CASE_HELP)], *, as_json: AsJson = False) -> None:
    """Show all ledger entries of a case, with the hashes that chain them."""
    told = Console.from_settings(Settings()).get(f"/ledger/{case}")
    if as_json:
        print_json(told)
        return
    terminal = rich()
    for entry in told["entries"]:
        line = f"{entry['number']:>4}  {entry['local']}  {entry['hash'][:12]}  {words(entry['text'])}"
        basis = f"  [{entry['basis']}]" if entry["basis"] else ""
        terminal.print(line + basis, markup=False)


def verify(
    case: Annotated[str, Parameter(help=say("只核验一个事项", "Verify one case only"))] = "",
    *,
    recompute: Annotated[
        bool,
        Parameter(
            negative=(),
            help=say("并按办理程序重新推算每个决定", "Also derive every decision anew from the procedure"),
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Verify the ledger's chain; the first bad entry is named."""
    query = {"case": case, "recompute": "true" if recompute else ""}
    verdict = Console.from_settings(Settings()).get("/ledger/verify", query)
    if as_json:
        print_json(verdict)
    elif verdict["ok"]:
        checked = (verdict["cases"], verdict["entries"])
        print(
            say("台账完好：{} 个事项，{} 条记录。", "The ledger is whole: {} cases, {} entries.").format(
                *checked
            )
        )
    for fault in () if as_json else verdict["faults"]:
        told = say("台账有误：事项 {} 第 {} 条，{}。", "The ledger is broken: case {}, entry {}: {}.")
        print(told.format(fault["case"], fault["number"], words(fault["text"])))
    return Exit.OK if verdict["ok"] else Exit.LEDGER_BROKEN
