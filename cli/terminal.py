"""How commands print: tables for people, JSON for programs."""

import json
import sys
from typing import Annotated, Any

from cyclopts import Parameter
from rich.console import Console as Rich

from cli.language import language, say

_WIDE = 160

AsJson = Annotated[bool, Parameter(name="--json", help=say("以 JSON 输出", "Print JSON"), negative=())]


def rich() -> Rich:
    """The terminal, or a wide page where there is none."""
    return Rich(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def words(text: dict[str, str] | None) -> str:
    """Words of the API in the terminal's language."""
    return text[language()] if text else ""


def title(named: dict[str, Any] | None) -> str:
    return words(named["title"]) if named else ""


def aside(text: str) -> str:
    """Words in brackets after others."""
    return say(f"（{text}）", f" ({text})")


def days_left(left: int | None) -> str:
    """Days to a deadline as people say it."""
    if left is None:
        return ""
    if left < 0:
        return say(f"超期 {-left} 天", f"{-left} d over")
    return say("今天到期", "today") if left == 0 else say(f"剩 {left} 天", f"{left} d left")
