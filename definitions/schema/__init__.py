"""JSON Schemas for editors, generated from the models by ``python -m definitions.schema`` and committed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from definitions.reference import CalendarSpelling, PostsSpelling, StatutesSpelling, TerritorySpelling
from definitions.schema import pieces
from definitions.telling import ScenarioSpelling

FOLDER = Path(__file__).parent
MODELS: dict[str, Callable[[], dict[str, Any]]] = {
    "procedure": pieces.procedure,
    "overlay": pieces.overlay,
    "fragment": pieces.fragment,
    "calendar": CalendarSpelling.model_json_schema,
    "posts": PostsSpelling.model_json_schema,
    "territory": TerritorySpelling.model_json_schema,
    "scenario": ScenarioSpelling.model_json_schema,
    "statutes": StatutesSpelling.model_json_schema,
}


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.schema.json"


def text_of(name: str) -> str:
    """The schema of one kind of file, as committed."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[name]()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
