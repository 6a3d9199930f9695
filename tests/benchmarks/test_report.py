"""The figures that the project publishes: made by a run, told with their targets, in both languages."""

import re
from dataclasses import replace

import pytest

from benchmarks.figures import Figure, Measured, p95
from benchmarks.report import DOCS, markdown, read
from casework.procedure import Text

FIGURE = Figure(Text("中位数", "median"), 0.5, "s", 0.5)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (FIGURE, "| median 中位数 | 0.5 s | ≤ 0.5 s | met 达到 |"),
        (replace(FIGURE, value=0.5004), "| median 中位数 | 0.5 s | ≤ 0.5 s | MISSED 未达到 |"),
        (replace(FIGURE, value=12345.6, unit="/s", limit=None), "| median 中位数 | 12,346 /s |  |  |"),
    ],
)
def test_a_figure_is_told_with_its_target_and_whether_it_was_met(figure: Figure, told: str) -> None:
    measured = Measured(Text("测", "measured"), (figure,))
    assert told in markdown(replace(read(), results={"one": measured}))


def test_the_published_page_is_what_the_last_run_gave() -> None:
    assert (DOCS / "benchmarks.md").read_text(encoding="utf-8") == markdown(read())


def test_what_was_measured_is_said_in_both_languages() -> None:
    for measured in read().results.values():
        assert re.search(r"[\u4e00-\u9fff]", measured.what.zh)
        assert not re.search(r"[\u4e00-\u9fff]", measured.what.en)


def test_of_a_hundred_samples_five_lie_above_the_95th_percentile() -> None:
    samples = [float(n) for n in range(100)]
    assert sum(sample > p95(samples) for sample in samples) == 5
