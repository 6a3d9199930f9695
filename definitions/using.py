"""Putting fragments where a procedure says ``use``."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from definitions.document import Document, Way
from definitions.fault import DefinitionErrors, Fault, suggestion
from definitions.finding import fragment_names, fragment_path
from definitions.fragments import KINDS, Piece, load_fragment
from definitions.pieces import USE
from definitions.terms import NAME
from definitions.tree import Node, brought, laid_over, size, tree_of

DEEPEST = 3
"""How many fragments may use one another in a row."""
LARGEST = 50_000
"""How many values all that is brought into one procedure may come to."""

Chain = tuple[Path, ...]


def used(document: Document, folder: Path | None) -> Node:
    """The document with the fragments it uses put in their places. Raises DefinitionErrors."""
    using = _Using(folder)
    node = using.filled(tree_of(document), (), (document.path,))
    if using.faults:
        raise DefinitionErrors(using.faults)
    return node


def _kind_at(way: Way) -> str | None:
    """What kind of fragment can be used at a place."""
    match way:
        case ("stages", _):
            return "stage"
        case ("stages", _, "responsible"):
            return "responsible"
        case ("stages", _, "clock" | "joint") | ("clocks", _):
            return "clock"
        case ("stages", _, "clock" | "joint", "rungs", _) | ("clocks", _, "rungs", _):
            return "rungs"
        case ("stages", _, "actions"):
            return "actions"
        case ("intake",) | ("stages", _, "actions", _, "requires"):
            return "fields"
    return None


@dataclass
class _Using:
    """Puts fragments in their places, gathering faults.

    ``chain``: the files one is in, each used by the one before.
    """

    folder: Path | None
    faults: list[Fault] = field(default_factory=list)
    known: dict[Path, Piece | DefinitionErrors] = field(default_factory=dict)
    values: int = 0

    def filled(self, node: Node, way: Way, chain: Chain) -> Node:
        if isinstance(node.content, list):
            items = [self._item(item, (*way, n), chain) for n, item in enumerate(node.content)]
            return replace(node, content=[each for item in items for each in item])
        group = node.group()
        if not group:
            return node
        written = {key: self.filled(part, (*way, key), chain) for key, part in group.items() if key != USE}
        upper = replace(node, content=written)
        if USE not in group:
            return upper
        under = Node({}, node.spot)
        for piece in self._pieces(group[USE], way, chain):
            under = laid_over(piece, under)
        return laid_over(upper, under)

    def _item(self, item: Node, way: Way, chain: Chain) -> list[Node]:
        """An item of a list; a rung that only says ``use`` gives way to the fragment's rungs."""
        use = item.group().get(USE)
        if use is None or _kind_at(way) != "rungs":
            return [self.filled(item, way, chain)]
        if len(item.group()) > 1:
            zh, en = (
                "列表里的 use 须独占一项",
                "in a list, use stands alone: write the rest as an item of its own",
            )
            self.faults.append(_fault(use, chain, zh, en, key=True))
            return []
        return [rung for piece in self._pieces(use, way, chain) for rung in piece.items()]

    def _pieces(self, use: Node, way: Way, chain: Chain) -> list[Node]:
        kind, names = _kind_at(way), use.items() or [use]
        if misuse := _misuse(kind, names):
            self.faults.append(_fault(use, chain, *misuse, key=kind is None))
        if misuse or kind is None:
            return []
        found: list[Node] = []
        for name in names:
            try:
                found.append(self._piece(name, kind, way, chain))
            except DefinitionErrors as errors:
                self.faults += errors.faults
        return found

    def _piece(self, name: Node, kind: str, way: Way, chain: Chain) -> Node:
        if self.values > LARGEST:
            raise DefinitionErrors(())  # told already
        path = _path_of(name, chain, self.folder)
        held, piece = self._loaded(path)
        if held != kind:
            (zh_is, en_is), (zh_due, en_due) = KINDS[held], KINDS[kind]
            zh = f"片段 {name.content} 是{zh_is}，此处应为{zh_due}"
            en = f"{name.content} holds {en_is}, but here {en_due} is due"
            raise _refused(name, chain, zh, en)
        at = way[:-1] if kind == "rungs" else way
        filled = self.filled(piece, at, (*chain, path))
        self.values += size(filled)
        if self.values > LARGEST:
            zh, en = f"引入的内容超过 {LARGEST} 项", f"more than {LARGEST} values are brought in"
            raise _refused(name, chain, zh, en)
        line, column = name.spot
        return brought(filled, path, f"{chain[-1]}:{line}:{column}")

    def _loaded(self, path: Path) -> Piece:
        if path not in self.known:
            try:
                self.known[path] = load_fragment(path)
            except DefinitionErrors as errors:
                self.known[path] = errors
        found = self.known[path]
        if isinstance(found, DefinitionErrors):
            raise found
        return found


def _path_of(name: Node, chain: Chain, folder: Path | None) -> Path:
    written = str(name.content)
    path = fragment_path(written, chain[-1], folder)
    if path is None:
        zh, en = suggestion(written, fragment_names(chain[-1], folder))
        raise _refused(name, chain, f"没有片段 {written}{zh}", f"there is no fragment {written}{en}")
    line = " → ".join(each.stem for each in (*chain[1:], path))
    if path in chain:
        raise _refused(
            name, chain, f"片段引用成环：{line}", f"the fragments use one another in a circle: {line}"
        )
    if len(chain) > DEEPEST:
        zh, en = f"片段层层引用不能超过 {DEEPEST} 层", f"fragments may use one another {DEEPEST} deep"
        raise _refused(name, chain, f"{zh}：{line}", f"{en}: {line}")
    return path


def _misuse(kind: str | None, names: list[Node]) -> tuple[str, str] | None:
    """What is wrong with where ``use`` stands, or with what it says."""
    if kind is None:
        places = "responsible、clock、joint、rungs、actions、intake、requires"
        return (
            f"此处不能写 use：只能写在环节、{places} 中",
            f"use cannot stand here, only in a stage, {places.replace('、', ', ')}",
        )
    if not all(_is_name(name) for name in names) or len({name.content for name in names}) < len(names):
        return (
            "use 须写片段名，或不重复的片段名列表；use 不能作其他名称",
            "use takes a fragment, or a list of different ones; nothing else can be named use",
        )
    return None


def _is_name(node: Node) -> bool:
    return isinstance(node.content, str) and re.fullmatch(NAME, node.content) is not None


def _fault(node: Node, chain: Chain, zh: str, en: str, *, key: bool = False) -> Fault:
    return Fault(chain[-1], *((key and node.key) or node.spot), zh, en)


def _refused(node: Node, chain: Chain, zh: str, en: str) -> DefinitionErrors:
    return DefinitionErrors([_fault(node, chain, zh, en)])
