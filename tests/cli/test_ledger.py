"""The ledger's commands on a ledger that someone has forged."""

import sqlite3
from pathlib import Path

from tests.running_engine import running, until

FIELDS = ("--set", "summary=屋后排水沟被堵", "--set", "parties=甲户、乙户")


def test_a_forged_ledger_is_told_in_words_with_its_exit_code(tmp_path: Path) -> None:
    with running(tmp_path / "home") as engine:
        for key in ("one", "two"):
            filed = engine.fengqiao(
                "file", "dispute-mediation", "--unit", "枫桥镇/新择湖村", *FIELDS, "--key", key
            )
            assert filed.returncode == 0, filed.stderr
        one, two = until(lambda: cases(engine.home), "the filings' records")
        assert engine.fengqiao("ledger", "verify", "--recompute").returncode == 0
        forge(
            engine.home,
            f"update entry set kind = 'acted' where case_id = '{one}' and number = 3",  # noqa: S608
            f"update responsibility set name = '某某' where case_id = '{two}'",  # noqa: S608
        )
        told = engine.fengqiao("ledger", "verify")
        assert told.returncode == 6
        assert told.stdout.splitlines() == [f"台账有误：事项 {one} 第 3 条，记录内容与其哈希不符。"]
        told = engine.fengqiao("ledger", "verify", "--recompute", language="en")
        assert told.returncode == 6
        assert f"case {two}, entry 7: the responsibilities are not those" in told.stdout


def cases(home: Path) -> list[str]:
    """The two cases, once both are recorded."""
    with sqlite3.connect(home / "records.db") as connection:
        found = [
            str(number) for (number,) in connection.execute("select id from case_row order by filed, id")
        ]
    connection.close()
    return found if len(found) == 2 else []


def forge(home: Path, *statements: str) -> None:
    with sqlite3.connect(home / "records.db") as connection:
        connection.execute("drop trigger entry_no_update")
        for statement in statements:
            connection.execute(statement)
    connection.close()
