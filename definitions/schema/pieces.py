"""Schemas of what is written in pieces: where ``use`` may stand, and what a piece need not say.

A schema sees one file and not what is brought into it, so what may come from a fragment it does not require.
``fengqiao procedures check`` does.
"""

from collections.abc import Callable
from typing import Any

from definitions.pieces import FragmentSpelling, OverlaySpelling, UseSpelling
from definitions.spelling import ProcedureSpelling

Schema = dict[str, Any]

GROUPS = ("StageSpelling", "ResponsibleSpelling", "StageClockSpelling", "CaseClockSpelling", "ClockSpelling")
"""Groups of keys in which ``use`` may stand."""
MAPS = ("actions", "intake", "requires", "fields")
"""Keys whose groups of names may hold ``use``; there is no such name, then."""
WITHIN = ("ActionSpelling", "ExtensionSpelling", "PauseSpelling")
"""Groups within those, which a fragment may begin and its user complete."""
OF_BASES = ("GradeSpelling", "TopSpelling")
"""Further groups, which an overlay changes in part."""
USE: Schema = {"$ref": "#/$defs/Use"}


def procedure() -> Schema:
    """A whole procedure, in which fragments may be used."""
    return _open_to_use(ProcedureSpelling.model_json_schema())


def fragment() -> Schema:
    return _open_to_use(FragmentSpelling.model_json_schema())


def overlay() -> Schema:
    """A procedure of which everything may be missing but what an overlay must say itself."""
    base, heading = procedure(), OverlaySpelling.model_json_schema()
    _relax(base, OF_BASES)
    properties = {**heading["properties"], **base["properties"], **heading["properties"]}
    return {**base, **heading, "properties": properties}


def _open_to_use(schema: Schema) -> Schema:
    _relax(schema, (*GROUPS, *WITHIN))
    for name in GROUPS:
        if name in schema["$defs"]:
            schema["$defs"][name]["properties"]["use"] = USE
    opened: Schema = _changed(schema, _opened)
    opened["$defs"]["Use"] = UseSpelling.model_json_schema()["properties"]["use"]
    return opened


def _relax(schema: Schema, names: tuple[str, ...]) -> None:
    for name in names:
        schema["$defs"].get(name, {}).pop("required", None)


def _opened(key: str, part: Schema) -> Schema:
    """A group of names that may hold ``use``, or a list of rungs that may have it as an item."""
    if key == "rungs" and "items" in part:
        item = {"type": "object", "properties": {"use": USE}, "required": ["use"]}
        return {**part, "items": {"anyOf": [part["items"], {**item, "additionalProperties": False}]}}
    if key in MAPS and "patternProperties" in part:
        names = {f"^(?!use$){pattern[1:]}": kind for pattern, kind in part["patternProperties"].items()}
        return {**part, "patternProperties": names, "properties": {"use": USE}}
    return part


def _changed(part: Any, change: Callable[[str, Schema], Schema], key: str = "") -> Any:
    """Every group of a schema changed, under the name of its key; alternatives bear that of the whole."""
    if isinstance(part, list):
        return [_changed(each, change, key) for each in part]
    if not isinstance(part, dict):
        return part
    inner = {name: _changed(each, change, key if name == "anyOf" else name) for name, each in part.items()}
    return change(key, inner)
