"""Short ways of writing: one name for a list of one, a name for a group that has only a name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

TEXT: JsonSchemaValue = {"type": "string"}
TEXTS: JsonSchemaValue = {"type": "array", "items": TEXT, "minItems": 1}


def mistake(zh: str, en: str) -> PydanticCustomError:
    """A group of keys that contradict each other, in both languages."""
    return PydanticCustomError("mistake", "{en}", {"zh": zh, "en": en})


def bad_value(zh: str, en: str) -> PydanticCustomError:
    """A single value that its model refuses, in both languages."""
    return PydanticCustomError("bad_value", "{en}", {"zh": zh, "en": en})


@dataclass(frozen=True)
class Shorthand:
    """Lets a value be written short: ``expand`` gives the full form of what it knows, the rest unchanged."""

    expand: Callable[[object], object]
    also: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        short = {"text": TEXT, "texts": TEXTS}
        return {"anyOf": [*(short[name] for name in self.also), handler(schema)]}


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _way(value: object) -> object:
    return [{"to": value}] if isinstance(value, str) else value


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _names_to(empty: object) -> Callable[[object], object]:
    def expand(value: object) -> object:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return names
        if len(set(names)) < len(names):
            raise bad_value("同一名称写了两次", "a name stands twice")
        return dict.fromkeys(names, empty)

    return expand


ONE_OR_MORE = Shorthand(_listed, ("text",))
ONE_WAY = Shorthand(_way, ("text",))
JUST_NAMED = Shorthand(_named, ("text",))
PLAIN_FIELDS = Shorthand(_names_to({}), ("text", "texts"))
UNDATED = Shorthand(_names_to(None), ("text", "texts"))
