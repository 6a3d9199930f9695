"""Processes die at random moments, and no case, no entry and no escalation is lost or doubled."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from records.database import connect
from tests.faults.county import County, check, kill_now_and_then, wait_for, wait_for_answers
from tests.running_engine import running

DRILL = ("--epoch", "2026-03-02", "--speed", "80000")
COUNTY_KNOWS = datetime(2026, 4, 10, tzinfo=UTC)  # 5 and 15 working days after the filing, and some
CASES = 120


def test_kills_lose_nothing_double_nothing_and_skip_no_escalation(
    database_url: str, tmp_path: Path, print_figures: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("FENGQIAO_FAULT_SEED") or int.from_bytes(os.urandom(4), "big"))
    print(f"FENGQIAO_FAULT_SEED={seed}")
    records = connect(database_url)
    with running(tmp_path / "home", *DRILL, database=database_url) as engine:
        county = County(engine, seed)
        county.file(CASES)
        with county.acting():
            killed = kill_now_and_then(engine, county, seed, rounds=3)
        wait_for(records, county, COUNTY_KNOWS)
        wait_for_answers(records, county)
    kinds = check(records, county, COUNTY_KNOWS)
    records.dispose()
    print_figures(
        f"{CASES} cases, killed {dict(killed)}, {len(county.taken)} actions taken and {len(county.refused)} "
        f"refused, {kinds.total()} entries, {kinds['escalated']} escalations"
    )
    assert kinds["filed"] == CASES
    assert kinds["escalated"] > CASES / 2
