"""The pictures in the documents: what the shipped definitions look like today, and legible in a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, sync_playwright

from definitions.library import Library
from tests.pictures import PICTURES, pictures

SHIPPED = sorted(PICTURES.glob("*.svg"))
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")

# Labels that lie upon each other or reach out of the picture, and lines of a card that reach out of it.
FAULTS = """() => {
  const box = element => element.getBoundingClientRect();
  const whole = box(document.documentElement);
  const texts = [...document.querySelectorAll('text')].map(e => ({words: e.textContent, at: box(e)}));
  const faults = [];
  texts.forEach(({words, at}, number) => {
    const out = at.left < whole.left || at.right > whole.right || at.bottom > whole.bottom;
    if (out) faults.push('out: ' + words);
    for (const other of texts.slice(number + 1)) {
      const across = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
      const down = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
      if (across > 1 && down > 5) faults.push(words + ' | ' + other.words);
    }
  });
  for (const card of document.querySelectorAll('g > rect[rx="6"]')) {
    const room = box(card);
    for (const text of card.parentElement.querySelectorAll(':scope > text')) {
      const at = box(text);
      if (at.right > room.right || at.left < room.left) faults.push('card: ' + text.textContent);
    }
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(None, "zhuji")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    chromium = shutil.which("chromium")
    if chromium is None and os.environ.get("CI") == "true":
        pytest.fail("no chromium: the pictures cannot be looked at")
    if chromium is None:
        pytest.skip("NO CHROMIUM: the pictures were not looked at; install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser.new_page()
        browser.close()


def test_the_pictures_in_the_documents_show_the_shipped_definitions(library: Library) -> None:
    """Where this fails because a definition or the drawing changed: ``make pictures``, and look at them."""
    drawn = dict(pictures(library))
    assert drawn.keys() == {path.name for path in SHIPPED}
    stale = [name for name, text in drawn.items() if (PICTURES / name).read_bytes() != text.encode()]
    assert stale == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_label_lies_on_another_or_outside_its_card(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    assert page.evaluate(FAULTS) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_picture_says_in_words_what_it_shows_and_fetches_nothing(path: Path) -> None:
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    named = {child.tag.rpartition("}")[2]: child.text for child in list(root)[:2]}
    assert root.get("role") == "img"
    assert named["title"]
    assert len(named["desc"] or "") > 100
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert "url(" not in text
    assert "<style" not in text
    assert "<script" not in text
