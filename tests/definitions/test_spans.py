"""Limits in different units: one is no longer than another only where that is certain."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import clock as clocks
from casework.budget import parse_budget
from casework.procedure import ClockRule
from definitions.library import Library
from definitions.overlay.spans import within


@pytest.mark.parametrize(
    ("new", "old", "proven"),
    [
        ("15d", "15d", True),
        ("16d", "15d", False),
        ("5wd", "5wd", True),
        ("5wd", "15d", True),
        ("5wd", "13d", False),
        ("5d", "5wd", True),
        ("8d", "5wd", False),
        ("360h", "15d", True),
        ("361h", "15d", False),
        ("120h", "5wd", True),
        ("2h", "2wh", True),
        ("3h", "2wh", False),
        ("2wh", "2h", False),
        ("1d", "48h", False),
        ("8wh", "1wd", False),
        ("401wd", "9999d", False),
    ],
)
def test_a_limit_in_another_unit_must_be_proven_no_longer(
    library: Library, new: str, old: str, proven: bool
) -> None:
    assert within(parse_budget(new), parse_budget(old), library.calendars["cn"]) == proven


AMOUNTS = st.builds(lambda n, unit: f"{n}{unit}", st.integers(1, 90), st.sampled_from(["d", "wd", "h", "wh"]))


@settings(deadline=None)
@given(AMOUNTS, AMOUNTS, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.times())
def test_a_limit_proven_no_longer_never_ends_later(
    library: Library, new: str, old: str, day: date, at: time
) -> None:
    calendar = library.calendars["cn"]
    budgets = parse_budget(new), parse_budget(old)
    if not within(*budgets, calendar):
        return
    ends = []
    for budget in budgets:
        rule = ClockRule("x", library.procedures["petition"].title, budget, ())
        state = clocks.start(rule, calendar.instant(day, at))
        deadline = clocks.deadline(rule, calendar, state)
        assert deadline
        ends.append(deadline.at)
    assert ends[0] <= ends[1]
