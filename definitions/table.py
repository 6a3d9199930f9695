"""Reading CSV tables of units and officials, with the line and column of every cell."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from definitions.fault import DefinitionErrors, Fault

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One line of a table, its cells by column."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, zh: str, en: str) -> Fault:
        """A fault in one cell; its place is where the cell begins."""
        before = list(self.cells)[: list(self.cells).index(column)]
        place = 1 + sum(len(self.cells[name]) + 1 for name in before)
        return Fault(self.path, self.line, place, f"{column}:{zh}", f"{column}: {en}")


def rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The lines of a table that has exactly these columns. Raises DefinitionErrors."""
    try:
        text = path.read_text("utf-8-sig") if path.stat().st_size <= LARGEST else ""
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(path, 1, 1, "无法读取，或不是 UTF-8 编码", "cannot be read, or is not UTF-8")
        raise DefinitionErrors([fault]) from error
    lines = csv.reader(text.splitlines())
    header = tuple(next(lines, ()))
    if header != columns:
        wanted = ",".join(columns)
        raise DefinitionErrors([Fault(path, 1, 1, f"首行应为 {wanted}", f"the first line must be {wanted}")])
    return list(_rows(path, columns, lines))


def _rows(path: Path, columns: tuple[str, ...], lines: Iterator[list[str]]) -> Iterator[Row]:
    for line, cells in enumerate(lines, start=2):
        if len(cells) != len(columns):
            wanted = len(columns)
            zh, en = (
                f"应有 {wanted} 列，实有 {len(cells)} 列",
                f"has {len(cells)} columns where {wanted} are due",
            )
            raise DefinitionErrors([Fault(path, line, 1, zh, en)])
        yield Row(path, line, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
