"""The report: a table for the terminal, JSON for programs, and docs/benchmarks.md made from that JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, Measured
from benchmarks.machine import Machine

DOCS = Path(__file__).parents[1] / "docs"
_HEADINGS = ("Figure 指标", "Value 数值", "Target 目标", "")
_HEAD = """\
# Benchmarks 基准测试

`make benchmarks` measures; `python -m benchmarks --write` also writes this page and
[benchmarks.json](benchmarks.json). Nothing here is written by hand. The engine is the embedded one
(`fengqiao up`: Temporal's development server on a file); client, console, worker, server and database
share the same cores. What is measured here holds for that, and is no claim about a Temporal cluster.

`make benchmarks` 只测量；`python -m benchmarks --write` 同时生成本页与 [benchmarks.json](benchmarks.json)，
均非手写。所测为单机引擎（`fengqiao up`，即文件存储的 Temporal 开发服务器），客户端、控制台、办理进程、
服务器、数据库共用同样的处理器核；不代表 Temporal 集群。
"""


@dataclass(frozen=True)
class Report:
    """One run of the benchmarks."""

    at: datetime
    machine: Machine
    results: Mapping[str, Measured]


def value_of(figure: Figure) -> str:
    """The number as people read it, to three digits, with its unit."""
    value = figure.value
    digits = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
    return f"{digits} {figure.unit}".strip()


def _target(figure: Figure) -> str:
    return "" if figure.limit is None else f"≤ {figure.limit:g} {figure.unit}".strip()


def _verdict(figure: Figure) -> str:
    if figure.limit is None:
        return ""
    return "MISSED 未达到" if figure.missed else "met 达到"


def _others(measured: Measured) -> str:
    cores = f"{measured.others:.2f}"
    return f"Others kept {cores} cores busy meanwhile. 其间其他程序占用 {cores} 核。"


def _rows(measured: Measured) -> list[tuple[str, str, str, str]]:
    return [
        (f"{each.what.en} {each.what.zh}", value_of(each), _target(each), _verdict(each))
        for each in measured.figures
    ]


def tell(terminal: Console, name: str, measured: Measured, machine: Machine) -> None:
    """Print one benchmark's figures."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in _HEADINGS:
        table.add_column()
    for row in _rows(measured):
        table.add_row(*row, style="bold red" if row[-1].startswith("MISSED") else "")
    said = (f"[bold]{name}[/]  {measured.what.en}", measured.what.zh, machine.told, _others(measured))
    terminal.print("\n".join(said), soft_wrap=True)
    terminal.print(table, "")


def markdown(report: Report) -> str:
    """The page."""
    parts = [_HEAD, f"Measured 测于 {report.at:%Y-%m-%d}: {report.machine.told}.\n"]
    for name, measured in report.results.items():
        lines = [f"## {name}", "", measured.what.en, "", measured.what.zh, "", _others(measured), ""]
        lines += ["| " + " | ".join(row) + " |" for row in (_HEADINGS, ("---",) * 4, *_rows(measured))]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def write(report: Report, folder: Path = DOCS) -> None:
    told = {**asdict(report), "at": report.at.isoformat(timespec="seconds")}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (folder / "benchmarks.json").write_text(text + "\n", encoding="utf-8")
    (folder / "benchmarks.md").write_text(markdown(report), encoding="utf-8")


def read(folder: Path = DOCS) -> Report:
    """The last written report."""
    return TypeAdapter(Report).validate_json((folder / "benchmarks.json").read_text(encoding="utf-8"))
