"""Plain data built from the YAML parser's events, with the place of everything and what is not allowed.

Text is text: ``yes``, ``on`` and ``5wd`` stay what they are. Only ``true``, ``false`` and whole numbers are
anything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from definitions.document import Document, Spot, Way
from definitions.fault import Fault

DEEPEST = 20
NOT_A_CHARACTER = "不是有效的字符，请直接写文字", "is no character: write the text itself"

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")


class TooDeep(Exception):
    """Nested beyond what is read."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot


@dataclass
class Builder:
    """Builds plain data from the parser's events, noting places and faults."""

    path: Path
    events: Iterator[yaml.Event]
    values: dict[Way, Spot] = field(default_factory=dict)
    keys: dict[Way, Spot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, spot: Spot, zh: str, en: str) -> None:
        self.faults.append(Fault(self.path, *spot, zh, en))

    def document(self) -> Document:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self.refuse((1, 1), "文件是空的", "the file is empty")
            return Document(self.path, None, {}, {})
        value = self._node(next(self.events), ())
        next(self.events)  # the end of the document
        after = next(self.events)
        if isinstance(after, yaml.DocumentStartEvent):
            self.refuse(
                _start(after),
                "一个文件只能有一份文档，请删去 ---",
                "one file holds one document: remove the ---",
            )
        return Document(self.path, value, self.values, self.keys)

    def _node(self, event: yaml.Event, way: Way) -> object:
        self.values[way] = _start(event)
        if len(way) > DEEPEST:
            raise TooDeep(_start(event))
        self._refuse_unseen(event)
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(way)
            case yaml.SequenceStartEvent():
                return self._sequence(way)
            case yaml.ScalarEvent():
                return self._scalar(event)
        return ""

    def _refuse_unseen(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(
                _start(event),
                f"不能引用 *{event.anchor}，请把内容写出来",
                f"write out what *{event.anchor} refers to",
            )
            return
        if getattr(event, "anchor", None):
            self.refuse(_start(event), "不能用 & 锚点，请删去", "anchors (&) are not allowed: remove it")
        if getattr(event, "tag", None):
            self.refuse(_start(event), "不能用 ! 标签，请删去", "tags (!) are not allowed: remove it")

    def _mapping(self, way: Way) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, way)
            known = key in found
            if known:
                first = self.keys[(*way, key)][0]
                self.refuse(
                    _start(event),
                    f"“{key}”重复，第 {first} 行已有",
                    f"{key!r} stands twice, first in line {first}",
                )
            else:
                self.keys[(*way, key)] = _start(event)
            value = self._node(next(self.events), (*way, key))
            if not known:
                found[key] = value
        return found

    def _key(self, event: yaml.Event, way: Way) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, (*way, ""))
            self.refuse(_start(event), "名称必须是文字", "a key must be text")
            return ""
        self._refuse_unseen(event)
        if event.style is None and event.value == "<<":
            self.refuse(
                _start(event),
                "不能用 << 合并，请把内容写出来",
                "merge keys (<<) are not allowed: write it out",
            )
        elif not isinstance(self._whole(event), str):
            self.refuse(
                _start(event),
                f'名称必须是文字，请加引号："{event.value}"',
                f'a key must be text: write "{event.value}"',
            )
        return str(event.value)

    def _sequence(self, way: Way) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._node(event, (*way, len(found))))
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> bool | int | str:
        if event.style is None and event.value == "":
            self.refuse(
                _start(event),
                "没有写内容；若不需要，请删去这一项",
                "nothing is written here: fill it in or remove it",
            )
        return self._whole(event)

    def _whole(self, event: yaml.ScalarEvent) -> bool | int | str:
        """The value; half a character (a lone surrogate) could not be written down again."""
        value = _resolved(event)
        if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
            self.refuse(_start(event), *NOT_A_CHARACTER)
        return value


def _start(event: yaml.Event) -> Spot:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _resolved(event: yaml.ScalarEvent) -> bool | int | str:
    text = str(event.value)
    if event.style is not None:
        return text
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _INTEGER.fullmatch(text) else text
