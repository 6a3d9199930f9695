"""The territory: finding units, and the ladder of a case."""

from pathlib import Path

import pytest

from definitions.fault import DefinitionErrors
from definitions.library import SHIPPED, Library
from definitions.units import Territory, load_territory

FENGYUAN = "330681109290"


def _county(folder: Path, table: str) -> Path:
    (folder / "x.csv").write_text(table, "utf-8")
    (folder / "x.yaml").write_text((SHIPPED / "territory" / "zhuji.yaml").read_text("utf-8"), "utf-8")
    return folder


def test_zhuji_has_a_county_23_townships_and_515_villages(library: Library) -> None:
    levels = [unit.level for unit in library.territory.units.values()]
    assert [levels.count(level) for level in ("county", "township", "village")] == [1, 23, 515]
    assert library.territory.root.name == "诸暨市"


@pytest.mark.parametrize(
    "text", [FENGYUAN, "枫源村委会", "枫源村", "枫桥镇/枫源村", "诸暨市/枫桥镇/枫源村委会"]
)
def test_a_village_is_found_by_code_and_by_name(text: str, library: Library) -> None:
    assert [unit.code for unit in library.territory.find(text)] == [FENGYUAN]


@pytest.mark.parametrize("text", ["", "   ", "999", "暨阳街道/枫源村", "没有这个村"])
def test_what_names_no_unit_finds_none(text: str, library: Library) -> None:
    assert library.territory.find(text) == []


def test_a_name_that_several_bear_finds_them_all(library: Library) -> None:
    assert len(library.territory.find("枫")) > 1


def test_the_ladder_runs_upwards_over_the_levels_of_the_procedure(library: Library) -> None:
    dispute, petition = library.procedures["dispute-mediation"], library.procedures["petition"]
    names = [place.name for place in library.territory.places(FENGYUAN, dispute)]
    assert names == ["枫源村委会", "枫桥镇", "诸暨市"]
    names = [place.name for place in library.territory.places(FENGYUAN, petition)]
    assert names == ["枫源村委会", "枫桥镇", "诸暨市", "绍兴市", "浙江省"]


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("code,name\n", "1:1"),
        ("code,name,level,parent\n", "1:1"),
        ("code,name,level,parent\n1,甲县,county,\n1,乙镇,township,1\n", "3:1"),
        ("code,name,level,parent\n1,甲县,county,\n2,乙镇,towmship,1\n", "3:6"),
        ("code,name,level,parent\n1,甲县,county,\n2,乙镇,township,9\n", "3:15"),
        ("code,name,level,parent\n1,甲县,county,\n2,乙镇\n", "3:1"),
        ("code,name,level,parent\n1,甲县,county,\n2,,township,1\n", "3:3"),
        ("code,name,level,parent\n1,甲县,county,\nx,乙镇,township,1\n", "3:1"),
    ],
)
def test_a_faulty_list_of_units_names_the_place(table: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        load_territory(_county(tmp_path, table), "x")
    fault = caught.value.faults[0]
    assert f"{fault.line}:{fault.column}" == place


HEALTH = """levels: [clinic, region, ministry]
above: []
source: invented
"""


def _health(folder: Path, table: str, written: str = HEALTH) -> Territory:
    (folder / "x.csv").write_text(f"code,name,level,parent\n{table}", "utf-8")
    (folder / "x.yaml").write_text(written, "utf-8")
    return load_territory(folder, "x")


def test_a_territory_declares_levels_of_its_own(tmp_path: Path) -> None:
    territory = _health(tmp_path, "1,Health,ministry,\n2,East,region,1\n3,Harbour,clinic,2\n")
    assert territory.root.name == "Health"
    assert territory.levels() == {"clinic", "region", "ministry"}
    assert [unit.code for unit in territory.find("East/Harbour")] == ["3"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("1,Health,ministry,\n2,East,township,1\n", "3:8: level: must be one of clinic, region, ministry"),
        ("1,Health,ministry,\n3,Harbour,clinic,1\n", "3:18: parent: 1 must be a region listed before"),
        ("2,East,region,1\n", "2:15: parent: 1 must be a ministry listed before"),
        (
            "1,Health,ministry,\n9,Other,ministry,\n",
            "3:18: parent: the one ministry stands first, without a parent",
        ),
    ],
)
def test_units_that_do_not_fit_the_declared_levels_are_refused(table: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        _health(tmp_path, table)
    fault = caught.value.faults[0]
    assert f"{fault.line}:{fault.column}: {fault.en}" == says


def test_a_level_that_stands_twice_is_refused(tmp_path: Path) -> None:
    written = HEALTH.replace("above: []", 'above: [{code: "77", name: World, level: region}]')
    with pytest.raises(DefinitionErrors, match="层级 region 重复"):
        _health(tmp_path, "1,Health,ministry,\n", written)
