"""Who is let in: the bearer token for the API, and a session for the page.

A session is a signed cookie that a one-time link starts. Its key is derived from the token, so a console that
restarts knows its sessions again, and a new token ends them all. Accounts of people come later.
"""

import hmac
import secrets
from hashlib import sha256
from time import time

CODE_SECONDS = 15 * 60
SESSION_SECONDS = 12 * 3600
COOKIE = "fengqiao_session"


class Access:
    """The token of one console, its open one-time codes and its sessions."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._session_key = hmac.digest(self._token, b"fengqiao session", "sha256")
        self._codes: dict[bytes, float] = {}

    def token_is(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token)

    def new_code(self) -> str:
        """A code that starts one session within a quarter of an hour."""
        now = time()
        self._codes = {code: until for code, until in self._codes.items() if until > now}
        code = secrets.token_urlsafe(24)
        self._codes[_hashed(code)] = now + CODE_SECONDS
        return code

    def use_code(self, code: str) -> str | None:
        """The session cookie's value for an open code, which is thereby used up; None for any other."""
        until = self._codes.pop(_hashed(code), 0.0)
        if until < time():
            return None
        body = f"{secrets.token_urlsafe(12)}.{int(time()) + SESSION_SECONDS}"
        return f"{body}.{self._signature(body)}"

    def session_is_open(self, cookie: str) -> bool:
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return False
        return int(body.rpartition(".")[2]) > time()

    def _signature(self, body: str) -> str:
        return hmac.new(self._session_key, body.encode(), "sha256").hexdigest()


def _hashed(code: str) -> bytes:
    return sha256(code.encode()).digest()
