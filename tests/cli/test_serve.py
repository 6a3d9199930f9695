"""The engine's parts on their own: prepared, and refused in words where the settings are wrong."""

import json
import subprocess
from base64 import b64encode
from pathlib import Path
from uuid import uuid4

import pytest

from tests.running_engine import COMMAND, Running, environment

KEYS = {"FENGQIAO_TOKEN": "token", "FENGQIAO_SEAL_KEY": b64encode(bytes(32)).decode()}


def apart(home: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A part started without ``up``. None of these stays up."""
    return subprocess.run(
        [*COMMAND, *command], env=environment(home) | KEYS | settings, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def test_a_new_namespace_is_prepared_at_once_and_again(engine: Running) -> None:
    temporal = json.loads((engine.home / "up.json").read_text())["temporal"]
    there = {"TEMPORAL_ADDRESS": temporal, "TEMPORAL_NAMESPACE": f"county-{uuid4().hex[:6]}"}
    for _ in range(2):
        done = apart(engine.home, "provision", **there)
        assert done.returncode == 0, done.stderr


def test_a_temporal_that_is_away_is_told_in_words(tmp_path: Path) -> None:
    done = apart(tmp_path, "provision", TEMPORAL_ADDRESS="127.0.0.1:9")
    assert done.returncode == 5
    assert done.stderr.startswith("Temporal 没有应答")


@pytest.mark.parametrize("command", ["worker", "console"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "nonsense"),
        ("FENGQIAO_SPREAD", "half a minute"),
        ("FENGQIAO_METRICS", "everywhere"),
        ("FENGQIAO_COUNTY", "nowhere"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(
    tmp_path: Path, command: str, name: str, value: str
) -> None:
    done = apart(tmp_path, command, **{name: value})
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (value if name == "FENGQIAO_COUNTY" else name) in done.stderr


@pytest.mark.parametrize("name", KEYS)
def test_a_console_without_its_secrets_says_which_is_missing(tmp_path: Path, name: str) -> None:
    done = apart(tmp_path, "console", "--port", "0", **{name: ""})
    assert done.returncode == 2
    assert name in done.stderr


def test_a_console_on_a_taken_port_says_so(engine: Running) -> None:
    done = apart(engine.home, "console", "--port", engine.console.rpartition(":")[2])
    assert done.returncode == 2
    assert "已被占用" in done.stderr
