"""What a procedure file comes to, with the fragments it uses and the procedure it extends laid underneath."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from definitions.complaints import validated
from definitions.document import Document, Way
from definitions.fault import DefinitionErrors, Fault, suggestion
from definitions.finding import base_names, base_path
from definitions.pieces import USE, OverlaySpelling
from definitions.reading import read
from definitions.tree import Node, brought, document_of, laid_over, tree_of
from definitions.using import used

EXTENDS, REMOVE, HEADING = "extends", "remove", "fragment"
DEEPEST = 3
"""How many overlays may lie on each other: a county's, on a city's, on a province's, on the national one."""


@dataclass(frozen=True)
class Whole:
    """``document``: what the file comes to; ``own``: what it says itself; ``removed``: ways it removes."""

    document: Document
    own: Document
    base: "Whole | None" = None
    removed: tuple[Way, ...] = ()


def whole(document: Document, folder: Path | None, above: tuple[Path, ...] = ()) -> Whole:
    """``folder``: the definitions in use, where names are also looked up. Raises DefinitionErrors.

    ``above``: the overlays that lie on this file already.
    """
    if (HEADING,) in document.values:
        zh, en = "这是片段，不是办理程序：请检查使用它的程序", "is a fragment: check a procedure that uses it"
        raise DefinitionErrors([document.fault((HEADING,), zh, en, key=True)])
    extends = (EXTENDS,) in document.values
    if not extends and not any(way[-1:] == (USE,) for way in document.values):
        return Whole(document, document)
    own = used(document, folder)
    written = document_of(own, document.path)
    return _overlaid(own, written, folder, above) if extends else Whole(written, written)


def _overlaid(own: Node, written: Document, folder: Path | None, above: tuple[Path, ...]) -> Whole:
    """An overlay laid over what it extends, once what it removes there is gone."""
    heading = _heading(written)
    base = _base(written, heading.extends, folder, (*above, written.path))
    under, ways = tree_of(base.document), [tuple(way.split(".")) for way in heading.remove]
    faults = [fault for n, way in enumerate(ways) for fault in _removal_faults(written, own, under, n, way)]
    if faults:
        raise DefinitionErrors(faults)
    for way in ways:
        under = _without(under, way)
    line, column = written.value_at((EXTENDS,))
    under = brought(under, base.document.path, f"{written.path}:{line}:{column}")
    upper = {key: part for key, part in own.group().items() if key not in (EXTENDS, REMOVE)}
    merged = laid_over(replace(own, content=upper), under)
    return Whole(document_of(merged, written.path), written, base, tuple(ways))


def _heading(written: Document) -> OverlaySpelling:
    """What an overlay must say itself, and cannot take from what it extends."""
    assert isinstance(written.value, dict)
    heading = {key: part for key, part in written.value.items() if key in OverlaySpelling.model_fields}
    return validated(OverlaySpelling, replace(written, value=heading))


def _base(written: Document, name: str, folder: Path | None, above: tuple[Path, ...]) -> Whole:
    path = base_path(name, written.path, folder)
    if path is None:
        zh, en = suggestion(name, base_names(written.path, folder))
        raise _refused(written, f"没有办理程序 {name}{zh}", f"there is no procedure {name}{en}")
    line = " → ".join(each.stem for each in (*above, path))
    if path.resolve() in {each.resolve() for each in above}:
        raise _refused(written, f"extends 成环：{line}", f"these extend one another in a circle: {line}")
    if len(above) > DEEPEST:
        zh, en = f"extends 层层叠加不能超过 {DEEPEST} 层", f"overlays may lie {DEEPEST} deep"
        raise _refused(written, f"{zh}：{line}", f"{en}: {line}")
    return whole(read(path), folder, above)


def _refused(written: Document, zh: str, en: str) -> DefinitionErrors:
    return DefinitionErrors([written.fault((EXTENDS,), zh, en)])


def _removal_faults(
    written: Document, own: Node, under: Node, number: int, way: tuple[str, ...]
) -> Iterator[Fault]:
    at: Way = (REMOVE, number)
    if len(_along(own, way)) == len(way):
        zh, en = "既要移除又写了内容，只能取其一", "is removed and written here at once: do one of the two"
        yield written.fault(at, f"{'.'.join(way)} {zh}", f"{'.'.join(way)} {en}")
    found = _along(under, way)
    if len(found) == len(way):
        return
    holder, after = found[-1] if found else under, ".".join(way[: len(found)])
    zh, en = suggestion(way[len(found)], holder.group())
    if holder.items():
        zh, en = "；列表不能移除其中一项，请重写整个列表", "; a list is written anew as a whole"
    where_zh, where_en = (f"{after} 中", f" in {after}") if after else ("", "")
    name = way[len(found)]
    yield written.fault(at, f"{where_zh}没有 {name}{zh}", f"there is no {name}{where_en}{en}")


def _along(node: Node, way: tuple[str, ...]) -> list[Node]:
    """The nodes along a way, as far as there are any."""
    found: list[Node] = []
    for name in way:
        if name not in node.group():
            break
        node = node.group()[name]
        found.append(node)
    return found


def _without(node: Node, way: tuple[str, ...]) -> Node:
    """The tree without what the way leads to."""
    group = dict(node.group())
    name, *rest = way
    if rest and name in group:
        group[name] = _without(group[name], tuple(rest))
    else:
        group.pop(name, None)
    return replace(node, content=group)
