"""Every key of a definition file, and every fault that proving finds, is documented in both languages."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from casework.verify.finding import FaultCode
from definitions import pieces, reference, spelling, telling, terms

DOCS = Path(__file__).parents[2] / "docs"
GROUPS = [
    model
    for module in (terms, spelling, pieces, reference, telling)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, terms.Spelling) and model.__module__ == module.__name__
    if model.model_fields and model not in (spelling.ClockSpelling, spelling.StageClockSpelling)
]


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def _tables(name: str) -> list[set[str]]:
    """The keys in the first column of each section's table."""
    sections = re.split(r"^#+ ", (DOCS / name).read_text("utf-8"), flags=re.MULTILINE)
    return [set(re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)) for section in sections]


@pytest.mark.parametrize("document", ["definitions.md", "definitions.zh-CN.md"])
@pytest.mark.parametrize("model", GROUPS, ids=lambda model: model.__name__)
def test_every_key_is_documented(model: type[BaseModel], document: str) -> None:
    keys = _keys(model)
    if model is spelling.CaseClockSpelling:
        keys |= _keys(spelling.StageClockSpelling)
    assert keys in _tables(document)


@pytest.mark.parametrize("model", GROUPS, ids=lambda model: model.__name__)
def test_every_key_tells_editors_what_it_means(model: type[BaseModel]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("document", ["verify.md", "verify.zh-CN.md"])
def test_every_fault_that_proving_finds_is_documented(document: str) -> None:
    told = re.findall(r"^\| `([\w-]+)` \|", (DOCS / document).read_text("utf-8"), flags=re.MULTILINE)
    assert sorted(told) == sorted(get_args(FaultCode))
