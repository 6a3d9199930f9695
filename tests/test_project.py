"""The project itself: its packages, its documents, its first screen."""

import importlib.metadata
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {
    "activities",
    "casework",
    "cli",
    "console",
    "definitions",
    "records",
    "settings",
    "worker",
    "workflows",
}
DOCUMENTS = sorted(path for path in (ROOT / "docs").glob("*.md") if not path.name.endswith(".zh-CN.md"))


def test_no_dependency_brings_a_top_level_name_of_ours() -> None:
    brought = {
        name: owners
        for name, owners in importlib.metadata.packages_distributions().items()
        if name in OURS and set(owners) != {"fengqiao"}
    }
    assert brought == {}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_first_screen_has_the_two_commands(name: str) -> None:
    first_screen = "\n".join((ROOT / name).read_text(encoding="utf-8").splitlines()[:40])
    assert "make demo" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_document_can_be_read_in_chinese(path: Path) -> None:
    translated = path.with_name(f"{path.stem}.zh-CN.md")
    assert translated.exists() or re.search(r"[\u4e00-\u9fff]{4}", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], ids=lambda path: path.name
)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], ids=lambda path: path.name
)
def test_every_link_to_a_heading_leads_to_one(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", path.read_text(encoding="utf-8"))
    astray = [
        (page, anchor)
        for page, anchor in links
        if "://" not in page and anchor not in anchors(path.parent / page if page else path)
    ]
    assert astray == []


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_package_says_in_a_sentence_what_lives_there() -> None:
    silent = [
        path
        for name in OURS - {"settings", "worker"}
        for path in (ROOT / name).rglob("*.py")
        if not re.match(r'"""[^"]', path.read_text(encoding="utf-8"))
    ]
    assert silent == []
