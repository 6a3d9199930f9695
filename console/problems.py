"""What went wrong, as the API says it: RFC 9457 problem documents, in Chinese and English."""

from collections.abc import Callable

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from casework.decision import NotAllowed
from casework.procedure import Text

MEDIA_TYPE = "application/problem+json"
UNAUTHORISED = 401

_STATUS = {
    "not-yours": 403,
    "unknown-action": 422,
    "missing-field": 422,
    "bad-field": 422,
    "unknown-field": 422,
    "unknown-unit": 422,
    "no-start": 422,
}
_TITLES = {
    401: Text("未登录", "Not signed in"),
    403: Text("无权办理", "Not yours to do"),
    404: Text("没有找到", "Not found"),
    409: Text("现在不能这样办理", "Not allowed now"),
    422: Text("填写有误", "Something is wrong in the request"),
    500: Text("内部错误", "Internal error"),
    503: Text("暂时无法办理", "Cannot be done at the moment"),
}
_log = structlog.get_logger("console")


class ProblemDocument(BaseModel):
    """A problem. ``title`` and ``detail`` follow Accept-Language (Chinese unless English is asked for)."""

    type: str
    status: int
    code: str
    title: str
    detail: str
    detail_zh: str
    detail_en: str
    allowed: tuple[str, ...] = ()


class Problem(Exception):
    """A request cannot be carried out: HTTP status, code, what to do about it, and what is allowed now."""

    def __init__(self, status: int, code: str, zh: str, en: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(en)
        self.status = status
        self.code = code
        self.words = Text(zh, en)
        self.allowed = allowed

    def document(self, language: str) -> ProblemDocument:
        title = _TITLES.get(self.status, self.words)
        return ProblemDocument(
            type=f"urn:fengqiao:problem:{self.code}",
            status=self.status,
            code=self.code,
            title=title.in_(language),
            detail=self.words.in_(language),
            detail_zh=self.words.zh,
            detail_en=self.words.en,
            allowed=self.allowed,
        )


def refused(refusal: NotAllowed) -> Problem:
    """The problem that a refusal of the core is, its status told by its code."""
    return Problem(_STATUS.get(refusal.code, 409), refusal.code, refusal.zh, refusal.en, refusal.allowed)


def engine_away() -> Problem:
    return Problem(
        503,
        "engine-away",
        "引擎没有应答，不知是否已经办理。请用同一请求号重试，不会重复办理。",
        "The engine does not answer; it may have been done. Repeat it with the same key: it acts once.",
    )


def database_away() -> Problem:
    return Problem(
        503,
        "database-away",
        "台账数据库暂时无法读取，请稍后再试。",
        "The records database is away; try again later.",
    )


def language_of(request: Request) -> str:
    """``zh`` unless the request asks for English."""
    wanted = request.headers.get("accept-language", "")
    return "en" if wanted.lower().startswith("en") else "zh"


Page = Callable[[Request, Problem], Response]


def install(app: FastAPI, as_page: Page) -> None:
    """Answer every failure: under /api with a problem document, elsewhere with a page.

    What happened is logged without the request's content.
    """

    def answer(request: Request, problem: Problem) -> Response:
        if not request.url.path.startswith("/api"):
            return as_page(request, problem)
        document = problem.document(language_of(request)).model_dump(mode="json")
        headers = {"WWW-Authenticate": "Bearer"} if problem.status == UNAUTHORISED else None
        return JSONResponse(document, problem.status, headers, MEDIA_TYPE)

    async def told(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, Problem)
        return answer(request, problem)

    async def refused_by_core(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, NotAllowed)
        return answer(request, refused(refusal))

    async def unreadable(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors())
        return answer(
            request, Problem(422, "bad-request", f"请求格式有误：{where}", f"Malformed request: {where}")
        )

    async def http(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        title = _TITLES.get(fault.status_code, Text(fault.detail, fault.detail))
        return answer(request, Problem(fault.status_code, f"http-{fault.status_code}", title.zh, title.en))

    async def database(request: Request, fault: Exception) -> Response:
        _log.warning("database away", error=type(fault).__name__)
        return answer(request, database_away())

    async def unexpected(request: Request, fault: Exception) -> Response:
        _log.error("unexpected", path=request.url.path, error=type(fault).__name__)
        return answer(
            request, Problem(500, "unexpected", "内部错误，已记入日志。", "Internal error; it was logged.")
        )

    for kind, handler in (
        (Problem, told),
        (NotAllowed, refused_by_core),
        (RequestValidationError, unreadable),
        (HTTPException, http),
        (OperationalError, database),
        (InterfaceError, database),
        (PoolTimeout, database),
        (Exception, unexpected),
    ):
        app.add_exception_handler(kind, handler)
