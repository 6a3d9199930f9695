"""How wide text is, and where it breaks: close enough for every font that a reader may have."""

import re
from functools import lru_cache
from unicodedata import combining, east_asian_width

ELLIPSIS = "…"
BOLD = 1.06
"""How much wider bold text is."""
_NARROW = frozenset("iljtfrI.,:;'|!()[] ·-/")
_WIDE = frozenset("mwMWQGOD%@—")
_NO_START = frozenset("，。；：、）”》！？,.;:)]%…")
_NO_END = frozenset("（“《([")
_PIECES = re.compile(r"[A-Za-z0-9.%+\-/()'’]+ ?|\s+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if combining(character):
        return 0.0
    if east_asian_width(character) in ("W", "F", "A"):
        return 1.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.9
    return 0.68 if character.isupper() else 0.58


def width(text: str, size: float) -> float:
    """The width of a line of text in the units of ``size``, rather too wide than too narrow."""
    return sum(map(_em, text)) * size


def wrap(text: str, size: float, room: float, most: int = 3) -> tuple[str, ...]:
    """The text in lines that fit into ``room``, at most so many; the last ends in … where text is left."""
    lines = _lines(" ".join(text.split()), size, room)
    if len(lines) <= most:
        return tuple(lines) or ("",)
    return (*lines[: most - 1], shortened(lines[most - 1] + ELLIPSIS, size, room))


def shortened(text: str, size: float, room: float) -> str:
    """The text, cut to fit into ``room`` with a … at its end."""
    if width(text, size) <= room and not text.endswith(ELLIPSIS):
        return text
    bare = text.removesuffix(ELLIPSIS)
    while bare and width(bare + ELLIPSIS, size) > room:
        bare = bare[:-1]
    return bare.rstrip() + ELLIPSIS


def _lines(text: str, size: float, room: float) -> list[str]:
    """Broken between pieces, but not before a closing mark nor after an opening one."""
    lines: list[list[str]] = [[]]
    for piece in _pieces(text, size, room):
        here = lines[-1]
        if not here or width("".join([*here, piece]).rstrip(), size) <= room:
            here.append(piece)
            continue
        carried = [piece]
        while len(here) > 1 and (carried[0][:1] in _NO_START or here[-1][-1:] in _NO_END):
            carried.insert(0, here.pop())
        lines.append([carried[0].lstrip(), *carried[1:]])
    return [line for line in ("".join(pieces).strip() for pieces in lines) if line]


def _pieces(text: str, size: float, room: float) -> list[str]:
    """What stays together: a character of Chinese, a word of English; a word too long for a line is cut."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        pieces += list(piece) if width(piece.rstrip(), size) > room else [piece]
    return pieces
