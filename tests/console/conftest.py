"""One engine for all requests, one in a drill where a case is overdue, and one browser."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.console.browsing import FLAGS, chromium
from tests.running_engine import Running, running, until


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("engine") / "home") as engine:
        yield engine


@dataclass(frozen=True)
class Drilled:
    """An engine in a drill, and its cases: one overdue at the county, others in time below it."""

    engine: Running
    overdue: str
    in_time: tuple[str, ...]


@pytest.fixture(scope="session")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drilled]:
    """A day takes 43 s: the two hours of an urgent case are soon over, the five days of others are not."""
    home = tmp_path_factory.mktemp("drill") / "home"
    with running(home, "--speed", "2000", "--epoch", "2026-03-02") as engine:
        urgent = filed(engine, people=12, summary=f"https://example.org/{'unbroken' * 25}")
        in_time = (filed(engine), filed(engine, unit="枫桥镇"))
        with engine.http() as http:
            until(lambda: http.get(f"/api/cases/{urgent}").json().get("overdue"), "the urgent case's breach")
        yield Drilled(engine, urgent, in_time)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with its module: its event loop runs on, and other modules' own could not start beside it."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


def filed(engine: Running, unit: str = "枫桥镇/新择湖村", **fields: object) -> str:
    """The number of a new case, once it is recorded."""
    told = {"summary": "屋后排水沟<script>alert(1)</script>被堵", "parties": "甲某某与乙某某", **fields}
    body = {"procedure": "dispute-mediation", "unit": unit, "fields": told}
    with engine.http() as http:
        number = str(http.post("/api/cases", json=body).json()["id"])
        until(lambda: http.get(f"/api/cases/{number}").is_success, "the filing's record")
    return number
