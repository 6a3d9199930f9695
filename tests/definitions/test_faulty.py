"""Faulty procedures: each is refused for its fault, at its place, with a story that really shows it.

The first lines of each file in faulty/ tell what is found in it and where. All but two pass the loader.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from casework.story import play
from casework.verify.explore import Bounds
from definitions.library import Library
from definitions.scenarios import load_scenario
from definitions.statutes import load_statutes
from definitions.verifying import Report, verify_file
from tests.definitions.showing import shows

FAULTY = sorted((Path(__file__).parent / "faulty").glob("*.yaml"))
LAW = re.compile(r"[\u4e00-\u9fff]+第\d+条")
EXPLORED = [path for path in FAULTY if "definition" not in path.read_text("utf-8").splitlines()[0]]


@cache
def report_on(path: Path) -> Report:
    return verify_file(path, Library.load(None, "zhuji"), load_statutes(), Bounds())


def _told(path: Path) -> list[str]:
    """The faults and warnings that a file says are in it, as ``fault: code line:column``."""
    lines = path.read_text("utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith(("# fault: ", "# warning: "))]


def test_there_are_faulty_procedures_enough() -> None:
    assert len(FAULTY) >= 40


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_a_faulty_procedure_is_refused_for_its_fault_where_it_stands(path: Path) -> None:
    report = report_on(path)
    found = [
        f"{'warning' if p.warning else 'fault'}: {p.code} {p.fault.line}:{p.fault.column}"
        for p in report.placed
    ]
    assert sorted(found) == sorted(_told(path))
    assert report.proven == all(line.startswith("warning: ") for line in _told(path))


@pytest.mark.parametrize("path", EXPLORED, ids=lambda path: path.stem)
def test_the_story_of_a_fault_shows_it_when_it_is_played(path: Path) -> None:
    report = report_on(path)
    assert report.procedure is not None
    assert report.verdict is not None
    for finding in report.verdict.findings:
        assert shows(report.procedure, finding), finding


@pytest.mark.parametrize("path", EXPLORED, ids=lambda path: path.stem)
def test_the_scenario_of_a_fault_can_be_loaded_and_ends_as_it_says(
    path: Path, library: Library, tmp_path: Path
) -> None:
    report = report_on(path)
    assert report.procedure is not None
    procedures = {**library.procedures, report.procedure.name: report.procedure}
    with_it = replace(library, procedures=procedures)
    for number, placed in enumerate(report.placed):
        if placed.code == "start-gap":
            continue  # the filing itself is refused: there is nothing to play
        told = tmp_path / f"{path.stem}-{number}.yaml"
        told.write_text(placed.scenario, "utf-8")
        scenario = load_scenario(told, with_it)
        played = play(report.procedure, scenario.story)
        assert scenario.expect.mismatches(played.case, played.entries, played.refusals) == ()


@pytest.mark.parametrize("path", EXPLORED, ids=lambda path: path.stem)
def test_a_fault_is_said_in_both_languages(path: Path) -> None:
    for placed in report_on(path).placed:
        assert any("\u4e00" <= character <= "\u9fff" for character in placed.fault.zh)
        assert not re.search(r"[\u4e00-\u9fff]", LAW.sub("", placed.fault.en))
