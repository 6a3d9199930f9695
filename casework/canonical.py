"""One spelling for every value: canonical JSON, from which content hashes are taken.

A field of a dataclass that holds its default is left out. A later version that knows more fields therefore
spells an older value alike, and its hash stays what it was. A default, once released, is never changed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, time


def canonical(value: object) -> str:
    """JSON with sorted keys and no white space. Instants are written in UTC with a final Z."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def plain(value: object) -> object:
    """Dataclasses as mappings without defaults, tuples as lists, dates and instants as ISO 8601 text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case tuple() | list():
            return [plain(item) for item in value]
    if is_dataclass(value):
        named = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(item) for field, item in named if not _is_default(field, item)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _is_default(field: Field[object], value: object) -> bool:
    """Whether a reader would fill the value in. The kind of a union's member is always spelled."""
    if field.name == "kind":
        return False
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return type(value) is type(default) and value == default
