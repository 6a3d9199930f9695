"""Reading YAML strictly: plain data out of it, and the line and column of every key and value.

Only what a clerk can see on the page is allowed: no anchors, aliases, tags, merge keys or further documents,
no key twice. Size and depth are bounded before anything is read.
"""

import re
from pathlib import Path

import yaml

from definitions.building import DEEPEST, NOT_A_CHARACTER, Builder, TooDeep
from definitions.document import Document, Spot
from definitions.fault import DefinitionErrors, Fault
from definitions.syntax import in_plain_words

LARGEST = 256 * 1024

_NO_CHARACTER = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


def read(path: Path) -> Document:
    """Read a YAML file. Raises DefinitionErrors with every fault found up to where reading had to stop."""
    return parse(path, _text(path))


def parse(path: Path, text: str) -> Document:
    """Read YAML text that came from ``path``. Raises DefinitionErrors."""
    _refuse_at_once(path, text)
    builder = Builder(path, yaml.parse(text, Loader=yaml.SafeLoader))
    try:
        document = builder.document()
    except yaml.MarkedYAMLError as error:
        builder.refuse(_where(error, text), *in_plain_words(error))
    except yaml.reader.ReaderError as error:
        zh, en = "含有不可见的控制字符，请删除", "remove the control character here"
        builder.refuse(_spot(text, int(error.position)), zh, en)
    except TooDeep as deep:
        builder.refuse(deep.spot, f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep")
    if builder.faults:
        raise DefinitionErrors(builder.faults)
    return document


def _refuse_at_once(path: Path, text: str) -> None:
    """Refuse what the parser would misplace, or stumble over."""
    tab = _TAB_INDENT.search(text)
    if tab:
        zh, en = "缩进不能用制表符（Tab），请用空格", "indent with spaces, not tabs"
        raise _refused(path, _spot(text, tab.end() - 1), zh, en)
    escape = _NO_CHARACTER.search(text)
    if escape:
        raise _refused(path, _spot(text, escape.start()), *NOT_A_CHARACTER)


def _where(error: yaml.MarkedYAMLError, text: str) -> Spot:
    """Where the syntax went wrong; what was never closed is shown where it was opened."""
    mark = error.problem_mark
    unclosed = mark is None or mark.index >= len(text.rstrip())
    if unclosed or error.context == "while scanning a simple key":
        mark = error.context_mark or mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        zh, en = f"无法读取文件：{error.strerror}", f"cannot be read: {error.strerror}"
        raise _refused(path, (1, 1), zh, en) from error
    if size > LARGEST:
        limit = LARGEST // 1024
        raise _refused(path, (1, 1), f"文件超过 {limit} KB,请拆分", f"is larger than {limit} KB: split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        spot = _spot(data[: error.start].decode("utf-8", "replace"), error.start)
        zh, en = "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8: save it as UTF-8"
        raise _refused(path, spot, zh, en) from error


def _spot(text: str, index: int) -> Spot:
    before = text[:index]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _refused(path: Path, spot: Spot, zh: str, en: str) -> DefinitionErrors:
    return DefinitionErrors([Fault(path, *spot, zh, en)])
