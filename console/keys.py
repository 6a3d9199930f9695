"""The console's secrets: the token it asks for and the key private fields are sealed with.

Both come from the settings or from the home folder, where ``fengqiao up`` makes them (readable by their owner
only). Run apart from ``up``, the console is given them.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path

from console.seal import Seal
from settings import Settings


class SecretMissing(RuntimeError):
    """The console was started without its token or sealing key."""


def token(settings: Settings) -> str:
    """The bearer token. Raises SecretMissing."""
    return settings.token or _from_home(settings.home_path / "token", "FENGQIAO_TOKEN")


def seal(settings: Settings) -> Seal:
    """The seal of private fields. Raises SecretMissing, also for a key that is none."""
    text = settings.seal_key or _from_home(settings.home_path / "seal.key", "FENGQIAO_SEAL_KEY")
    try:
        return Seal(b64decode(text, validate=True))
    except (NotBase64, ValueError) as fault:
        raise SecretMissing(f"FENGQIAO_SEAL_KEY or seal.key is not 32 bytes in base64: {fault}") from fault


def _from_home(path: Path, setting: str) -> str:
    try:
        return path.read_text().strip()
    except OSError as fault:
        raise SecretMissing(f"no {setting} and no readable {path}: `fengqiao up` makes it") from fault
