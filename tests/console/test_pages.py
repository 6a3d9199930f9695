"""The county's pages in a real browser, at a desk and on a phone, in Chinese and English."""

import re
from collections.abc import Iterator
from html import unescape
from uuid import uuid4

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.console.browsing import DESKTOP, PHONE, View, Visit, visit
from tests.console.conftest import Drilled, filed
from tests.running_engine import Running

VIEWS = [
    pytest.param(View(size, language), id=f"{name}-{language}")
    for name, size in (("desktop", DESKTOP), ("phone", PHONE))
    for language in ("zh", "en")
]
NIGHT = pytest.param(View(DESKTOP, "zh", "dark"), id="desktop-zh-night")
PAGES = ["board", "case"]
PRIVATE = "甲某某与乙某某"
_STICKS_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
                    || each.getBoundingClientRect().left < -1)
  .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(params=VIEWS)
def visitor(request: pytest.FixtureRequest, browser: Browser, drilled: Drilled) -> Iterator[Visit]:
    """Someone signed in. Whatever they do, the pages ask for nothing elsewhere and say no error."""
    begun = visit(browser, drilled.engine, request.param)
    yield begun
    faults = begun.faults()
    begun.page.context.close()
    assert faults == []


@pytest.fixture
def desk(browser: Browser, drilled: Drilled) -> Iterator[Visit]:
    """The same at a desk, in Chinese."""
    begun = visit(browser, drilled.engine, View(DESKTOP, "zh"))
    yield begun
    begun.page.context.close()


def opened(visitor: Visit, which: str, drilled: Drilled) -> Page:
    """The board, or the page of the overdue case with all its days shown."""
    if which == "board":
        page = visitor.open("/")
        page.get_by_text(drilled.overdue).wait_for()
        return page
    page = visitor.open(f"/cases/{drilled.overdue}")
    for clock in page.locator("details.clock summary").all():
        clock.click()
    return page


@pytest.mark.parametrize("which", PAGES)
def test_nothing_sticks_out_sideways(visitor: Visit, drilled: Drilled, which: str) -> None:
    page = opened(visitor, which, drilled)
    assert page.evaluate("document.documentElement.scrollWidth") <= visitor.view.size[0]
    assert page.evaluate(_STICKS_OUT) == []


@pytest.mark.parametrize("visitor", [*VIEWS, NIGHT], indirect=True)
@pytest.mark.parametrize("which", PAGES)
def test_nobody_is_shut_out_as_far_as_axe_can_tell(visitor: Visit, drilled: Drilled, which: str) -> None:
    found = Axe().run(opened(visitor, which, drilled))
    assert found.violations_count == 0, found.generate_report()


def test_what_is_overdue_stands_first_on_the_board_and_says_whose_it_is(
    visitor: Visit, drilled: Drilled
) -> None:
    page = opened(visitor, "board", drilled)
    first = page.locator("main section").first
    told = first.inner_text()
    for words in (
        drilled.overdue,
        visitor.say("▲ 超期", "▲ overdue"),
        "汤明寿",
        visitor.say("紧急处置", "Urgent response"),
    ):
        assert words in told
    links = page.locator("main a").all_inner_texts()
    assert links[0] == drilled.overdue
    assert links.count(drilled.overdue) == 1
    assert set(drilled.in_time) <= set(links)


def test_a_drill_is_marked_as_one_on_every_page(visitor: Visit, drilled: Drilled) -> None:
    for which in PAGES:
        page = opened(visitor, which, drilled)
        assert page.get_by_text(visitor.say("演练 ×2000", "drill ×2000")).is_visible()


def test_the_board_says_in_its_figures_how_many_are_overdue(visitor: Visit, drilled: Drilled) -> None:
    page = opened(visitor, "board", drilled)
    figure = page.locator(".figures span").first.inner_text()
    assert figure.split() == visitor.say("1 件超期", "1 overdue").split()


def test_a_case_page_says_first_how_late_it_is_and_whose(visitor: Visit, drilled: Drilled) -> None:
    page = opened(visitor, "case", drilled)
    told = page.locator(".now").inner_text()
    assert visitor.say("▲ 超期", "▲ overdue") in told
    assert "汤明寿" in told
    assert page.locator("details.clock").first.get_by_text(visitor.say("▲ 超期", "▲ overdue")).is_visible()


def test_the_board_shows_a_new_case_without_reload(visitor: Visit, drilled: Drilled) -> None:
    page = opened(visitor, "board", drilled)
    page.evaluate("window.stayed = true")
    number = filed(drilled.engine)
    page.locator("section", has=page.locator("#lane-village")).get_by_text(number).wait_for(timeout=15_000)
    assert page.evaluate("window.stayed")


def test_a_case_page_shows_what_was_just_done_without_reload(visitor: Visit, drilled: Drilled) -> None:
    case, done = drilled.in_time[0], f"已到现场查看 {uuid4().hex[:6]}"
    page = visitor.open(f"/cases/{case}")
    page.evaluate("window.stayed = true")
    body = {"action": "note", "as": "lead", "fields": {"progress": done}}
    with drilled.engine.http() as http:
        assert http.post(f"/api/cases/{case}/actions", json=body).status_code == 200
    page.locator(".timeline").get_by_text(done).wait_for(timeout=15_000)
    assert page.evaluate("window.stayed")


def test_a_case_page_counts_the_days_of_a_limit(desk: Visit, drilled: Drilled) -> None:
    page = desk.open(f"/cases/{drilled.in_time[0]}")
    village = page.locator("details.clock", has_text="村级调解")
    assert not village.locator(".days").is_visible()
    village.locator("summary").click()
    assert village.locator(".days .counted").count() == 5


def test_a_case_page_shows_a_repeated_reminder_once_with_how_often_it_came(
    desk: Visit, drilled: Drilled
) -> None:
    page = desk.open(f"/cases/{drilled.overdue}")
    page.locator(".timeline").get_by_text("次").first.wait_for(timeout=30_000)
    assert page.locator(".timeline > li").count() < 8


def test_a_case_page_is_told_anew_when_a_new_day_begins_and_not_before(engine: Running) -> None:
    case = filed(engine)
    with engine.http() as http:
        http.get(http.post("/api/login-codes").json()["path"])
        again = re.search(r'hx-get="([^"]+)"', http.get(f"/cases/{case}").text)
        assert again
        asked = unescape(again[1])
        assert http.get(asked).status_code == 204
        yesterday = re.sub(r"day=[\d-]+", "day=2026-01-01", asked)
        assert case in http.get(yesterday).text


def test_what_is_private_or_markup_stays_so_on_a_case_page(desk: Visit, drilled: Drilled) -> None:
    page = desk.open(f"/cases/{drilled.in_time[0]}")
    assert page.get_by_text("<script>alert(1)</script>").is_visible()
    assert PRIVATE not in page.content()
    assert page.get_by_text("已密封").first.is_visible()


def test_a_script_that_is_not_ours_is_refused_and_noted(desk: Visit) -> None:
    page = desk.open("/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.x = 1'}))"
    )
    assert page.evaluate("window.x") is None
    assert any("script-src" in fault for fault in desk.faults())


def test_without_a_session_there_is_no_page(engine: Running) -> None:
    for path in ("/", "/board", "/cases/D-0000-0000-0000", "/cases/D-0000-0000-0000/since/0"):
        answer = httpx.get(engine.console + path, trust_env=False)
        assert answer.status_code == 401
        assert "请先登录" in answer.text


def test_a_session_cookie_is_out_of_reach_for_scripts_and_other_sites(engine: Running) -> None:
    with engine.http() as http:
        answer = http.get(http.post("/api/login-codes").json()["path"])
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_every_answer_forbids_what_is_not_ours(engine: Running) -> None:
    for path in ("/", "/api/health", "/static/fengqiao.css"):
        policy = httpx.get(engine.console + path, trust_env=False).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
