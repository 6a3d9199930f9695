"""What an operator types, what comes of it, and the exit codes that scripts rely on."""

import json
import os
import re
import subprocess
from contextlib import suppress
from importlib.metadata import version
from typing import Any

import pytest

from tests.running_engine import COMMAND, Running, environment, fengqiao, until

UNIT = "枫桥镇/新择湖村"
FIELDS = ("--set", "summary=屋后排水沟被堵", "--set", "parties=甲户、乙户")


def file(engine: Running, *more: str) -> str:
    done = engine.fengqiao("file", "dispute-mediation", "--unit", UNIT, *FIELDS, *more, "--json")
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["id"])


def ledger(engine: Running, case: str) -> list[dict[str, Any]]:
    """The entries, once the filing itself is recorded."""

    def read() -> list[dict[str, Any]]:
        told = engine.fengqiao("ledger", "show", case, "--json")
        return json.loads(told.stdout)["entries"] if told.returncode == 0 else []

    return until(read, "the record of the filing")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def case(engine: Running) -> str:
    """A case that every refusal leaves as it is."""
    return file(engine)


def on_a_terminal(engine: Running, *arguments: str, columns: int) -> str:
    """What a command shows on a terminal of so many columns."""
    ours, theirs = os.openpty()
    shown = environment(engine.home) | {"COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen([*COMMAND, *arguments], env=shown, stdout=theirs) as command:
        os.close(theirs)
        screen = b""
        with suppress(OSError):  # Linux says so when the last writer has left
            while block := os.read(ours, 65536):
                screen += block
        assert command.wait(60) == 0
    os.close(ours)
    return screen.decode()


def test_filing_tells_number_stage_holders_and_deadline(engine: Running) -> None:
    done = engine.fengqiao("file", "dispute-mediation", "--unit", UNIT, *FIELDS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("D-")
    for told in ("环节：村级调解", "牵头单位", "责任领导", "责任单位", "到期："):
        assert told in done.stdout


def test_the_terminal_speaks_english_when_asked(engine: Running) -> None:
    done = engine.fengqiao("--lang", "en", "file", "dispute-mediation", "--unit", UNIT, *FIELDS)
    assert "stage: Village mediation" in done.stdout


def test_the_same_filing_sent_twice_is_one_case(engine: Running) -> None:
    assert file(engine, "--key", "twice") == file(engine, "--key", "twice")


def test_the_same_action_sent_twice_acts_once(engine: Running) -> None:
    number = file(engine)
    request = (
        "do",
        number,
        "settle",
        "--as",
        "lead",
        "--set",
        "agreement=共同疏通",
        "--key",
        "once",
        "--json",
    )
    first, second = (json.loads(engine.fengqiao(*request).stdout) for _ in range(2))
    assert not first["repeated"]
    assert second["repeated"]
    assert len([e for e in ledger(engine, number) if e["kind"] == "acted"]) == 1


def test_a_request_key_may_be_chinese(engine: Running) -> None:
    assert file(engine, "--key", "新择湖村第3件") == file(engine, "--key", "新择湖村第3件")


def test_show_says_what_an_action_must_bring(engine: Running, case: str) -> None:
    ledger(engine, case)
    told = engine.fengqiao("show", case).stdout
    assert "须填 cause=当事人拒绝|调解不成、routes_told=已告知的其他途径" in told
    assert "police_told_on=YYYY-MM-DD" in told


def test_explain_says_of_a_stopped_clock_that_it_is_stopped(engine: Running) -> None:
    number = file(engine)
    assert (
        engine.fengqiao("do", number, "settle", "--as", "lead", "--set", "agreement=共同疏通").returncode == 0
    )
    until(lambda: "已停止" in engine.fengqiao("explain", number, "--all").stdout, "the action's record")


def test_help_is_chinese_and_the_version_is_ours(tmp_path: Any) -> None:
    assert "选项" in fengqiao(tmp_path, "ls", "--help").stdout
    assert fengqiao(tmp_path, "--version").stdout.strip() == version("fengqiao")


def test_a_case_is_found_by_how_its_number_begins(engine: Running, case: str) -> None:
    ledger(engine, case)
    told = engine.fengqiao("show", case[:11].upper(), "--json")
    assert json.loads(told.stdout)["id"] == case


def test_show_opens_private_fields_and_the_list_does_not(engine: Running, case: str) -> None:
    ledger(engine, case)
    assert "甲户、乙户" in engine.fengqiao("show", case).stdout
    listed = engine.fengqiao("ls", "--json").stdout
    assert case in listed
    assert "甲户" not in listed


def test_the_list_can_be_narrowed(engine: Running, case: str) -> None:
    ledger(engine, case)
    for narrowed, found in (
        (("--level", "village"), True),
        (("--level", "county"), False),
        (("--unit", "枫桥镇"), True),
        (("--unit", "店口镇"), False),
        (("--stage", "village-mediation"), True),
        (("--overdue",), False),
        (("--ended",), False),
    ):
        told = engine.fengqiao("ls", "--limit", "500", *narrowed, "--json")
        assert (case in told.stdout) is found, narrowed


def test_a_narrow_terminal_cuts_neither_number_nor_deadline(engine: Running, case: str) -> None:
    ledger(engine, case)
    screen = on_a_terminal(engine, "ls", "--limit", "500", columns=80)
    (line,) = [line for line in screen.splitlines() if case in line]
    assert re.search(r"剩 \d+ 天 .*\d{4}-\d\d-\d\d 24:00", line)
    assert "…" not in screen


def test_explain_counts_days_and_names_the_clause(engine: Running, case: str) -> None:
    ledger(engine, case)
    told = engine.fengqiao("explain", case).stdout
    assert "村级调解 5个工作日" in told
    assert "起算当日不计" in told
    assert "示例期限" in told


def test_an_ended_case_can_still_be_shown_and_listed(engine: Running) -> None:
    number = file(engine)
    assert engine.fengqiao("do", number, "withdraw", "--as", "party").returncode == 0
    until(lambda: number in engine.fengqiao("ls", "--ended", "--json").stdout, "the end's record")
    assert "撤回" in engine.fengqiao("show", number).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("bogus",), 2, "没有这个命令"),
        (("--lang", "fr", "ls"), 2, "zh 或 en"),
        (("ls", "--lang"), 2, "zh 或 en"),
        (("show",), 2, "缺少 CASE"),
        (("file", "dispute-mediation"), 2, "缺少 --unit"),
        (("ls", "--bogus"), 2, "没有这个选项"),
        (("ls", "--stage", "bogus"), 2, "没有环节 bogus"),
        (("ls", "--level", "bogus"), 2, "没有层级 bogus"),
        (("file", "dispute-mediation", "--unit", "999999", *FIELDS), 2, "没有单位 999999"),
        (("file", "dispute-mediation", "--unit", "新村", *FIELDS), 2, "单位"),
        (("file", "bogus", "--unit", UNIT, *FIELDS), 2, "没有办理程序 bogus"),
        (("file", "dispute-mediation", "--unit", UNIT), 2, "事由（summary）必须填写"),
        (("file", "dispute-mediation", "--unit", UNIT, *FIELDS, "--set", "people=many"), 2, "people"),
        (("file", "dispute-mediation", "--unit", UNIT, *FIELDS, "--set", "nothing"), 2, "名称=值"),
        (("show", "D-0000-0000-0000"), 4, "没有编号"),
        (("explain", "zzz"), 4, "没有编号"),
        (("ledger", "show", "zzz"), 4, "没有编号"),
        (("do", "D-0000-0000-0000", "settle", "--as", "lead"), 4, "没有编号"),
    ],
)
def test_bad_input_is_told_with_its_exit_code(
    engine: Running, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = engine.fengqiao(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stderr.replace("(", "（").replace(")", "）")
    assert not done.stdout


@pytest.mark.parametrize(
    ("action", "code", "said"),
    [
        (("bogus", "--as", "lead"), 2, "没有名为 bogus"),
        (("strike-off", "--as", "lead"), 3, "不能办理 strike-off"),
        (("settle", "--as", "lead"), 2, "agreement"),
        (("settle", "--as", "leader", "--set", "agreement=书面协议"), 3, "不能办理"),
        (("settle", "--as", "查无此人", "--set", "agreement=书面协议"), 3, "查无此人"),
        (("settle", "--as", "lead", "--set", "agreement=书面协议", "--set", "nonsense=1"), 2, "nonsense"),
        (("resume", "--as", "lead"), 3, "中止"),
    ],
)
def test_a_refused_action_changes_nothing(
    engine: Running, case: str, action: tuple[str, ...], code: int, said: str
) -> None:
    before = ledger(engine, case)
    done = engine.fengqiao("do", case, *action)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stderr
    assert ledger(engine, case) == before


def test_a_closed_case_takes_no_action(engine: Running) -> None:
    number = file(engine)
    assert engine.fengqiao("do", number, "withdraw", "--as", "party").returncode == 0
    until(lambda: ledger(engine, number)[-1]["kind"] == "ended", "the end's record")
    before = ledger(engine, number)
    done = engine.fengqiao("do", number, "settle", "--as", "lead", "--set", "agreement=书面协议")
    assert done.returncode == 3
    assert "已办结" in done.stderr
    assert ledger(engine, number) == before


def test_the_ledger_verifies_and_is_derived_anew(engine: Running, case: str) -> None:
    ledger(engine, case)
    done = engine.fengqiao("ledger", "verify", "--recompute")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "台账完好" in done.stdout


def test_procedures_are_listed_with_the_fields_they_ask_for(engine: Running) -> None:
    listed = json.loads(engine.fengqiao("procedures", "ls", "--json").stdout)
    assert {each["name"] for each in listed} >= {"dispute-mediation", "petition"}
    assert "summary*" in engine.fengqiao("procedures", "ls").stdout


def test_login_prints_a_link_that_works_once(engine: Running) -> None:
    link = engine.fengqiao("login").stdout.strip()
    with engine.http() as http:
        assert http.get(link).status_code == 303
        assert http.get(link).status_code == 401


def test_without_a_console_the_exit_code_says_so(tmp_path: Any) -> None:
    missing = fengqiao(tmp_path, "ls")
    assert missing.returncode == 5
    assert "fengqiao up" in missing.stderr
    (tmp_path / "token").write_text("token")
    (tmp_path / "up.json").write_text(
        json.dumps({"console": "http://127.0.0.1:9", "temporal": "", "temporal_ui": "", "process": 1})
    )
    away = fengqiao(tmp_path, "ls")
    assert away.returncode == 5
    assert "没有应答" in away.stderr


def test_a_wrong_token_is_not_let_in(engine: Running, tmp_path: Any) -> None:
    (tmp_path / "token").write_text("wrong")
    (tmp_path / "up.json").write_text((engine.home / "up.json").read_text())
    done = fengqiao(tmp_path, "ls")
    assert done.returncode == 3
    assert "令牌" in done.stderr
