"""Broken files: each mistake is answered with its line and column, and what to write instead.

The first line of each file in broken/ tells its kind, where the fault is and what is said of it. Overlays
extend the procedure in broken/procedures/; where the fault is there, or in a fragment, its file is named.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from definitions.fault import DefinitionErrors
from definitions.holidays import load_calendar
from definitions.library import Library
from definitions.posts import load_posts
from definitions.procedure import load_procedure
from definitions.reading import LARGEST, read
from definitions.scenarios import load_scenario

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
CHINESE = re.compile("[\u4e00-\u9fff]{2}")


def _loader(kind: str, library: Library) -> Callable[[Path], object]:
    loaders: dict[str, Callable[[Path], object]] = {
        "procedure": lambda path: load_procedure(
            path, library.posts, library.calendars, library.territory.levels()
        ),
        "calendar": load_calendar,
        "posts": load_posts,
        "scenario": lambda path: load_scenario(path, library),
    }
    return loaders[kind]


def test_there_are_broken_files_of_every_kind() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_where_it_is_broken(path: Path, library: Library) -> None:
    first = path.read_bytes().splitlines()[0].decode()
    _, kind, place, says = first.split(" ", 3)
    file, _, place = place.rpartition("yaml:")
    where = path.parent / f"{file}yaml" if file else path
    with pytest.raises(DefinitionErrors) as caught:
        _loader(kind, library)(path)
    faults = caught.value.faults
    assert [(f"{fault.line}:{fault.column}", says in fault.en) for fault in faults] == [(place, True)], faults
    assert CHINESE.search(faults[0].zh)
    assert str(faults[0]).startswith(f"{where}:{place}: ")


def test_a_file_that_is_too_big_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text("# " + "x" * LARGEST, "utf-8")
    with pytest.raises(DefinitionErrors, match=r"big\.yaml:1:1: .*256 KB"):
        read(path)


def test_a_file_that_is_not_there_is_a_fault_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(DefinitionErrors, match=r"none\.yaml:1:1: 无法读取"):
        read(tmp_path / "none.yaml")


def test_thousands_of_brackets_are_refused_before_they_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("a: " + "[" * 100_000, "utf-8")
    with pytest.raises(DefinitionErrors, match="嵌套超过"):
        read(path)
