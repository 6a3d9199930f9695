"""Private fields are sealed at this door, so that nothing behind it holds them in the clear.

A sealed value reads ``<key id>.<base64url of nonce and ciphertext>`` (AES-256-GCM). Its case and field are
bound to it, so a sealed value copied to another place does not open there.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class SealBroken(ValueError):
    """A sealed value cannot be opened: another key, another place, or changed."""


class Seal:
    """Seals and opens private fields with one key of 32 bytes. Raises ValueError for another size."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the sealing key has {len(key)} bytes; it needs {KEY_BYTES}")
        self._cipher = AESGCM(key)
        self.key_id = sha256(b"fengqiao seal key id" + key).hexdigest()[:8]

    def close(self, case_id: str, field: str, text: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), _place(case_id, field))
        return f"{self.key_id}.{urlsafe_b64encode(sealed).decode()}"

    def open(self, case_id: str, field: str, sealed: str) -> str:
        """The text again. Raises SealBroken."""
        key_id, _, body = sealed.partition(".")
        if key_id != self.key_id:
            raise SealBroken(f"{field} of {case_id} was sealed with key {key_id}, not with {self.key_id}")
        try:
            raw = urlsafe_b64decode(body)
            opened = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(case_id, field))
        except (InvalidTag, NotBase64, ValueError) as fault:
            raise SealBroken(f"{field} of {case_id} does not open") from fault
        return opened.decode()


def _place(case_id: str, field: str) -> bytes:
    return f"{case_id}\n{field}".encode()
