"""``fengqiao login``: a one-time link that signs a browser in to the pages."""

from pathlib import Path

from cli.client import Console, read_token
from settings import Settings


def login() -> None:
    """Print a link that signs a browser in once, within a quarter of an hour."""
    console = Console.from_settings(Settings())
    print(console.url + console.post("/login-codes", {})["path"])


def link(url: str, home: Path, settings: Settings) -> str:
    """The same for the console just started at an address."""
    return url + str(Console(url, read_token(settings, home)).post("/login-codes", {})["path"])
