"""Without a browser the page tests must not pass in silence."""

import pytest

from tests.console.browsing import chromium


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_browser")
def test_without_chromium_the_page_tests_say_loudly_that_they_were_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="PAGES WERE NOT TESTED"):
        chromium()


@pytest.mark.usefixtures("no_browser")
def test_without_chromium_the_page_tests_fail_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NO CHROMIUM"):
        chromium()
