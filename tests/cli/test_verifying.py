"""``fengqiao procedures verify``: what it says in both languages, its options and exit codes."""

import json
from pathlib import Path

import pytest

from cli.failure import Exit
from cli.main import run
from definitions.library import SHIPPED

FAULTY = Path(__file__).parents[1] / "definitions" / "faulty"
STRANDED = FAULTY / "25-village-forgets-the-township.yaml"
BOUNCED = FAULTY / "54-bounced-for-ever.yaml"
SOUND = SHIPPED / "procedures" / "petition-suggestion.yaml"


@pytest.fixture(autouse=True)
def _shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FENGQIAO_DEFINITIONS", "FENGQIAO_COUNTY"):
        monkeypatch.delenv(name, raising=False)


def verify(*arguments: str | Path, language: str = "en") -> int:
    return run(["--lang", language, "procedures", "verify", *map(str, arguments)])


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", f"缺陷 [stranded] {STRANDED}:29:3: 事项在环节 village-stage 超期后"),
     ("en", f"fault [stranded] {STRANDED}:29:3: overdue at village-stage")],
)  # fmt: skip
def test_a_fault_is_told_at_its_place_with_its_story(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(STRANDED, language=language) == Exit.BAD_INPUT
    out = capsys.readouterr().out
    assert words in out
    assert "    expect: {stage: village-stage}" in out


def test_what_was_explored_and_the_longest_waits_and_life_are_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert verify(SOUND) == Exit.OK
    out = capsys.readouterr().out
    assert "petition-suggestion 2026.1: proven (" in out
    assert "no bound hit" in out
    assert "40 d township-study" in out
    assert "15d township-reception + 30d township-study + 30d county-study → adopted" in out


def test_a_warning_takes_one_line_and_tells_its_story_where_it_is_asked_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert verify(BOUNCED) == Exit.OK
    short = capsys.readouterr().out
    assert "warning [endless-loop]" in short
    assert "scenario:" not in short
    assert verify(BOUNCED, "--stories") == Exit.OK
    assert "scenario:" in capsys.readouterr().out


def test_json_tells_everything_and_its_story_is_a_scenario_that_simulate_plays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(STRANDED, "--json") == Exit.BAD_INPUT
    told = json.loads(capsys.readouterr().out)
    (procedure,) = told["procedures"]
    (finding,) = [each for each in procedure["findings"] if not each["warning"]]
    assert (told["ok"], procedure["proven"], procedure["complete"]) == (False, False, True)
    assert (finding["code"], finding["line"], finding["column"]) == ("stranded", 29, 3)
    story = tmp_path / "story.yaml"
    story.write_text(finding["scenario"], "utf-8")
    assert run(["procedures", "simulate", str(STRANDED), "--scenario", str(story)]) == Exit.OK


def test_a_bound_that_was_hit_is_said_and_nothing_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(SOUND, "--shapes", "3") == Exit.BAD_INPUT
    out = capsys.readouterr().out
    assert "BOUND HIT" in out
    assert "[not-proven]" in out


def test_a_county_may_ask_for_less_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(SOUND, "--silence", "10") == Exit.BAD_INPUT
    assert "[silent]" in capsys.readouterr().out
    assert verify(SOUND, "--top", "20") == Exit.BAD_INPUT
    assert "[top-too-late]" in capsys.readouterr().out


def test_what_cannot_be_loaded_is_told_like_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(tmp_path / "none.yaml") == Exit.BAD_INPUT
    assert f"fault [definition] {tmp_path / 'none.yaml'}:1:1: cannot be read" in capsys.readouterr().out
