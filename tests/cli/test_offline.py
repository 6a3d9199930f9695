"""The commands that need no server: simulate, draw and diff, what they say and their exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cli.main import run
from definitions.library import SHIPPED

SCENARIOS = Path(__file__).parents[1] / "scenarios"
DISPUTE = SHIPPED / "procedures" / "dispute-mediation.yaml"
NOBODY = ("dispute-mediation", "--unit", "枫桥镇/枫源村", "--filed", "2026-03-02 10:00", "--nobody-acts")


class Done:
    """What a command line came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def procedures(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("FENGQIAO_DEFINITIONS", "FENGQIAO_COUNTY"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str | Path, language: str = "zh") -> Done:
        monkeypatch.setenv("FENGQIAO_LANG", language)
        code = run(["procedures", *map(str, arguments)])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return command


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str, str], Path]:
    """The shipped mediation procedure with some words replaced, in a file of its own."""

    def make(old: str, new: str) -> Path:
        path = tmp_path / "draft.yaml"
        text = DISPUTE.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return make


def test_with_nobody_acting_the_case_climbs_village_township_county(procedures: Command) -> None:
    told = procedures("simulate", *NOBODY)
    assert told.code == 0, told.err
    order = [told.out.index(words) for words in ("进入环节“村级调解”", "提至“乡镇调解”", "提至“县级调解”")]
    assert order == sorted(order)
    assert "2026-03-10 00:00" in told.out
    assert "仍在“县级调解”" in told.out
    assert "已超期" in told.out
    assert "2026-06-02 08:30  无处可提，持续催办" in told.out


def test_the_story_ends_at_the_third_reminder_of_the_top_unless_told_otherwise(procedures: Command) -> None:
    entries = procedures("simulate", *NOBODY, "--json").json["entries"]
    assert max(entry["detail"]["count"] for entry in entries if entry["kind"] == "held") == 3
    told = procedures("simulate", *NOBODY, "--until", "2026-03-10", "--json").json
    assert told["until"] == "2026-03-10T16:00:00Z"
    assert told["stage"] == "township-mediation"


def test_what_was_not_given_is_taken_from_examples_and_said_so(procedures: Command) -> None:
    told = procedures("simulate", *NOBODY, "--field", "parties=甲与乙")
    assert "未填，用示例值：事由 = （示例）事由" in told.out
    assert "示例值：当事人" not in told.out
    assert procedures("simulate", *NOBODY, "--json").json["assumed"].keys() == {"summary", "parties"}


def test_given_fields_decide_where_the_case_begins(procedures: Command) -> None:
    told = procedures("simulate", *NOBODY, "--field", "violence_risk=true", "--json").json
    assert next(e["stage"] for e in told["entries"] if e["kind"] == "entered") == "county-response"


@pytest.mark.parametrize("name", sorted(path.stem for path in DISPUTE.parent.glob("*.yaml")))
def test_every_shipped_procedure_can_be_left_alone_and_is_never_silent(
    procedures: Command, name: str
) -> None:
    told = procedures("simulate", name, "--filed", "2026-03-02 10:00", "--nobody-acts", "--json")
    assert told.code == 0, told.err
    assert told.json["outcome"] or told.json["due"]


def test_without_a_unit_one_is_chosen_and_said(procedures: Command) -> None:
    told = procedures("simulate", "dispute-mediation", "--filed", "2026-03-02", "--nobody-acts")
    assert told.code == 0
    assert "未写 --unit，自动选取" in told.out
    assert "岗位空缺" not in told.out


def test_json_holds_every_entry_and_every_notice_whole(procedures: Command) -> None:
    told = procedures("simulate", *NOBODY, "--json").json
    assert [entry["number"] for entry in told["entries"]] == list(range(1, len(told["entries"]) + 1))
    assert {
        "at",
        "kind",
        "stage",
        "level",
        "post",
        "official",
        "clock",
        "rung",
        "basis",
        "detail",
        "text",
    } <= (told["entries"][0].keys())
    first = told["notices"][0]
    assert first["kind"] == "assigned"
    assert first["text"]["en"].startswith("[assigned to you]")
    assert [due["kind"] for due in told["due"]] == ["rung", "hold"]


@pytest.mark.parametrize(
    ("name", "story"),
    [
        ("dispute-mediation", "main-way"),
        ("petition", "petition-joint"),
        ("administrative-review", "review-silence"),
    ],
)
def test_a_scenario_is_played_and_met(procedures: Command, name: str, story: str) -> None:
    told = procedures("simulate", name, "--scenario", SCENARIOS / f"{story}.yaml")
    assert told.code == 0, told.out + told.err
    assert "与情景所写一致。" in told.out


def test_refused_steps_stand_in_the_story_with_their_reason(procedures: Command) -> None:
    told = procedures(
        "simulate", "dispute-mediation", "--scenario", SCENARIOS / "refusals.yaml", language="en"
    )
    assert "refused: setle, there is no action setle; did you mean settle?" in told.out
    plain = procedures(
        "simulate", "dispute-mediation", "--scenario", SCENARIOS / "refusals.yaml", "--json"
    ).json
    assert plain["refused"][0]["code"] == "untimely-action"


def test_a_scenario_that_ends_otherwise_is_told_with_exit_1(procedures: Command, tmp_path: Path) -> None:
    text = (SCENARIOS / "nobody-acts.yaml").read_text(encoding="utf-8")
    path = tmp_path / "wrong.yaml"
    path.write_text(
        text.replace("stage: county-mediation\n", "stage: village-mediation\n", 1), encoding="utf-8"
    )
    told = procedures("simulate", "dispute-mediation", "--scenario", path)
    assert told.code == 1
    assert "与情景所写不符" in told.out
    assert "处于 county-mediation，而非 village-mediation" in told.out
    plain = procedures("simulate", "dispute-mediation", "--scenario", path, "--json")
    assert plain.code == 1
    assert plain.json["expected"]["met"] is False


def test_a_draft_can_be_played_by_the_scenarios_of_what_it_replaces(
    procedures: Command, draft: Callable[[str, str], Path]
) -> None:
    told = procedures(
        "simulate", draft("budget: 5wd", "budget: 6wd"), "--scenario", SCENARIOS / "nobody-acts.yaml"
    )
    assert told.code == 1
    assert "2026-03-06 08:30 reminded" in told.out


def test_a_scenario_of_more_than_ten_years_is_refused(procedures: Command, tmp_path: Path) -> None:
    text = (SCENARIOS / "nobody-acts.yaml").read_text(encoding="utf-8")
    path = tmp_path / "endless.yaml"
    path.write_text(text.replace("until: 2026", "until: 2926", 1), encoding="utf-8")
    told = procedures("simulate", "dispute-mediation", "--scenario", path)
    assert told.code == 2
    assert "超过十年" in told.err


def test_the_timeline_is_drawn_in_the_language_asked_for(procedures: Command, tmp_path: Path) -> None:
    for language, words in (("zh", "提级办理"), ("en", "escalated")):
        path = tmp_path / f"{language}.svg"
        assert procedures("simulate", *NOBODY, "--svg", path, language=language).code == 0
        root = ET.parse(path).getroot()  # noqa: S314 - drawn by us
        shown = [element.text or "" for element in root.iter() if element.tag.endswith("}text")]
        assert any(words in text for text in shown)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bogus",), "没有办理程序 bogus"),
        (("dispute-mediaton",), "是否想写 dispute-mediation"),
        (("nowhere.yaml",), "nowhere.yaml:1:1"),
        (("dispute-mediation",), "事由(summary)必须填写；请加 --field"),
        (("dispute-mediation", "--nobody-acts", "--field", "summary"), "--field summary：应写作 名称=值"),
        (
            ("dispute-mediation", "--nobody-acts", "--field", "sumary=x"),
            "没有名为 sumary 的字段;是否想写 summary",
        ),
        (("dispute-mediation", "--nobody-acts", "--field", "people=many"), "应为整数"),
        (("dispute-mediation", "--nobody-acts", "--unit", "无此村"), "没有单位 无此村"),
        (("dispute-mediation", "--nobody-acts", "--unit", "新"), "不止一个单位"),
        (("dispute-mediation", "--nobody-acts", "--filed", "昨天"), "--filed 昨天"),
        (("dispute-mediation", "--nobody-acts", "--filed", "2026-03-02T10:00+08:00"), "当地时刻"),
        (("dispute-mediation", "--nobody-acts", "--filed", "2026-02-30"), "--filed 2026-02-30"),
        ((*NOBODY, "--until", "2026-01-01"), "十年以内"),
        ((*NOBODY, "--until", "2099-01-01"), "十年以内"),
        ((*NOBODY, "--svg", "/nowhere/picture.svg"), "写不了 /nowhere/picture.svg"),
        (("dispute-mediation", "--scenario", "nowhere.yaml"), "nowhere.yaml:1:1"),
        (("dispute-mediation", "--scenario", "x.yaml", "--unit", "枫桥镇"), "不能再加其他选项"),
        (("petition", "--scenario", str(SCENARIOS / "nobody-acts.yaml")), "讲的是程序 dispute-mediation"),
    ],
)
def test_bad_input_to_simulate_is_told_and_nothing_is_played(
    procedures: Command, arguments: tuple[str, ...], said: str
) -> None:
    told = procedures("simulate", *arguments)
    assert told.code == 2
    assert said in told.err
    assert not told.out


@pytest.mark.parametrize(
    ("options", "begins"),
    [
        ((), "<svg "),
        (("--format", "svg"), "<svg "),
        (("--format", "mermaid"), "%% 矛盾纠纷逐级调解"),
        (("--format", "bpmn"), "<?xml version"),
    ],
)
def test_a_procedure_is_drawn_to_the_terminal(
    procedures: Command, options: tuple[str, ...], begins: str
) -> None:
    drawn = procedures("draw", "dispute-mediation", *options)
    assert drawn.code == 0
    assert drawn.out.startswith(begins)


@pytest.mark.parametrize(
    ("suffix", "holds"), [("svg", "</svg>"), ("mmd", "flowchart BT"), ("bpmn", "bpmn:userTask")]
)
def test_the_suffix_of_the_file_says_what_is_drawn(
    procedures: Command, tmp_path: Path, suffix: str, holds: str
) -> None:
    path = tmp_path / f"picture.{suffix}"
    drawn = procedures("draw", DISPUTE, "--out", path)
    assert drawn.code == 0
    assert str(path) in drawn.out
    assert holds in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bogus",), "没有办理程序 bogus"),
        (("petition", "--format", "png"), "--format 的值有误：png"),
        (("petition", "--out", "picture.png"), "请加 --format"),
        (("petition", "--out", "/nowhere/picture.svg"), "写不了"),
    ],
)
def test_bad_input_to_draw_is_told(procedures: Command, arguments: tuple[str, ...], said: str) -> None:
    told = procedures("draw", *arguments)
    assert told.code == 2
    assert said in told.err


def test_two_editions_that_mean_the_same_exit_0(
    procedures: Command, draft: Callable[[str, str], Path]
) -> None:
    same = procedures("diff", "dispute-mediation", draft("edition:", "# 说明\nedition:"))
    assert same.code == 0
    assert "没有差别" in same.out


def test_two_editions_that_differ_exit_1_with_old_and_new(
    procedures: Command, draft: Callable[[str, str], Path]
) -> None:
    path = draft("budget: 5wd", "budget: 3wd")
    told = procedures("diff", "dispute-mediation", path)
    assert told.code == 1
    assert "缩短：5个工作日 → 3个工作日" in told.out
    assert (
        "shortened: 5 working days → 3 working days" in procedures("diff", DISPUTE, path, language="en").out
    )
    plain = procedures("diff", "dispute-mediation", path, "--json")
    assert plain.code == 1
    (difference,) = plain.json["differences"]
    assert difference.pop("words")["zh"] == "环节“村级调解” › 时限 › 期限 | 缩短：5个工作日 → 3个工作日"
    assert [difference] == [
        {
            "where": ["stages", "village-mediation", "clock", "budget"],
            "kind": "shortened",
            "old": {"amount": 5, "unit": "wd"},
            "new": {"amount": 3, "unit": "wd"},
        }
    ]


def test_a_faulty_file_is_told_by_line_and_column(
    procedures: Command, draft: Callable[[str, str], Path]
) -> None:
    path = draft("budget: 5wd", "budget: 5 days")
    for command in (("diff", "petition", path), ("draw", path), ("simulate", path, "--nobody-acts")):
        told = procedures(*command)
        assert told.code == 2
        assert told.err.startswith(f"{path}:6")


def test_help_loads_neither_definitions_nor_drawing() -> None:
    """Help answers at once; what a command needs is loaded when it is called."""
    script = (
        "import sys; from cli.main import run; run(['--help']); run(['procedures', '--help']);"
        "heavy = ('definitions', 'casework', 'yaml', 'xml.etree');"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "simulate" in done.stdout
