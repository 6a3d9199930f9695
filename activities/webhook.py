"""Notices by webhook."""

import logging
import time
from collections.abc import Iterator

import httpx

from activities.letter import Address, DeliveryFailed, Letter

_LONGEST = 64 * 1024  # bytes of an answer; a hook says less
_NONE = (0, "0", None, "")
_DIGITS = 6
logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses whole, and a bot's is its key


class Webhook:
    """A POST of JSON. An answer of 200 whose body bears an error code counts as failed."""

    name = "webhook"

    def __init__(self, url: str, seconds: float = 10.0) -> None:
        self._url = url
        self._seconds = seconds

    def reaches(self, address: Address) -> bool:
        return bool(address.webhook or self._url)

    def deliver(self, letter: Letter, address: Address) -> None:
        try:
            status, body = self._post(address.webhook or self._url, _told(letter))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise DeliveryFailed(type(error).__name__) from error
        if status // 100 != 2:  # noqa: PLR2004  (the class of success, RFC 9110 §15.3; nobody is redirected)
            raise DeliveryFailed(f"HTTP {status}")
        if (code := _error_code(body)) not in _NONE:
            raise DeliveryFailed(f"error code {_shown(code)}")

    def _post(self, url: str, told: dict[str, str]) -> tuple[int, httpx.Response]:
        """The status and the answer, read no longer and no further than a hook needs to answer."""
        until = time.monotonic() + self._seconds
        plainly = {"Accept-Encoding": "identity"}  # nothing small that unpacks to something huge
        with httpx.stream("POST", url, json=told, headers=plainly, timeout=self._seconds) as answer:
            content = b"".join(_bounded(answer.iter_raw(), until))
        return answer.status_code, httpx.Response(answer.status_code, content=content)


def _told(letter: Letter) -> dict[str, str]:
    return {
        "id": letter.notice_id,
        "case": letter.case_id,
        "kind": letter.kind,
        "subject": letter.subject,
        "text": letter.body,
    }


def _bounded(chunks: Iterator[bytes], until: float) -> Iterator[bytes]:
    """The chunks of an answer. Raises DeliveryFailed where they come too slowly or are too many."""
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > _LONGEST:
            raise DeliveryFailed("the answer is too long")
        if time.monotonic() > until:
            raise DeliveryFailed("the answer takes too long")
        yield chunk


def _error_code(answer: httpx.Response) -> object:
    """The error code in a JSON body, as chat bots give it, number or text; None where there is none."""
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return None
    return body.get("errcode", body.get("code")) if isinstance(body, dict) else None


def _shown(code: object) -> str:
    """A code as it may be recorded: a short number. What else an answer says may be anyone's data."""
    told = str(code)
    return told if told.isascii() and told.isdecimal() and len(told) <= _DIGITS else "that is no number"
