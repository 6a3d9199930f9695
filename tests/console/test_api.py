"""The JSON API, on the real engine: what it answers, and what it refuses and how."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.running_engine import Running, until

UNIT = "枫桥镇/新择湖村"
PRIVATE = "甲某某与乙某某"
FIELDS = {"summary": "屋后排水沟被堵", "parties": PRIVATE, "contact": "0575-87654321"}


@pytest.fixture(scope="module")
def http(engine: Running) -> Iterator[httpx.Client]:
    with engine.http() as http:
        yield http


def file(http: httpx.Client, key: str = "", **changes: Any) -> httpx.Response:
    body = {"procedure": "dispute-mediation", "unit": UNIT, "fields": FIELDS, **changes}
    return http.post("/api/cases", json=body, headers={"Idempotency-Key": key or uuid4().hex})


def filed(http: httpx.Client, **changes: Any) -> str:
    answer = file(http, **changes)
    assert answer.status_code == 201, answer.text
    number = str(answer.json()["id"])
    until(lambda: http.get(f"/api/cases/{number}").is_success, "the filing's record")
    return number


def act(
    http: httpx.Client,
    number: str,
    action: str,
    who: str = "lead",
    key: str = "",
    stage: str = "",
    **fields: Any,
) -> httpx.Response:
    body = {"action": action, "as": who, "fields": fields, "stage": stage}
    return http.post(
        f"/api/cases/{number}/actions", json=body, headers={"Idempotency-Key": key or uuid4().hex}
    )


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail_zh"]
    assert told["detail_en"]
    return answer.status_code, told["code"]


def test_without_the_token_nobody_is_let_in(engine: Running) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic d3Jvbmc6d3Jvbmc="}):
        answer = httpx.get(f"{engine.console}/api/cases", headers=headers, trust_env=False)
        assert problem(answer) == (401, "not-signed-in")


def test_an_unknown_host_name_is_refused(engine: Running) -> None:
    answer = httpx.get(f"{engine.console}/api/health", headers={"Host": "evil.example"}, trust_env=False)
    assert answer.status_code == 400


def test_filing_answers_with_stage_holders_and_deadline(http: httpx.Client) -> None:
    told = file(http).json()
    assert told["stage"]["name"] == "village-mediation"
    assert told["level"]["name"] == "village"
    assert {held["role"] for held in told["holders"]} == {"leader", "lead", "assist"}
    assert told["due"]
    assert "filed" in told["entries"]
    assert not told["repeated"]


def test_the_answer_to_a_filing_is_what_the_engine_decides(http: httpx.Client) -> None:
    told = file(http).json()
    until(lambda: http.get(f"/api/cases/{told['id']}").is_success, "the filing's record")
    recorded = http.get(f"/api/cases/{told['id']}").json()
    assert [entry["kind"] for entry in recorded["entries"]] == told["entries"]
    assert recorded["due"] == told["due"]
    assert recorded["responsibilities"] == told["holders"]


def test_a_key_that_was_used_for_another_filing_is_refused(http: httpx.Client) -> None:
    assert file(http, "reused").status_code == 201
    assert file(http, "reused").json()["repeated"]
    assert problem(file(http, "reused", unit="枫桥镇/枫源村")) == (409, "key-reused")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"procedure": "bogus"}, 422, "unknown-procedure"),
        ({"unit": "bogus"}, 422, "unknown-unit"),
        ({"unit": "社区"}, 422, "unknown-unit"),
        ({"fields": {}}, 422, "missing-field"),
        ({"fields": FIELDS | {"contact": "call me"}}, 422, "bad-field"),
        ({"fields": FIELDS | {"people": "several"}}, 422, "bad-field"),
        ({"fields": FIELDS | {"bogus": 1}}, 422, "unknown-field"),
        ({"fields": "bogus"}, 422, "bad-request"),
        ({"as": "查无此人"}, 403, "not-yours"),
    ],
)
def test_a_filing_with_a_fault_is_refused(
    http: httpx.Client, changes: dict[str, Any], status: int, code: str
) -> None:
    before = http.get("/api/cases", params={"limit": 500}).json()
    assert problem(file(http, **changes)) == (status, code)
    assert http.get("/api/cases", params={"limit": 500}).json() == before


def test_problems_are_told_in_the_language_that_is_asked_for(http: httpx.Client) -> None:
    body = {"procedure": "bogus", "unit": UNIT}
    for language, title in (
        ("en-GB", "Something is wrong in the request"),
        ("zh-CN", "填写有误"),
        ("fr", "填写有误"),
    ):
        answer = http.post("/api/cases", json=body, headers={"Accept-Language": language})
        assert answer.json()["title"] == title


def test_private_fields_are_opened_for_the_token_and_nowhere_else(
    engine: Running, http: httpx.Client
) -> None:
    number = filed(http)
    shown = {field["name"]: field for field in http.get(f"/api/cases/{number}").json()["fields"]}
    assert shown["parties"]["value"] == PRIVATE
    assert shown["parties"]["private"]
    assert PRIVATE not in http.get("/api/cases", params={"limit": 500}).text
    assert PRIVATE not in http.get(f"/api/ledger/{number}").text
    for path in engine.home.rglob("*"):
        if path.is_file():
            assert PRIVATE.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("who", ["lead", "mediation-committee", "official", "name"])
def test_an_official_acts_by_role_post_id_or_name(http: httpx.Client, who: str) -> None:
    number = filed(http)
    duties = http.get(f"/api/cases/{number}").json()["responsibilities"]
    lead = next(duty for duty in duties if duty["role"] == "lead")
    named = {"official": lead["official"], "name": lead["name"]}.get(who, who)
    done = act(http, number, "settle", named, agreement="共同疏通")
    assert done.status_code == 200, done.text
    assert done.json()["stage"]["name"] == "village-performance"


def test_who_may_act_is_told_to_whoever_may_not(http: httpx.Client) -> None:
    number = filed(http)
    duties = http.get(f"/api/cases/{number}").json()["responsibilities"]
    lead = next(duty["name"] for duty in duties if duty["role"] == "lead")
    for stranger in ("leader", "party", "county-desk", "查无此人"):
        refused = act(http, number, "settle", stranger, agreement="共同疏通")
        assert problem(refused) == (403, "not-yours")
        assert lead in refused.json()["detail_zh"]


@pytest.mark.parametrize(
    ("action", "fields", "status", "code"),
    [
        ("bogus", {}, 422, "unknown-action"),
        ("strike-off", {}, 409, "untimely-action"),
        ("resume", {}, 409, "not-suspended"),
        ("settle", {}, 422, "missing-field"),
        ("settle", {"agreement": "共同疏通", "bogus": 1}, 422, "unknown-field"),
    ],
)
def test_a_refused_action_tells_what_is_open_and_changes_nothing(
    http: httpx.Client, action: str, fields: dict[str, Any], status: int, code: str
) -> None:
    number = filed(http)
    before = http.get(f"/api/ledger/{number}").json()
    refused = act(http, number, action, **fields)
    assert problem(refused) == (status, code)
    if code in ("unknown-action", "untimely-action"):
        assert "settle" in refused.json()["allowed"]
    assert http.get(f"/api/ledger/{number}").json() == before


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told_why(http: httpx.Client) -> None:
    number = filed(http)
    asked = {"settle": {"agreement": "共同疏通"}, "refer-up": {"reason": "村里难以协调"}}
    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(lambda each: act(http, number, each, stage="village-mediation", **asked[each]), asked)
        )
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert won.status_code == 200
    assert problem(lost) in {(409, "overtaken"), (409, "case-ended")}
    assert len(until(lambda: acted(http, number), "the winner's record")) == 1


def test_an_action_for_a_stage_that_the_case_is_not_at_is_refused(http: httpx.Client) -> None:
    refused = act(http, filed(http), "settle", stage="county-mediation", agreement="共同疏通")
    assert problem(refused) == (409, "overtaken")


def test_the_same_request_sent_twice_at_once_acts_once(http: httpx.Client) -> None:
    number, key = filed(http), uuid4().hex
    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(lambda _: act(http, number, "settle", key=key, agreement="共同疏通"), range(2))
        )
    assert [answer.status_code for answer in answers] == [200, 200]
    entries = until(lambda: acted(http, number), "the action's record")
    assert len(entries) == 1


def acted(http: httpx.Client, number: str) -> list[Any]:
    entries = http.get(f"/api/ledger/{number}").json()["entries"]
    return [entry for entry in entries if entry["kind"] == "acted"]


def test_an_ended_case_is_refused_and_a_repeat_is_still_answered(http: httpx.Client) -> None:
    number, key = filed(http), uuid4().hex
    assert act(http, number, "withdraw", "party", key).json()["outcome"]["name"] == "withdrawn"
    assert problem(act(http, number, "settle", agreement="共同疏通")) == (409, "case-ended")
    repeat = act(http, number, "withdraw", "party", key)
    assert repeat.status_code == 200
    assert repeat.json()["repeated"]


def test_what_is_allowed_names_who_and_which_fields(http: httpx.Client) -> None:
    told = http.get(f"/api/cases/{filed(http)}").json()
    settle = next(action for action in told["allowed"] if action["action"] == "settle")
    assert [who["kind"] for who in settle["by"]] == ["official"]
    assert [field["name"] for field in settle["fields"] if field["required"]] == ["agreement"]


def test_explain_derives_what_the_case_carries(http: httpx.Client) -> None:
    number = filed(http)
    explained = http.get(f"/api/cases/{number}/explain").json()["clocks"]
    carried = {due["clock"]: due["due"] for due in http.get(f"/api/cases/{number}").json()["deadlines"]}
    assert {clock["clock"]: clock["due"] for clock in explained} == carried
    for clock in explained:
        assert clock["agrees"]
        assert clock["days"][0]["why"] == "first-day"
        counted = [day["count"] for day in clock["days"] if day["counted"]]
        assert counted == list(range(1, len(counted) + 1))


def test_a_number_that_begins_several_cases_is_not_guessed(http: httpx.Client) -> None:
    filed(http)
    filed(http)
    assert problem(http.get("/api/cases/D-")) == (422, "ambiguous-number")
    assert problem(http.get("/api/cases/Q-")) == (404, "unknown-case")


def test_a_list_comes_in_pages(http: httpx.Client) -> None:
    filed(http)
    filed(http)
    first = http.get("/api/cases", params={"limit": 1}).json()
    second = http.get("/api/cases", params={"limit": 1, "offset": 1}).json()
    assert first["more"]
    assert first["cases"] != second["cases"]


def test_units_are_found_by_name(http: httpx.Client) -> None:
    found = http.get("/api/units", params={"find": "枫桥镇"}).json()["units"]
    assert [unit["code"] for unit in found] == ["330681109"]


def test_the_ledger_is_verified_and_recomputed(http: httpx.Client) -> None:
    number = filed(http)
    for query in ({}, {"case": number}, {"recompute": "true"}):
        verdict = http.get("/api/ledger/verify", params=query).json()
        assert verdict["ok"]
        assert verdict["entries"] > 0


def test_the_contract_is_published_and_every_answer_is_typed(http: httpx.Client) -> None:
    contract = http.get("/api/openapi.json").json()
    for path, methods in contract["paths"].items():
        for method, about in methods.items():
            success = next(about["responses"][code] for code in ("200", "201") if code in about["responses"])
            assert success["content"]["application/json"]["schema"], f"{method} {path}"


def test_health_asks_for_no_token_and_tells_of_no_case(engine: Running) -> None:
    told = httpx.get(f"{engine.console}/api/health", trust_env=False).json()
    assert told["ok"]
    assert told["workers"] >= 1
    assert set(told) == {"ok", "temporal", "database", "workers", "time", "speed", "calendars"}


def test_a_case_is_merged_into_another_and_says_where_it_goes_on(http: httpx.Client) -> None:
    main, other = filed(http), filed(http)
    body = {"into": main, "reason": "同一排水沟", "as": "lead"}
    merged = http.post(f"/api/cases/{other}/merge", json=body, headers={"Idempotency-Key": "merge-1"})
    assert merged.status_code == 200, merged.text
    assert merged.json()["outcome"]["name"] == "merged"
    again = http.post(f"/api/cases/{other}/merge", json=body, headers={"Idempotency-Key": "merge-1"})
    assert again.json()["repeated"] is True
    kinds = until(lambda: [k for k in entry_kinds(http, main) if k == "joined"], "the entry")
    assert kinds == ["joined"]


def test_who_does_not_answer_for_a_case_cannot_merge_another_into_it(http: httpx.Client) -> None:
    body = {"into": filed(http), "reason": "x", "as": "无关人员"}
    assert problem(http.post(f"/api/cases/{filed(http)}/merge", json=body)) == (403, "not-yours")


def test_a_case_is_linked_to_another_and_goes_on(http: httpx.Client) -> None:
    number, other = filed(http), filed(http)
    linked = http.post(
        f"/api/cases/{number}/link", json={"other": other, "reason": "同一地块", "as": "leader"}
    )
    assert linked.json()["entries"] == ["linked"]
    assert linked.json()["outcome"] is None


def entry_kinds(http: httpx.Client, number: str) -> list[str]:
    return [entry["kind"] for entry in http.get(f"/api/cases/{number}").json()["entries"]]
