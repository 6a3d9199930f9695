"""A real browser for the page tests: the system's Chromium, and a page that notes whatever goes wrong."""

import os
import shutil
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

from tests.running_engine import Running

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP, PHONE = (1280, 800), (390, 844)
_NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


def chromium() -> str:
    """The system's Chromium (`make browser` installs it). Without one: skips loudly, and fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("NO CHROMIUM: the pages cannot be tested; `make browser` installs it")
    pytest.skip("NO CHROMIUM: THE PAGES WERE NOT TESTED; `make browser` installs it")


@dataclass(frozen=True)
class View:
    """How somebody looks at the pages: on which size of screen, in which language, by day or by night."""

    size: tuple[int, int]
    language: str
    colours: Literal["light", "dark"] = "light"


@dataclass
class Visit:
    """A signed-in page, and what it asked for elsewhere, said on its console or threw."""

    page: Page
    console: str
    view: View
    elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the console, in the visitor's language."""
        self.page.goto(f"{self.console}{path}?lang={self.view.language}")
        return self.page

    def say(self, zh: str, en: str) -> str:
        return zh if self.view.language == "zh" else en

    def faults(self) -> list[str]:
        """All that went wrong since the page was opened."""
        violations: list[str] = self.page.evaluate("window.violations")
        return [*self.said, *self.elsewhere, *violations]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith(self.console + "/"):
            self.elsewhere.append(request.url)


def visit(browser: Browser, engine: Running, view: View) -> Visit:
    """Sign in, in a browser that knows nothing yet."""
    width, height = view.size
    screen = ViewportSize(width=width, height=height)
    page = browser.new_context(viewport=screen, color_scheme=view.colours).new_page()
    page.add_init_script(_NOTE_VIOLATIONS)
    begun = Visit(page, engine.console, view)
    page.on("console", begun._hear)
    page.on("pageerror", lambda error: begun.said.append(str(error)))
    page.on("request", begun._see)
    with engine.http() as http:
        page.goto(engine.console + http.post("/api/login-codes").json()["path"])
    return begun
