"""The whole product on another world's definitions: a health service of four levels, in Dhaka's time."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.running_engine import Running, running, until

WORLD = Path(__file__).parents[1] / "worlds" / "bangladesh-health"
UNIT = "Jashore/Abhaynagar Health Complex"
FIELDS = ("--set", "summary=Six hours in the queue", "--set", "complainant=Amina")


@pytest.fixture(scope="module")
def health(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An engine that begins at nine in the morning of a Wednesday in Dhaka, and runs no faster than time."""
    settings = {"FENGQIAO_DEFINITIONS": str(WORLD), "FENGQIAO_COUNTY": WORLD.name}
    home = tmp_path_factory.mktemp("health") / "home"
    with running(home, "--speed", "1", "--epoch", "2025-05-14", settings=settings) as engine:
        yield engine


def said(health: Running, *arguments: str) -> str:
    done = health.fengqiao(*arguments, language="en")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def filed(health: Running) -> str:
    """The number of a complaint that is recorded."""
    number = str(
        json.loads(said(health, "file", "health-complaint", "--unit", UNIT, *FIELDS, "--json"))["id"]
    )
    until(lambda: number in said(health, "ls", "--json"), "the record of the filing")
    return number


def board(health: Running) -> str:
    with health.http() as http:
        assert http.get(said(health, "login").strip()).status_code == 303
        return http.get("/", params={"lang": "en"}).text


def test_a_drill_begins_in_the_morning_of_the_definitions_own_zone(health: Running) -> None:
    with health.http() as http:
        told = datetime.fromisoformat(http.get("/api/health").json()["time"])
    assert told.astimezone(ZoneInfo("Asia/Dhaka")).strftime("%Y-%m-%d %H") == "2025-05-14 09"


def test_a_complaint_is_filed_and_its_limit_counts_the_offices_hours(health: Running) -> None:
    done = said(health, "file", "health-complaint", "--unit", UNIT, *FIELDS)
    assert done.startswith("P-")
    assert "stage: Answer by the facility" in done
    assert "2025-05-15 09:" in done  # eight hours, of which an office day has seven and a half


def test_a_complaint_is_acted_on_and_refusals_say_why(health: Running) -> None:
    number = filed(health)
    refused = health.fengqiao(
        "do", number, "answer", "--as", "leader", "--set", "document=A-1", language="en"
    )
    assert refused.returncode == 3
    assert "may not take answer" in refused.stderr
    said(health, "do", number, "answer", "--as", "lead", "--set", "document=A-1")
    said(health, "do", number, "appeal", "--as", "party", "--set", "reason=Not what happened")
    until(lambda: "Answer by the district" in said(health, "show", number), "the appeal's record")
    listed = said(health, "ls", "--level", "district", "--unit", "Khulna", "--json")
    assert number in listed


def test_its_deadline_is_explained_over_a_weekend_of_friday_and_saturday(health: Running) -> None:
    number = filed(health)
    said(health, "do", number, "refer-up", "--as", "lead", "--set", "reason=Beyond us")
    until(lambda: "40 office hours" in said(health, "explain", number), "the record of the referral")
    told = said(health, "explain", number)
    assert "2025-05-16  Fri" in told
    assert "weekend, skipped" in told
    assert "Eid al-Adha" in told  # the Saturday worked in exchange for it
    assert "differs" not in told


def test_the_board_shows_the_four_levels_in_english(health: Running) -> None:
    number = filed(health)
    page = board(health)
    for title in ("Health Service", "facility", "district", "region", "ministry", "Answer by the facility"):
        assert title in page
    assert number in page
    assert "Khulna/Jashore/Abhaynagar Health Complex" in page
    assert "2025-05-14 09" in page


def test_a_unit_that_there_is_not_is_told_without_naming_another_worlds_levels(health: Running) -> None:
    done = health.fengqiao("file", "health-complaint", "--unit", "Nowhere", *FIELDS, language="en")
    assert done.returncode == 2
    assert "there is no unit Nowhere" in done.stderr
    assert "township" not in done.stderr


def test_its_ledger_is_derived_anew_and_agrees(health: Running) -> None:
    filed(health)
    assert "whole" in said(health, "ledger", "verify", "--recompute")
