"""``fengqiao procedures verify``: proves that a procedure cannot let a case die in silence."""

from datetime import timedelta
from pathlib import Path
from textwrap import indent
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from casework.verify.explore import Bounds
from casework.verify.reports import Life, Wait
from casework.verify.verdict import Verdict
from cli.failure import Exit
from cli.language import language, say
from cli.offline import definitions_folder, load_library
from cli.terminal import AsJson, print_json, rich
from cli.verifying_json import plain
from definitions.library import SHIPPED
from definitions.statutes import load_statutes
from definitions.verifying import Report, verify_file

DEFAULT = Bounds()


def verify(
    files: Annotated[
        list[Path] | None,
        Parameter(help=say("程序文件；不写则为全部程序", "Procedure files; none: all of them"), negative=()),
    ] = None,
    /,
    *,
    silence: Annotated[
        int,
        Parameter(
            help=say("最多多少天可以不提醒任何人", "Days in which nobody need be told anything, at most")
        ),
    ] = DEFAULT.silence.days,
    top: Annotated[
        int,
        Parameter(help=say("无人办理时，最高一级最迟多少天知道", "Days until the highest level must know")),
    ] = DEFAULT.top.days,
    shapes: Annotated[
        int, Parameter(help=say("最多探索多少种情形", "Shapes of cases to explore, at most"))
    ] = DEFAULT.shapes,
    stories: Annotated[
        bool, Parameter(help=say("警告也讲出情景", "Tell the stories of warnings too"), negative=())
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Prove procedures without a server. Each fault is shown by the shortest story, as a scenario."""
    library, folder = load_library(), definitions_folder()
    bounds = Bounds(shapes, DEFAULT.life, timedelta(days=silence), timedelta(days=top))
    paths = files or sorted(((folder or SHIPPED) / "procedures").glob("*.yaml"))
    articles = load_statutes()
    reports = [verify_file(path, library, articles, bounds, folder) for path in paths]
    proven = all(report.proven for report in reports)
    if as_json:
        print_json({"ok": proven, "procedures": [plain(report) for report in reports]})
    else:
        for report in reports:
            _tell_one(report, stories=stories)
        _tell_waits(reports)
    return Exit.OK if proven else Exit.BAD_INPUT


def _tell_one(report: Report, *, stories: bool) -> None:
    name = f"{report.procedure.name} {report.procedure.edition}" if report.procedure else str(report.path)
    how = say("已证明", "proven") if report.proven else say("有缺陷", "FAULTS")
    print(f"{name}{say('：', ': ')}{how}{_explored(report.verdict)}")
    for placed in report.placed:
        print(indent(placed.told(language(), story=stories or not placed.warning), "  "))


def _explored(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    bound_zh, bound_en = ("未触及上限", "no bound hit") if verdict.complete else ("触及上限", "BOUND HIT")
    return say(
        f"（探索 {verdict.shapes} 种情形、{verdict.decisions} 次决定，{bound_zh}）",
        f" ({verdict.shapes} shapes, {verdict.decisions} decisions explored, {bound_en})",
    )


def _tell_waits(reports: list[Report]) -> None:
    """The waits and lives of what was proved, as a table; then how each life is made up."""
    told = [(r.procedure, r.verdict) for r in reports if r.procedure and r.verdict and r.verdict.waits]
    if not told:
        return
    table = Table(box=None, pad_edge=False)
    for heading in (
        say("无人办理时最长多久", "With nobody acting, at most"),
        say("上一级知道", "next level knows"),
        say("最高一级知道", "highest level knows"),
        say("起持续催办", "held by the top"),
        say("最长合法周期", "longest lawful life"),
    ):
        table.add_column(heading, overflow="fold")
    for procedure, verdict in told:
        assert verdict.waits is not None
        waits = (verdict.waits.next_level, verdict.waits.top_level, verdict.waits.never_silent)
        table.add_row(procedure.name, *(_wait(wait) for wait in waits), _life(verdict.life))
    rich().print(table)
    for procedure, verdict in told:
        if verdict.life:
            legs = " + ".join(f"{leg.limit or '?'} {leg.clock or leg.stage}" for leg in verdict.life.legs)
            print(f"{procedure.name}: {legs} → {verdict.life.outcome}")


def _wait(wait: Wait | None) -> str:
    return f"{_days(wait.longest)} {wait.stage}" if wait else "–"


def _life(life: Life | None) -> str:
    if life is None:
        return "–"
    return ("" if life.complete else "≥ ") + _days(life.length)


def _days(length: timedelta) -> str:
    """Days begun: a wait until the morning of the second day is two days."""
    days = -(-length // timedelta(days=1))
    return say(f"{days} 天", f"{days} d")
