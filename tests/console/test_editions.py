"""Editions over the API, on the real engine: what is published, foretold, and done to cases under way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests import trial
from tests.running_engine import Running, running, until

BY = {"as": trial.OFFICIAL}
REASON = "县政府令第9号"


@pytest.fixture(scope="module")
def http(engine: Running) -> Iterator[httpx.Client]:
    with engine.http() as http:
        yield http


@pytest.fixture
def name() -> str:
    return trial.a_name("trial")


def publish(http: httpx.Client, text: str, kind: str = "procedures", **more: Any) -> httpx.Response:
    return http.post(f"/api/{kind}", json={"file": "draft.yaml", "text": text, **BY, **more})


def published(http: httpx.Client, text: str, kind: str = "procedures") -> dict[str, Any]:
    answer = publish(http, text, kind)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def file(http: httpx.Client, procedure: str) -> str:
    """A case of a procedure, once it is recorded."""
    body = {"procedure": procedure, "unit": trial.UNIT, "fields": {"summary": "x"}}
    answer = http.post("/api/cases", json=body, headers={"Idempotency-Key": uuid4().hex})
    assert answer.status_code == 201, answer.text
    number = str(answer.json()["id"])
    until(lambda: http.get(f"/api/cases/{number}").is_success, "the filing's record")
    return number


def impact(http: httpx.Client, text: str, kind: str = "procedures") -> dict[str, Any]:
    answer = http.post(f"/api/{kind}/impact", json={"file": "draft.yaml", "text": text})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def migrate(http: httpx.Client, procedure: str, to: str, **more: Any) -> httpx.Response:
    body = {"to": to, "reason": REASON, **BY, **more}
    return http.post(f"/api/procedures/{procedure}/migrations", json=body)


def now(http: httpx.Client) -> datetime:
    """The time that new cases live in."""
    return datetime.fromisoformat(http.get("/api/health").json()["time"])


def due(http: httpx.Client, number: str, clock: str = "village-work") -> str:
    told = http.get(f"/api/cases/{number}").json()
    return next(str(each["day"]) for each in told["deadlines"] if each["clock"] == clock)


def settled(http: httpx.Client, number: str, kind: str) -> list[dict[str, Any]]:
    """The entries of a case, once one of that kind is recorded."""

    def entries() -> list[dict[str, Any]]:
        found = http.get(f"/api/ledger/{number}").json()["entries"]
        return found if any(each["kind"] == kind for each in found) else []

    return until(entries, f"an entry {kind}")  # type: ignore[no-any-return]


def test_a_published_edition_can_be_filed_under_at_once_and_tells_by_whom(
    http: httpx.Client, name: str
) -> None:
    told = published(http, trial.procedure(name))
    assert (told["name"], told["edition"], told["repeated"], told["before"]) == (name, "1", False, "")
    number = file(http, name)
    assert http.get(f"/api/cases/{number}").json()["edition"] == "1"
    (listed,) = (each for each in http.get("/api/procedures").json() if each["name"] == name)
    assert listed["since"] == told["since"]
    assert listed["by"] == told["by"] != ""


def test_a_newer_edition_is_filed_under_and_cases_under_way_keep_theirs(
    http: httpx.Client, name: str
) -> None:
    published(http, trial.procedure(name))
    old = file(http, name)
    assert published(http, trial.procedure(name, "2", village="9wd"))["before"] == "1"
    assert http.get(f"/api/cases/{file(http, name)}").json()["edition"] == "2"
    assert http.get(f"/api/cases/{old}").json()["edition"] == "1"


def test_publishing_the_same_again_changes_nothing(http: httpx.Client, name: str) -> None:
    first, again = (published(http, trial.procedure(name)) for _ in range(2))
    assert again == {**first, "repeated": True, "before": "1"}


def test_the_same_edition_with_other_content_is_refused_with_what_differs(
    http: httpx.Client, name: str
) -> None:
    published(http, trial.procedure(name))
    answer = publish(http, trial.procedure(name, village="9wd"))
    assert (answer.status_code, answer.json()["code"]) == (409, "edition-taken")
    assert "stages.village-work.clock.budget.amount: 5 → 9" in answer.json()["detail_en"]


def test_a_shipped_edition_keeps_its_name_too(http: httpx.Client) -> None:
    text = trial.procedure("petition", "2026.1")
    assert publish(http, text).json()["code"] == "edition-taken"


def test_a_trial_run_of_publishing_records_nothing(http: httpx.Client, name: str) -> None:
    assert publish(http, trial.procedure(name), dry_run=True).json()["since"] is None
    assert name not in http.get("/api/procedures").text


@pytest.mark.parametrize(
    ("text", "place"),
    [("procedure: [", "draft.yaml:1:13"), (trial.procedure("x", village="5xx"), "draft.yaml:23:21")],
)
def test_a_fault_in_a_draft_is_told_with_its_place(http: httpx.Client, text: str, place: str) -> None:
    answer = publish(http, text)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-definition")
    assert f"{place}: " in answer.json()["detail_zh"]


def test_what_could_let_a_case_lie_is_not_published_and_the_story_tells_how(
    http: httpx.Client, name: str
) -> None:
    answer = publish(http, trial.stranding(name))
    assert (answer.status_code, answer.json()["code"]) == (422, "not-proven")
    told = answer.json()["detail_en"]
    assert "fault [stranded] draft.yaml:19:3: overdue at village-work" in told
    assert "scenario: " in told
    assert name not in http.get("/api/procedures").text


def test_the_name_of_a_draft_opens_no_file(http: httpx.Client) -> None:
    body = {"file": "/etc/passwd", "text": "procedure: [", **BY}
    told = http.post("/api/procedures", json=body).json()["detail_en"]
    assert told.strip().startswith("/etc/passwd:1:13: ")


@pytest.mark.parametrize(("who", "code"), [("", "who-missing"), ("nobody", "not-yours")])
def test_who_publishes_must_be_somebody(http: httpx.Client, name: str, who: str, code: str) -> None:
    assert publish(http, trial.procedure(name), **{"as": who}).json()["code"] == code


@pytest.mark.parametrize("path", ["procedures", "procedures/impact", "procedures/x/migrations", "calendars"])
def test_editions_need_the_token(engine: Running, path: str) -> None:
    assert httpx.post(f"{engine.console}/api/{path}", json={}, trust_env=False).status_code == 401


def test_what_is_foretold_of_a_draft_is_what_its_publication_and_migration_bring(
    http: httpx.Client, name: str
) -> None:
    published(http, trial.procedure(name))
    numbers = {file(http, name) for _ in range(3)}
    draft = trial.procedure(name, "2", village="3wd", lead="village-secretary")
    before = {number: due(http, number) for number in numbers}
    foretold = impact(http, draft)
    assert {number: due(http, number) for number in numbers} == before
    assert foretold["total"]["cases"] == foretold["total"]["moved"] == foretold["total"]["passed"] == 3
    assert [tally["cases"] for tally in (*foretold["levels"], *foretold["units"])] == [3, 3]

    published(http, draft)
    told = migrate(http, name, "2").json()
    assert {each["id"]: each["deadlines"] for each in told["effects"]} == {
        each["id"]: each["deadlines"] for each in foretold["effects"]
    }
    assert all(each["done"] and each["holders"] for each in told["effects"])
    for effect in foretold["effects"]:
        entries = settled(http, effect["id"], "migrated")
        (move,) = effect["deadlines"]
        assert due(http, effect["id"]) == move["after"]
        assert any(f"{move['before']}→{move['after']}" in each["text"]["zh"] for each in entries)
        (passed,) = effect["holders"]
        now = http.get(f"/api/cases/{effect['id']}").json()["responsibilities"]
        assert [held["name"] for held in now if held["role"] == "lead"] == passed["after"]
    assert http.get("/api/ledger/verify", params={"recompute": "true"}).json()["ok"]


def test_migrating_again_finds_all_done_and_goes_on_batch_by_batch(http: httpx.Client, name: str) -> None:
    published(http, trial.procedure(name))
    numbers = sorted(file(http, name) for _ in range(3))
    published(http, trial.procedure(name, "2", village="9wd"))
    first = migrate(http, name, "2", limit=2).json()
    assert ([each["id"] for each in first["effects"]], first["next"]) == (numbers[:2], numbers[1])
    rest = migrate(http, name, "2", limit=2, after=first["next"]).json()
    assert ([each["id"] for each in rest["effects"]], rest["next"]) == (numbers[2:], "")
    again = migrate(http, name, "2").json()
    assert (again["already"], again["effects"]) == (3, [])


def test_cases_can_go_back_to_an_edition_and_forth_again(http: httpx.Client, name: str) -> None:
    published(http, trial.procedure(name))
    number = file(http, name)
    published(http, trial.procedure(name, "2", village="9wd"))
    for edition in ("2", "1", "2"):
        told = migrate(http, name, edition, cases=[number]).json()
        assert [each["done"] for each in told["effects"]] == [True]
    until(lambda: http.get(f"/api/cases/{number}").json()["edition"] == "2", "the last migration's record")


def test_a_case_that_does_not_fit_says_why_and_stays_as_it_is(http: httpx.Client, name: str) -> None:
    published(http, trial.procedure(name))
    number = file(http, name)
    draft = trial.procedure(name, "2", stage="village-first")
    assert impact(http, draft)["effects"][0]["refused"]["code"] == "stage-missing"
    published(http, draft)
    (effect,) = migrate(http, name, "2").json()["effects"]
    assert (effect["refused"]["code"], effect["done"]) == ("stage-missing", False)
    assert http.get(f"/api/cases/{number}").json()["edition"] == "1"


def test_only_the_cases_that_are_named_are_moved(http: httpx.Client, name: str) -> None:
    published(http, trial.procedure(name))
    one, other = file(http, name), file(http, name)
    published(http, trial.procedure(name, "2", village="9wd"))
    seen = http.post(f"/api/procedures/{name}/migrations/foresee", json={"to": "2", "cases": [one]}).json()
    assert [each["id"] for each in seen["effects"]] == [one]
    migrate(http, name, "2", cases=[one])
    until(lambda: http.get(f"/api/cases/{one}").json()["edition"] == "2", "the migration's record")
    assert http.get(f"/api/cases/{other}").json()["edition"] == "1"


@pytest.mark.parametrize(
    ("procedure", "more", "code"),
    [
        ("nosuch", {}, "unknown-procedure"),
        ("petition", {"to": "9"}, "unknown-edition"),
        ("petition", {"as": "nobody"}, "not-yours"),
        ("petition", {"reason": ""}, "bad-request"),
        ("petition", {"cases": ["zzz"]}, "unknown-case"),
    ],
)
def test_a_migration_that_cannot_be_is_refused(
    http: httpx.Client, procedure: str, more: dict[str, Any], code: str
) -> None:
    assert migrate(http, procedure, **{"to": "2026.1", **more}).json()["code"] == code


def test_a_case_of_another_procedure_is_not_moved_by_mistake(http: httpx.Client, name: str) -> None:
    published(http, trial.procedure(name))
    number = file(http, name)
    assert migrate(http, "petition", "2026.1", cases=[number]).json()["code"] == "not-open"


def test_the_ledger_keeps_the_words_of_the_edition_each_entry_was_written_under(
    http: httpx.Client, name: str
) -> None:
    published(http, trial.procedure(name))
    number = file(http, name)
    published(http, trial.procedure(name, "2").replace("zh: 村级", "zh: 村级新名"))
    migrate(http, name, "2")
    entries = settled(http, number, "migrated")
    assert [each["text"]["zh"] for each in entries if each["kind"] == "entered"] == [
        "进入环节“村级”(村（社区）)"
    ]
    assert http.get(f"/api/cases/{number}").json()["stage"]["title"]["zh"] == "村级新名"


TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
YEARS = (TODAY.year - 1, TODAY.year, TODAY.year + 1)


def test_a_published_calendar_moves_deadlines_once_and_is_used_by_what_is_filed_after(
    http: httpx.Client, name: str
) -> None:
    known = trial.a_name("year")
    published(http, trial.calendar(known, "1", *YEARS), "calendars")
    published(http, trial.procedure(name, calendar=known))
    number = file(http, name)
    before = date.fromisoformat(due(http, number))
    longer = trial.calendar(known, "2", *YEARS, days_off=(before,))
    foretold = impact(http, longer, "calendars")
    assert foretold["total"]["moved"] == 1
    (move,) = foretold["effects"][0]["deadlines"]
    told = published(http, longer, "calendars")
    assert [(day["day"], day["past"]) for day in told["contradicts"]] == [(before.isoformat(), False)]
    adopted = http.post(f"/api/calendars/{known}/adoptions", json={}).json()
    assert adopted["effects"][0]["deadlines"] == [move]
    assert any("节假日安排变更" in each["text"]["zh"] for each in settled(http, number, "recalculated"))
    assert due(http, number) == move["after"] == due(http, file(http, name))
    again = http.post(f"/api/calendars/{known}/adoptions", json={}).json()
    assert (again["already"], again["effects"]) == (2, [])


def test_a_calendar_that_contradicts_days_gone_by_is_allowed_and_shown(http: httpx.Client) -> None:
    known = trial.a_name("year")
    monday = TODAY - timedelta(days=TODAY.weekday() + 7)
    published(http, trial.calendar(known, "1", *YEARS), "calendars")
    told = published(http, trial.calendar(known, "2", *YEARS, days_off=(monday,)), "calendars")
    assert told["contradicts"] == [
        {"day": monday.isoformat(), "before": "working", "after": "holiday", "past": True}
    ]


def test_a_calendar_that_nobody_knows_is_refused(http: httpx.Client) -> None:
    assert http.post("/api/calendars/nosuch/adoptions", json={}).json()["code"] == "unknown-calendar"


def test_calendars_tell_what_they_lack_and_how_many_cases_rest_on_it(http: httpx.Client, name: str) -> None:
    known = trial.a_name("year")
    published(http, trial.calendar(known, "1", TODAY.year - 1), "calendars")
    published(http, trial.procedure(name, calendar=known))
    file(http, name)
    (told,) = (each for each in http.get("/api/calendars").json() if each["calendar"] == known)
    assert (told["missing"], told["provisional_from"]) == (TODAY.year, f"{TODAY.year}-01-01")
    assert (told["cases"], told["provisional"], told["behind"]) == (1, 1, 0)
    published(http, trial.calendar(known, "2", *YEARS), "calendars")
    (told,) = (each for each in http.get("/api/calendars").json() if each["calendar"] == known)
    assert (told["missing"], told["behind"]) == (None, 1)


def test_health_and_board_tell_of_a_calendar_that_lacks_a_year(http: httpx.Client, name: str) -> None:
    known = trial.a_name("year")
    published(http, trial.calendar(known, "1", TODAY.year - 1), "calendars")
    published(http, trial.procedure(name, calendar=known))
    lacking = {each["calendar"] for each in http.get("/api/health").json()["calendars"]}
    assert known in lacking
    link = http.post("/api/login-codes").json()["path"]
    with httpx.Client(base_url=http.base_url, trust_env=False, follow_redirects=True) as page:
        assert f"日历 {known}" in page.get(link).text
    published(http, trial.calendar(known, "2", *YEARS), "calendars")
    assert known not in {each["calendar"] for each in http.get("/api/health").json()["calendars"]}


def test_cases_that_an_edition_makes_late_are_foretold_and_overdue_at_the_moment_of_migrating(
    tmp_path: Path, name: str
) -> None:
    """A drill: twelve hours pass in a quarter of a minute, and sixty not before the test is over."""
    with (
        running(tmp_path / "home", "--epoch", "2026-03-02", "--speed", "3000") as engine,
        engine.http() as http,
    ):
        published(http, trial.procedure(name, village="60h"))
        numbers = [file(http, name) for _ in range(2)]
        filed = datetime.fromisoformat(http.get(f"/api/cases/{numbers[-1]}").json()["filed"])
        until(lambda: now(http) > filed + timedelta(hours=12), "the drill's evening")
        draft = trial.procedure(name, "2", village="10h")
        foretold = impact(http, draft)
        assert foretold["total"]["overdue"] == 2
        published(http, draft)
        told = migrate(http, name, "2").json()
        assert [each["overdue"] for each in told["effects"]] == [True, True]
        for number in numbers:
            entries = settled(http, number, "escalated")
            at = next(each["at"] for each in entries if each["kind"] == "migrated")
            kinds = ("overdue", "carded", "escalated")
            assert {each["at"] for each in entries if each["kind"] in kinds} == {at}
        assert http.get("/api/ledger/verify", params={"recompute": "true"}).json()["ok"]
