"""Case numbers: short enough to read out over the telephone, and telling nothing about anyone.

The same request key gives the same number, so that a filing that is sent twice is one case.
"""

import re
from hashlib import sha256
from typing import Final

from casework.procedure import CaseKind

# Crockford's base 32: no I, L, O or U, which are misread or misheard.
_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_PREFIX: Final[dict[CaseKind, str]] = {"dispute": "D", "petition": "P", "duty": "R"}
_LENGTH: Final = 12
_WHOLE: Final = re.compile(rf"[A-Z]-[{_DIGITS}]{{4}}-[{_DIGITS}]{{4}}-[{_DIGITS}]{{4}}")


def case_number(kind: CaseKind, key: str) -> str:
    """The number of the case filed under a request key: ``D-7k2m-9x4q-c1t8``, 60 bits of SHA-256."""
    bits = int.from_bytes(sha256(f"fengqiao case\n{key}".encode()).digest(), "big")
    text = "".join(_DIGITS[bits >> 5 * place & 31] for place in range(_LENGTH))
    return f"{_PREFIX[kind]}-{text[:4]}-{text[4:8]}-{text[8:]}"


def read_back(spoken: str) -> str:
    """A number, or the beginning of one, as typed: case and misread digits are forgiven."""
    head, dash, rest = spoken.strip().partition("-")
    return head.upper() + dash + rest.lower().translate(str.maketrans("oil", "011"))


def is_whole(number: str) -> bool:
    """Whether it is a number written out in full, and not only how one begins."""
    return _WHOLE.fullmatch(number) is not None
