"""The territory: the units of a county, or of whatever else works with the product, and what stands above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.case import Place
from casework.procedure import Procedure
from definitions.complaints import validated
from definitions.document import Document, Way
from definitions.fault import DefinitionErrors, Fault
from definitions.reading import read
from definitions.reference import TerritorySpelling
from definitions.table import Row, rows

COLUMNS = ("code", "name", "level", "parent")


@dataclass(frozen=True)
class Unit:
    """A unit (单位) by its code of the national statistical division; ``parent`` is a code, or empty."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Territory:
    """The units of one county by code, the county itself first, and the units above it from the lowest up."""

    units: Mapping[str, Unit]
    above: tuple[Unit, ...]

    @property
    def root(self) -> Unit:
        """The one unit that all others stand under: the county."""
        return next(iter(self.units.values()))

    def levels(self) -> frozenset[str]:
        return frozenset(unit.level for unit in (*self.units.values(), *self.above))

    def unit(self, code: str) -> Unit | None:
        return self.units.get(code)

    def find(self, text: str) -> list[Unit]:
        """Units meant by a code, a name, or how a name begins or ends; ``枫桥镇/枫源村`` narrows it down."""
        text = text.strip()
        if not text:
            return []
        if found := self.unit(text):
            return [found]
        *above, name = text.split("/")
        under = [unit for unit in self.units.values() if self._stands_under(unit, above)]
        exact = [unit for unit in under if unit.name == name]
        return exact or [unit for unit in under if unit.name.startswith(name) or unit.name.endswith(name)]

    def places(self, code: str, procedure: Procedure) -> tuple[Place, ...]:
        """The ladder of a case filed at a unit: upwards, over the levels that the procedure declares."""
        declared = {level.name for level in procedure.levels}
        ladder = (*self._upwards(self.units[code]), *self.above)
        return tuple(Place(unit.level, unit.code, unit.name) for unit in ladder if unit.level in declared)

    def _upwards(self, unit: Unit) -> Iterator[Unit]:
        yield unit
        while unit.parent:
            unit = self.units[unit.parent]
            yield unit

    def _stands_under(self, unit: Unit, names: list[str]) -> bool:
        over = [each.name for each in self._upwards(unit)][1:]
        return all(name in over for name in names)


def load_territory(folder: Path, county: str) -> Territory:
    """The territory of a county, from <county>.csv and <county>.yaml. Raises DefinitionErrors."""
    document = read(folder / f"{county}.yaml")
    written = validated(TerritorySpelling, document)
    units: dict[str, Unit] = {}
    faults = list(_level_faults(document, written))
    for row in rows(folder / f"{county}.csv", COLUMNS):
        faults += _faults(row, units, written.levels)
        units[row["code"]] = Unit(row["code"], row["name"], row["level"], row["parent"])
    if not faults and not units:
        faults.append(Fault(folder / f"{county}.csv", 1, 1, "没有任何单位", "it names no unit"))
    if faults:
        raise DefinitionErrors(faults)
    return Territory(units, tuple(Unit(unit.code, unit.name, unit.level, "") for unit in written.above))


def _level_faults(document: Document, written: TerritorySpelling) -> Iterator[Fault]:
    """Each level stands once, within or above."""
    seen: set[str] = set()
    named: list[tuple[Way, str]] = [(("levels", n), level) for n, level in enumerate(written.levels)]
    named += [(("above", n, "level"), unit.level) for n, unit in enumerate(written.above)]
    for way, level in named:
        if level in seen:
            yield document.fault(way, f"层级 {level} 重复", f"the level {level} stands twice")
        seen.add(level)


def _faults(row: Row, before: Mapping[str, Unit], levels: Sequence[str]) -> Iterator[Fault]:
    if not row["code"].isdigit():
        yield row.fault("code", "区划代码应为数字", "a unit code is digits")
    if row["code"] in before:
        yield row.fault("code", f"代码 {row['code']} 重复", f"{row['code']} stands twice")
    if not row["name"]:
        yield row.fault("name", "不能为空", "must not be empty")
    if row["level"] not in levels:
        zh, en = f"应为 {'、'.join(levels)} 之一", f"must be one of {', '.join(levels)}"
        yield row.fault("level", zh, en)
        return
    yield from _parent_faults(row, before, levels)


def _parent_faults(row: Row, before: Mapping[str, Unit], levels: Sequence[str]) -> Iterator[Fault]:
    top = levels[-1]
    if row["level"] == top:
        if row["parent"] or before:
            zh, en = f"{top} 只能有一个，列在首行，无上级", f"the one {top} stands first, without a parent"
            yield row.fault("parent", zh, en)
        return
    wanted = levels[levels.index(row["level"]) + 1]
    parent = before.get(row["parent"])
    if parent is None or parent.level != wanted:
        yield row.fault(
            "parent",
            f"上级 {row['parent']} 应为前面已列的 {wanted}",
            f"{row['parent']} must be a {wanted} listed before",
        )
