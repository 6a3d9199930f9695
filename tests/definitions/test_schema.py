"""The JSON Schemas for editors are those of the models, and the shipped files meet them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from definitions.library import SHIPPED
from definitions.reading import read
from definitions.schema import MODELS, path_of, text_of

SCENARIOS = Path(__file__).parents[1] / "scenarios"
FILES = [
    *(("procedure", path) for path in sorted((SHIPPED / "procedures").glob("*.yaml"))),
    *(("overlay", path) for path in sorted((SHIPPED / "examples").glob("*.yaml"))),
    *(("fragment", path) for path in sorted((SHIPPED / "fragments").glob("*.yaml"))),
    *(("calendar", path) for path in sorted((SHIPPED / "calendars").glob("*.yaml"))),
    *(("territory", path) for path in sorted((SHIPPED / "territory").glob("*.yaml"))),
    ("posts", SHIPPED / "posts.yaml"),
    ("statutes", SHIPPED / "statutes.yaml"),
    *(("scenario", path) for path in sorted(SCENARIOS.glob("*.yaml"))),
]


@pytest.mark.parametrize("name", MODELS)
def test_the_committed_schema_is_current(name: str) -> None:
    assert path_of(name).read_text("utf-8") == text_of(name), "run: python -m definitions.schema"


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_a_shipped_file_meets_its_schema(name: str, path: Path) -> None:
    schema = json.loads(path_of(name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read(path).value)


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_a_shipped_file_tells_editors_its_schema(name: str, path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    told = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / told).resolve() == path_of(name).resolve()


def test_a_schema_refuses_a_misspelled_key() -> None:
    schema = json.loads(path_of("procedure").read_text("utf-8"))
    value = read(SHIPPED / "procedures" / "petition.yaml").value
    assert isinstance(value, dict)
    assert not Draft202012Validator(schema).is_valid({**value, "stagse": {}})


def test_a_schema_refuses_a_misspelled_key_beside_use() -> None:
    schema = json.loads(path_of("overlay").read_text("utf-8"))
    value = read(SHIPPED / "examples" / "mediation-shenzhen.yaml").value
    assert isinstance(value, dict)
    assert Draft202012Validator(schema).is_valid(value)
    assert not Draft202012Validator(schema).is_valid({**value, "stages": {"a": {"use": "b", "levle": "c"}}})
