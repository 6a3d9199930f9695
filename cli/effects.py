"""What an edition does to open cases, as tables: by level and unit, and case by case."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from cli.language import say
from cli.terminal import aside, rich, title, words

Json = dict[str, Any]


def tell_impact(impact: Json) -> None:
    """The totals, and the cases that were asked for one by one."""
    terminal, total = rich(), impact["total"]
    terminal.print(
        say(
            f"{impact['name']} {impact['edition']}：在办 {total['cases']} 件受检，"
            f"期限变动 {total['moved']} 件，责任人变动 {total['passed']} 件，"
            f"立即超期 {total['overdue']} 件，不能适用 {total['refused']} 件"
            f"（另有 {impact['already']} 件已是此版本）。",
            f"{impact['name']} {impact['edition']}: of {total['cases']} open cases {total['moved']} get "
            f"other deadlines, {total['passed']} other officials, {total['overdue']} are overdue at once, "
            f"{total['refused']} cannot have it ({impact['already']} more have it already).",
        )
    )
    touched = [tally for tally in impact["units"] if any(tally[each] for each in _COUNTED)]
    if total["cases"]:
        terminal.print(_tallies([*impact["levels"], *touched]))
    tell_effects(impact["effects"])
    left = sum(1 for _ in impact["effects"])
    if left < _touched(total):
        terminal.print(
            say(
                "只列出一部分；--limit N 多列，--json 全列。",
                "Not all are listed: --limit N, or --json for all.",
            ),
            style="dim",
        )


_COUNTED = ("moved", "passed", "overdue", "refused")


def _touched(total: Json) -> int:
    """At least so many cases are touched."""
    return int(max(total[each] for each in ("moved", "passed", "overdue")) + total["refused"])


def _tallies(tallies: Iterable[Json]) -> Table:
    table = Table(box=None, pad_edge=False)
    headings = (
        say("层级、单位", "level, unit"), say("在办", "open"), say("期限变动", "moved"),
        say("责任人变动", "passed on"), say("立即超期", "overdue"), say("不能适用", "refused"),
    )  # fmt: skip
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    for tally in tallies:
        table.add_row(words(tally["title"]), *(str(tally[each]) for each in ("cases", *_COUNTED)))
    return table


def tell_effects(effects: list[Json]) -> None:
    """Case by case: deadlines old → new, who answers old → new, or why it is refused."""
    if not effects:
        return
    table = Table(box=None, pad_edge=False)
    for heading in (
        say("编号", "case"), say("单位", "unit"), say("环节", "stage"), say("到期日", "deadlines"),
        say("责任人", "answers"), say("说明", "note"),
    ):  # fmt: skip
        table.add_column(heading)
    for effect in effects:
        table.add_row(
            effect["id"], effect["unit_name"], title(effect["stage"]),
            "\n".join(map(_deadline, effect["deadlines"])), "\n".join(map(_holders, effect["holders"])),
            _note(effect), style="red" if effect["overdue"] or effect["refused"] else "",
        )  # fmt: skip
    rich().print(table)


def _deadline(move: Json) -> str:
    before = words(move["before_words"]) or say("无", "none")
    return f"{words(move['title'])} {before} → {words(move['after_words'])}"


def _holders(move: Json) -> str:
    nobody = say("无人在岗", "nobody")
    before, after = (
        say("、", ", ").join(filter(None, names)) or nobody for names in (move["before"], move["after"])
    )
    return f"{words(move['title'])} {before} → {after}"


def _note(effect: Json) -> str:
    if effect["refused"]:
        return words(effect["refused"]["words"]) + aside(effect["refused"]["code"])
    return say("立即超期", "overdue at once") if effect["overdue"] else ""
