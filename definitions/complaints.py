"""What the models complain of, turned into faults with their place."""

from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from definitions.document import Document
from definitions.fault import DefinitionErrors, Fault, suggestion
from definitions.phrases import phrase

Model = TypeVar("Model", bound=BaseModel)

_ABOUT_THE_KEY = ("extra_forbidden", "missing", "mistake", "too_short")


def validated(model: type[Model], document: Document) -> Model:
    """The document as a model. Raises DefinitionErrors with every fault of its shape."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        raise DefinitionErrors(_fault(model, document, each) for each in error.errors()) from None


def unfit(model: type[BaseModel], document: Document, open_to: str) -> list[Fault]:
    """What does not fit in a piece of which more may be written elsewhere, or put in the key ``open_to``."""
    try:
        model.model_validate(document.value)
    except ValidationError as error:
        wrong = (each for each in error.errors() if each["type"] != "missing" and open_to not in each["loc"])
        return [_fault(model, document, each) for each in wrong]
    return []


def _fault(model: type[BaseModel], document: Document, error: ErrorDetails) -> Fault:
    way = tuple(part for part in error["loc"] if part != "[key]")
    about_key = "[key]" in error["loc"] or error["type"] in _ABOUT_THE_KEY
    unknown = error["type"] == "extra_forbidden"
    zh, en = _unknown_key(model, error["loc"]) if unknown else phrase(error)
    return document.fault(way, zh, en, key=about_key)


def _unknown_key(model: type[BaseModel], way: tuple[str | int, ...]) -> tuple[str, str]:
    zh, en = suggestion(str(way[-1]), _known_keys(model, way[:-1]))
    return f"没有名为 {way[-1]} 的项{zh}", f"there is no key {way[-1]}{en}"


def _known_keys(model: type[BaseModel], way: tuple[str | int, ...]) -> list[str]:
    """The keys of the model that stands at a way."""
    kind: Any = model
    for part in way:
        kind = _inside(kind, part)
    return [field.alias or name for name, field in kind.model_fields.items()]


def _inside(kind: Any, part: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return _bare(fields[str(part)])
    return _bare(get_args(kind)[-1])


def _bare(kind: Any) -> Any:
    """A type without what is written around it: Annotated, or an alternative of None."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType):
            kind = next(arg for arg in get_args(kind) if arg is not type(None))
        else:
            return kind
