"""A document as a tree whose nodes know their places: the form in which pieces are laid over each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from definitions.document import Document, Source, Spot, Way

WHOLE = ("when",)
"""Groups that make sense only whole: of two conditions the upper one stands, they are not mixed."""


@dataclass(frozen=True)
class Node:
    """A group, a list or a single value: where it stands, where its key stands, and in which other file."""

    content: dict[str, Node] | list[Node] | object
    spot: Spot
    key: Spot | None = None
    source: Source | None = None

    def group(self) -> dict[str, Node]:
        """What is in a group; nothing for anything else."""
        return self.content if isinstance(self.content, dict) else {}

    def items(self) -> list[Node]:
        """What is in a list; nothing for anything else."""
        return self.content if isinstance(self.content, list) else []


def tree_of(document: Document) -> Node:
    return _node(document, document.value, ())


def _node(document: Document, value: object, way: Way) -> Node:
    content: object = value
    if isinstance(value, dict):
        content = {key: _node(document, part, (*way, key)) for key, part in value.items()}
    elif isinstance(value, list):
        content = [_node(document, part, (*way, number)) for number, part in enumerate(value)]
    return Node(content, document.values[way], document.keys.get(way), document.sources.get(way))


def document_of(node: Node, path: Path) -> Document:
    """The tree as the document that ``path`` comes to."""
    nodes = dict(_nodes(node, ()))
    return Document(
        path,
        plain(node),
        {way: each.spot for way, each in nodes.items()},
        {way: each.key for way, each in nodes.items() if each.key},
        {way: each.source for way, each in nodes.items() if each.source},
    )


def plain(node: Node) -> object:
    """The data alone."""
    if isinstance(node.content, dict):
        return {key: plain(part) for key, part in node.content.items()}
    if isinstance(node.content, list):
        return [plain(part) for part in node.content]
    return node.content


def _nodes(node: Node, way: Way) -> Iterator[tuple[Way, Node]]:
    yield way, node
    if isinstance(node.content, dict):
        for key, part in node.content.items():
            yield from _nodes(part, (*way, key))
    elif isinstance(node.content, list):
        for number, part in enumerate(node.content):
            yield from _nodes(part, (*way, number))


def size(node: Node) -> int:
    """How many values it holds, itself among them."""
    return sum(1 for _ in _nodes(node, ()))


def laid_over(upper: Node, under: Node, name: str = "") -> Node:
    """Groups merge, key by key; anything else that is written above takes the place of what is underneath.

    What is underneath keeps its order, and what only the upper one has comes after it.
    """
    if not (isinstance(upper.content, dict) and isinstance(under.content, dict)) or name in WHOLE:
        return upper
    merged = dict(under.content)
    for key, part in upper.content.items():
        merged[key] = laid_over(part, merged[key], key) if key in merged else part
    return replace(upper, content=merged)


def brought(node: Node, path: Path, asked: str) -> Node:
    """The tree of another file, every node marked with that file and with the place that asks for it."""
    source = Source(node.source.path, (*node.source.asked, asked)) if node.source else Source(path, (asked,))
    content = node.content
    if isinstance(content, dict):
        content = {key: brought(part, path, asked) for key, part in content.items()}
    elif isinstance(content, list):
        content = [brought(part, path, asked) for part in content]
    return replace(node, content=content, source=source)
