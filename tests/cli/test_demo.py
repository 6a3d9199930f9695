"""The demo shows what it promises, on the real engine, within a minute."""

import os
import subprocess
import time
from pathlib import Path

from tests.running_engine import COMMAND, environment


def test_the_demo_tells_its_whole_story_and_ends(tmp_path: Path) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [*COMMAND, "demo"],
        env=environment(tmp_path) | {"DEMO_ONCE": "1"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    told = done.stdout
    assert done.returncode == 0, told + done.stderr
    for happening in (
        "催办",
        "黄牌",
        "红牌",
        "提至“乡镇调解”",
        "提至“县级调解”",
        "化解",
        "受理",
        "延期",
        "申请复查",
    ):
        assert happening in told
    assert "/login?code=" in told
    assert "一致" in told
    print(f"demo: {time.monotonic() - began:.0f} s with start and stop, load {os.getloadavg()[0]:.1f}")


def test_the_demo_empties_no_folder_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    done = subprocess.run(
        [*COMMAND, "demo", "--home", str(tmp_path)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").exists()
