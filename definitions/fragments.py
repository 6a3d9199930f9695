"""Fragments (片段): pieces written once, in files of their own, and put where a procedure says ``use``."""

from collections.abc import Iterator
from pathlib import Path

from definitions.complaints import unfit
from definitions.document import Document
from definitions.fault import DefinitionErrors, Fault
from definitions.pieces import USE, FragmentSpelling
from definitions.reading import read
from definitions.tree import Node, tree_of

KINDS = {
    "stage": ("环节", "a stage"),
    "responsible": ("责任", "responsibilities"),
    "clock": ("时限", "a clock"),
    "rungs": ("节点", "rungs"),
    "actions": ("动作", "actions"),
    "fields": ("字段", "fields"),
}
Piece = tuple[str, Node]
"""Of what kind a fragment is, and what it holds."""


def load_fragment(path: Path) -> Piece:
    """The fragment in a file. Raises DefinitionErrors with every fault that can be seen before it is used."""
    document = read(path)
    faults = unfit(FragmentSpelling, document, USE) or list(_heading_faults(document))
    if faults:
        raise DefinitionErrors(faults)
    parts = tree_of(document).group()
    kind = next(kind for kind in KINDS if kind in parts)
    return kind, parts[kind]


def _heading_faults(document: Document) -> Iterator[Fault]:
    assert isinstance(document.value, dict)
    name = document.value.get("fragment")
    if name != document.path.stem:
        zh, en = f"应写 fragment: {document.path.stem}", f"write fragment: {document.path.stem}"
        yield document.fault(("fragment",), f"{zh}，与文件名相同", f"{en}, as the file is named")
    held = [kind for kind in document.value if kind in KINDS]
    if len(held) != 1:
        kinds = "、".join(KINDS), ", ".join(KINDS)
        way = (held[1],) if held else ("fragment",)
        yield document.fault(
            way, f"须写且只写 {kinds[0]} 之一", f"a fragment holds one of {kinds[1]}", key=True
        )
