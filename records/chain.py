"""The hash chain of a case's entries.

Each entry's hash is SHA-256, in hexadecimal, over the UTF-8 of the canonical JSON (sorted keys, no white
space) ``{"case_id":…,"entry":…,"previous":…,"seq":…}``: the case, the entry as stored in ``entry.body``, the
hash of the entry before it (64 zeros before the first), and the number of the decision it belongs to. The
stored text is hashed, not our reading of it, so later versions of this program check old entries alike.
"""

import hashlib

from casework.canonical import canonical

GENESIS = "0" * 64


def entry_hash(previous: str, case_id: str, seq: int, body: str) -> str:
    """The hash of an entry whose canonical JSON is ``body``."""
    text = f'{{"case_id":{canonical(case_id)},"entry":{body},"previous":{canonical(previous)},"seq":{seq}}}'
    return hashlib.sha256(text.encode()).hexdigest()
