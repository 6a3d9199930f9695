"""How values travel through Temporal: as JSON by pydantic, whose plans for reading a type are made once.

Temporal makes a converter for each run of a workflow. One that kept its plans to itself would draw up anew,
for each case, how a procedure and a case are read: tens of milliseconds of CPU.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

_adapter = cache(TypeAdapter[Any])


class _Json(PydanticJSONPlainPayloadConverter):
    def from_payload(self, payload: Payload, type_hint: Any = None) -> Any:
        return _adapter(Any if type_hint is None else type_hint).validate_json(payload.data)


class _Payloads(CompositePayloadConverter):
    def __init__(self) -> None:
        usual = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*(_Json() if isinstance(c, JSONPlainPayloadConverter) else c for c in usual))


CONVERTER = DataConverter(payload_converter_class=_Payloads)
