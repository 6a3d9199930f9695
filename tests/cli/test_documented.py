"""Every command, option and setting is documented, in both languages."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from cyclopts import App

from cli.failure import Exit
from cli.main import commands
from settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
COMMON = {"--help", "-h", "--version"}


def _documented(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _all(app: App, path: str) -> Iterator[tuple[str, App]]:
    for name in app:
        if name in COMMON:
            continue
        command = app[name]
        inner = list(_all(command, f"{path} {name}"))
        yield from inner or [(f"{path} {name}", command)]


@pytest.mark.parametrize("page", ["commands.md", "commands.zh-CN.md"])
def test_every_command_and_option_is_documented(page: str) -> None:
    text = _documented(page)
    for path, command in _all(commands(), "fengqiao"):
        section = text.partition(f"### `{path}")[2].partition("\n### ")[0]
        assert section, f"{page} does not describe {path}"
        for argument in command.assemble_argument_collection():
            option = argument.name if argument.show and not argument.field_info.is_positional else ""
            assert option in section, f"{page} does not describe {option} of {path}"


@pytest.mark.parametrize("page", ["commands.md", "commands.zh-CN.md"])
def test_every_exit_code_is_documented(page: str) -> None:
    for code in Exit:
        assert f"| {code.value} | " in _documented(page)


@pytest.mark.parametrize("page", ["settings.md", "settings.zh-CN.md"])
def test_every_setting_is_documented(page: str) -> None:
    text = _documented(page)
    for setting in fields(Settings):
        assert f"| `{setting.metadata['name']}` | " in text
        assert setting.metadata["default"] in text
