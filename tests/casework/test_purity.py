"""The core imports only the standard library and itself, and reads no clock."""

import ast
import sys
from pathlib import Path

import pytest

import casework

FILES = sorted(Path(casework.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_core_imports_only_the_standard_library(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    outside = {name.partition(".")[0] for name in named} - {"casework"} - sys.stdlib_module_names
    assert outside == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_core_has_no_clock_no_chance_and_no_files(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert called & {"now", "utcnow", "today", "open", "random", "urandom", "environ"} <= {"open"}


def test_nobody_imports_the_worker() -> None:
    root = FILES[0].parent.parent
    packages = ("activities", "casework", "console", "definitions", "records", "workflows")
    for package in packages:
        for path in (root / package).rglob("*.py"):
            assert "import worker" not in path.read_text(encoding="utf-8"), path
