"""Publishing, foretelling and migrating from the command line, and the calendar commands."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from definitions.library import Library
from tests import trial
from tests.running_engine import Running, running, until

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
YEARS = (TODAY.year - 1, TODAY.year, TODAY.year + 1)
BY = ("--as", trial.OFFICIAL)


@pytest.fixture
def name() -> str:
    return trial.a_name("trial")


def written(folder: Path, text: str, name: str = "draft.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def publish(engine: Running, folder: Path, text: str) -> None:
    done = engine.fengqiao("procedures", "publish", written(folder, text), *BY)
    assert done.returncode == 0, done.stderr


def file(engine: Running, procedure: str) -> str:
    done = engine.fengqiao("file", procedure, "--unit", trial.UNIT, "--set", "summary=x", "--json")
    assert done.returncode == 0, done.stderr
    number = str(json.loads(done.stdout)["id"])
    until(lambda: engine.fengqiao("show", number).returncode == 0, "the filing's record")
    return number


def test_a_draft_is_checked_published_and_listed(engine: Running, tmp_path: Path, name: str) -> None:
    draft = written(tmp_path, trial.procedure(name))
    dry = engine.fengqiao("procedures", "publish", draft, "--dry-run")
    assert (dry.returncode, "检查通过，未公布" in dry.stdout) == (0, True)
    done = engine.fengqiao("procedures", "publish", draft, *BY)
    assert (done.returncode, "已公布" in done.stdout) == (0, True)
    assert name in engine.fengqiao("procedures", "ls").stdout


def test_of_several_drafts_none_is_published_if_one_is_faulty(
    engine: Running, tmp_path: Path, name: str
) -> None:
    good = written(tmp_path, trial.procedure(name))
    bad = written(tmp_path, trial.procedure(name, village="5xx"), "bad.yaml")
    done = engine.fengqiao("procedures", "publish", good, bad, *BY)
    assert done.returncode == 2
    assert f"{bad}:23:21: " in done.stderr
    assert name not in engine.fengqiao("procedures", "ls").stdout


def test_publishing_refuses_what_cannot_be_proved_with_the_words_of_verify(
    engine: Running, tmp_path: Path, name: str
) -> None:
    draft = written(tmp_path, trial.stranding(name))
    done = engine.fengqiao("procedures", "publish", draft, *BY)
    assert done.returncode == 2
    verified = engine.fengqiao("procedures", "verify", draft).stdout.splitlines()
    fault = next(line for line in verified if "[stranded]" in line)
    assert fault.strip() in done.stderr


def test_the_same_edition_with_other_content_is_refused(engine: Running, tmp_path: Path, name: str) -> None:
    publish(engine, tmp_path, trial.procedure(name))
    changed = written(tmp_path, trial.procedure(name, village="9wd"))
    done = engine.fengqiao("procedures", "publish", changed, *BY)
    assert done.returncode == 3
    assert "请改 edition" in done.stderr
    assert "5 → 9" in done.stderr


def test_impact_and_a_dry_migration_tell_deadlines_and_change_nothing(
    engine: Running, tmp_path: Path, name: str
) -> None:
    publish(engine, tmp_path, trial.procedure(name))
    number = file(engine, name)
    newer = trial.procedure(name, "2", village="9wd", lead="village-secretary")
    told = engine.fengqiao("procedures", "impact", written(tmp_path, newer))
    assert told.returncode == 0, told.stderr
    for words in (number, " → ", "牵头单位", "期限变动 1 件"):
        assert words in told.stdout
    publish(engine, tmp_path, newer)
    dry = engine.fengqiao("procedures", "migrate", name, "--to", "2")
    assert (dry.returncode, number in dry.stdout, "未办理" in dry.stdout) == (0, True, True)
    assert json.loads(engine.fengqiao("show", number, "--json").stdout)["edition"] == "1"


def test_migrating_moves_open_cases_and_may_be_run_again(engine: Running, tmp_path: Path, name: str) -> None:
    publish(engine, tmp_path, trial.procedure(name))
    number = file(engine, name)
    publish(engine, tmp_path, trial.procedure(name, "2", village="9wd"))
    command = ("procedures", "migrate", name, "--to", "2", "--reason", "县政府令第9号", *BY, "--apply")
    done = engine.fengqiao(*command)
    assert (done.returncode, number in done.stdout, "1 件已改用" in done.stdout) == (0, True, True)
    again = json.loads(engine.fengqiao(*command, "--json").stdout)
    assert (again["done"], again["already"], again["refused"]) == (0, 1, 0)
    assert "改用2版:县政府令第9号" in engine.fengqiao("ledger", "show", number).stdout
    assert engine.fengqiao("ledger", "verify", number, "--recompute").returncode == 0


def test_a_case_that_does_not_fit_is_told_with_its_exit_code(
    engine: Running, tmp_path: Path, name: str
) -> None:
    publish(engine, tmp_path, trial.procedure(name))
    file(engine, name)
    publish(engine, tmp_path, trial.procedure(name, "2", stage="village-first"))
    done = engine.fengqiao("procedures", "migrate", name, "--to", "2", "--reason", "x", *BY, "--apply")
    assert done.returncode == 3
    assert "stage-missing" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("publish", "nosuch.yaml", *BY), "nosuch.yaml:1:1"),
        (("impact",), "--calendar"),
        (("migrate", "petition", "--to", "9"), "没有公布过 9 版"),
        (("migrate", "petition", "--to", "2026.1", "--apply"), "--reason"),
    ],
)
def test_bad_input_is_told(engine: Running, arguments: tuple[str, ...], said: str) -> None:
    done = engine.fengqiao("procedures", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_calendar_is_foretold_and_published_and_open_cases_count_anew(
    engine: Running, tmp_path: Path, name: str
) -> None:
    known = trial.a_name("year")
    first = engine.fengqiao("calendar", "publish", written(tmp_path, trial.calendar(known, "1", *YEARS)), *BY)
    assert first.returncode == 0, first.stderr
    publish(engine, tmp_path, trial.procedure(name, calendar=known))
    number = file(engine, name)
    off = tuple(TODAY + timedelta(days=n) for n in (1, 2, 3, 4, 5))
    newer = written(tmp_path, trial.calendar(known, "2", *YEARS, days_off=off))
    dry = engine.fengqiao("calendar", "publish", newer, "--dry-run")
    assert (dry.returncode, number in dry.stdout, "期限变动 1 件" in dry.stdout) == (0, True, True)
    assert number in engine.fengqiao("procedures", "impact", "--calendar", newer).stdout
    done = engine.fengqiao("calendar", "publish", newer, *BY, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["done"], told["published"]["edition"]) == (0, 1, "2")
    again = json.loads(engine.fengqiao("calendar", "publish", newer, *BY, "--json").stdout)
    assert (again["done"], again["already"], again["published"]["repeated"]) == (0, 1, True)


def test_a_calendar_is_found_by_its_name_among_the_definitions(engine: Running) -> None:
    done = engine.fengqiao("calendar", "publish", "cn", "--dry-run")
    assert done.returncode == 0, done.stderr
    missing = engine.fengqiao("calendar", "publish", "nosuch", *BY)
    assert (missing.returncode, "nosuch" in missing.stderr) == (2, True)


def test_check_warns_of_a_missing_year_with_an_exit_code_of_its_own(
    engine: Running, tmp_path: Path, name: str
) -> None:
    known = trial.a_name("year")
    old = written(tmp_path, trial.calendar(known, "1", TODAY.year - 1))
    assert engine.fengqiao("calendar", "publish", old, *BY).returncode == 0
    publish(engine, tmp_path, trial.procedure(name, calendar=known))
    file(engine, name)
    told = engine.fengqiao("calendar", "check")
    assert told.returncode == 7
    assert f"日历 {known} 尚未载入 {TODAY.year} 年" in told.stdout
    (mine,) = (
        each
        for each in json.loads(engine.fengqiao("calendar", "check", "--json").stdout)
        if each["calendar"] == known
    )
    assert mine["provisional"] == 1
    new = written(tmp_path, trial.calendar(known, "2", *YEARS))
    assert engine.fengqiao("calendar", "publish", new, *BY).returncode == 0
    assert f"日历 {known} 尚未载入" not in engine.fengqiao("calendar", "check").stdout


def test_the_start_of_an_engine_tells_of_a_year_that_is_missing(tmp_path: Path) -> None:
    last = max(year.year for year in Library.load(None, "zhuji").calendars["cn"].years)
    with running(tmp_path / "home", "--speed", "1", "--epoch", f"{last}-11-02"):
        log = tmp_path / "home.up.log"
        until(lambda: "Ctrl-C" in log.read_text(encoding="utf-8"), "the end of the greeting")
        assert f"日历 cn 尚未载入 {last + 1} 年" in log.read_text(encoding="utf-8")
