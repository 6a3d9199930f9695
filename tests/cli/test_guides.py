"""Every command line in the guides is one that there is, and an operator's day goes as the guide tells it."""

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest
from cyclopts import CycloptsError, MissingArgumentError

from cli.language import take_option
from cli.main import commands
from records.fault import Why
from tests.running_engine import Running, until

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
PAGES = [*GUIDES, ROOT / "README.md", ROOT / "README.zh-CN.md"]
STANDS_FOR_A_CASE = "D-7k2m"


def tokens(line: str) -> list[str]:
    """A command line without a comment, without settings before it, and without the program's name."""
    words = shlex.split(line, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    return words[1:] if words[:1] == ["fengqiao"] else []


def blocks(page: Path) -> list[str]:
    """The command lines in a page's blocks of shell."""
    found = re.findall(r"^ *```sh\n(.*?)^ *```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [line.strip() for block in found for line in block.splitlines() if tokens(line)]


def spoken(page: Path) -> list[str]:
    """The commands that a page names in its sentences; they need not be whole."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [line for line in re.findall(r"`([^`\n]+)`", text) if tokens(line)]


def parse(line: str) -> None:
    commands().parse_args(take_option(tokens(line)), exit_on_error=False, print_error=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_of_a_page_can_be_given(page: Path) -> None:
    for line in blocks(page):
        try:
            parse(line)
        except CycloptsError as fault:
            pytest.fail(f"{page.name}: {line}\n{fault}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    for line in spoken(page):
        try:
            parse(line)
        except MissingArgumentError:
            continue
        except CycloptsError as fault:
            pytest.fail(f"{page.name}: {line}\n{fault}")


def test_a_command_that_there_is_not_would_be_found() -> None:
    for line in ("fengqiao bogus", "fengqiao ls --bogus", "fengqiao show"):
        with pytest.raises(CycloptsError):
            parse(line)


@pytest.mark.parametrize("name", ["operator.md", "operator.zh-CN.md", "county-office.zh-CN.md"])
def test_a_guide_can_be_followed_line_by_line(engine: Running, name: str) -> None:
    case = STANDS_FOR_A_CASE
    for line in blocks(ROOT / "docs/guides" / name):
        expected = re.search(r"# (\d)$", line)
        done = engine.fengqiao(*[case if word == STANDS_FOR_A_CASE else word for word in tokens(line)])
        assert done.returncode == int(expected[1] if expected else 0), f"{line}\n{done.stdout}{done.stderr}"
        if line.startswith("fengqiao file"):
            case = recorded(engine, done.stdout.split()[0])


def recorded(engine: Running, case: str) -> str:
    until(lambda: engine.fengqiao("show", case).returncode == 0, "the filing's record")
    return case


@pytest.mark.parametrize("name", ["auditor.md", "auditor.zh-CN.md"])
def test_an_auditor_finds_every_fault_explained(name: str) -> None:
    guide = (ROOT / "docs/guides" / name).read_text(encoding="utf-8")
    told = re.findall(r"^\| `([\w-]+)` \|", guide, re.MULTILINE)
    assert told == ["why", *get_args(Why)]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_guide_is_there_in_both_languages(guide: Path) -> None:
    other = guide.name.replace(".zh-CN.md", ".md") if ".zh-CN" in guide.name else f"{guide.stem}.zh-CN.md"
    assert guide.with_name(other).exists()
    assert [tokens(line)[:2] for line in blocks(guide)] == [
        tokens(line)[:2] for line in blocks(guide.with_name(other))
    ]
