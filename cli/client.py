"""How a command asks the console, and what its answers mean for the exit code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from cli import home as homes
from cli.failure import Exit, Failure
from cli.language import language, say
from settings import Settings

Json = Any
_EXITS = {
    400: Exit.BAD_INPUT,
    401: Exit.NOT_ALLOWED,
    403: Exit.NOT_ALLOWED,
    404: Exit.NOT_FOUND,
    409: Exit.NOT_ALLOWED,
    422: Exit.BAD_INPUT,
    503: Exit.AWAY,
}
_SECONDS = 30.0


class Console:
    """The console as commands see it. Raises Failure for whatever it does not answer with success."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": language()},
            timeout=_SECONDS,
            trust_env=False,
        )

    @classmethod
    def from_settings(cls, settings: Settings) -> "Console":
        """The console that FENGQIAO_URL names, else the one that runs on the home folder."""
        here = homes.running(settings.home_path)
        chosen = settings.url != Settings.__dataclass_fields__["url"].metadata["default"]
        return cls(
            settings.url if chosen or here is None else here.console, read_token(settings, settings.home_path)
        )

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> Json:
        return self._ask("GET", path, params={k: v for k, v in (query or {}).items() if v not in (None, "")})

    def post(self, path: str, body: Json, key: str = "", patience: float = _SECONDS) -> Json:
        """``patience``: how many seconds the answer may take."""
        headers = {"Idempotency-Key": _header(key)} if key else None
        return self._ask("POST", path, json=body, headers=headers, timeout=patience)

    def _ask(self, method: str, path: str, **request: Any) -> Json:
        try:
            answer = self._http.request(method, f"/api{path}", **request)
        except httpx.TransportError as fault:
            raise _away(self.url, fault) from fault
        if answer.is_success:
            return answer.json()
        raise Failure(_EXITS.get(answer.status_code, Exit.UNEXPECTED), _words(answer))


def _header(key: str) -> str:
    """A request key as a header can carry it: what is not plain ASCII, such as 村, is percent-encoded."""
    return key if key.isascii() and key.isprintable() else quote(key)


def read_token(settings: Settings, home: Path) -> str:
    """The console's token, from the settings or the home folder. Raises Failure."""
    try:
        token = settings.token or (home / "token").read_text().strip()
    except OSError as fault:
        words = say(
            f"没有控制台令牌：{home / 'token'} 不可读。请先运行 fengqiao up，或设置 FENGQIAO_TOKEN。",
            f"No console token: {home / 'token'} cannot be read. Run `fengqiao up` first, "
            "or set FENGQIAO_TOKEN.",
        )
        raise Failure(Exit.AWAY, words) from fault
    if not (token.isascii() and token.isprintable()):
        raise Failure(Exit.BAD_INPUT, say("控制台令牌含有不应有的字符。", "That is no console token."))
    return token


def _away(url: str, fault: httpx.TransportError) -> Failure:
    words = say(
        f"控制台 {url} 没有应答。请先运行 fengqiao up（或检查 FENGQIAO_URL）。",
        f"The console at {url} does not answer. Run `fengqiao up` (or check FENGQIAO_URL).",
    )
    if isinstance(fault, httpx.ReadTimeout):
        words += say(
            "请求可能已办理；用同一 --key 重试不会重复。", " It may have been done; the same --key acts once."
        )
    return Failure(Exit.AWAY, words)


def _words(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        words = f"{problem['title']}{say('：', ': ')}{problem['detail']}"
    except (ValueError, KeyError):
        return f"HTTP {answer.status_code}"
    if problem.get("allowed"):
        words += say("\n现在可以：", "\nAllowed now: ") + ", ".join(problem["allowed"])
    return words
