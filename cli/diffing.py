"""``fengqiao procedures diff``: what differs between two procedures or editions, without a server."""

from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table
from rich.text import Text as Styled

from casework.canonical import plain
from casework.procedure import Procedure
from cli.failure import Exit
from cli.language import language, say
from cli.offline import PROCEDURE_HELP, load_library, procedure_meant
from cli.terminal import AsJson, print_json, rich
from definitions.difference import Difference, differences
from definitions.difference_words import change_of, place_of

_SIGNS = {"added": ("+", "green"), "removed": ("-", "red")}
_CHANGED = ("~", "yellow")


def diff(
    old: Annotated[str, Parameter(help=PROCEDURE_HELP)],
    new: Annotated[str, Parameter(help=PROCEDURE_HELP)],
    *,
    as_json: AsJson = False,
) -> int:
    """Tell what differs between two procedures, in what they mean. Exit 0: nothing, 1: something."""
    library = load_library()
    before, after = procedure_meant(library, old), procedure_meant(library, new)
    found = differences(before, after)
    if as_json:
        print_json(_plain(before, after, found))
    elif not found:
        print(say("没有差别。", "No difference."))
    else:
        _table(before, after, found)
    return Exit.DIFFERENT if found else Exit.OK


def _table(old: Procedure, new: Procedure, found: tuple[Difference, ...]) -> None:
    terminal = rich()
    terminal.print(
        f"{old.title.in_(language())} {old.edition} → {new.title.in_(language())} {new.edition}",
        style="bold",
        markup=False,
    )
    table = Table(box=None, pad_edge=False, show_header=False)
    for difference in found:
        sign, style = _SIGNS.get(difference.kind, _CHANGED)
        table.add_row(
            Styled(sign, style=style),
            Styled(place_of(old, new, difference.where, language())),
            Styled(change_of(old, new, difference, language()), style=style),
        )
    terminal.print(table)


def _plain(old: Procedure, new: Procedure, found: tuple[Difference, ...]) -> dict[str, Any]:
    return {
        "same": not found,
        "old": {"name": old.name, "edition": old.edition},
        "new": {"name": new.name, "edition": new.edition},
        "differences": [
            {
                "where": list(each.where),
                "kind": each.kind,
                "old": plain(each.old),
                "new": plain(each.new),
                "words": {
                    lang: f"{place_of(old, new, each.where, lang)} | {change_of(old, new, each, lang)}"
                    for lang in ("zh", "en")
                },
            }
            for each in found
        ],
    }
