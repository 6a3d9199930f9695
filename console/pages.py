"""The pages: the board by level with what is overdue first, and a case's deadlines and timeline."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casework.case import Case
from console import reading, telling
from console.access import COOKIE, SESSION_SECONDS
from console.answers import ClockAnswer
from console.api import desk_of
from console.desk import Desk
from console.lists import board
from console.problems import Problem
from console.timeline import timeline

_HERE = Path(__file__).parent
_UNCHANGED = 204
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class SignedOut(Exception):
    """Someone without a session asked for a page."""


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    vendored = tomllib.loads((_HERE / "static/vendor/VENDOR.toml").read_text())
    made.globals["htmx"] = next(name for name in vendored if name.startswith("htmx"))
    made.globals["pico"] = next(name for name in vendored if name.startswith("pico"))
    return made


_templates = _environment()


def signed_in(request: Request) -> Desk:
    """The desk, for whoever has a session. Raises SignedOut."""
    desk = desk_of(request)
    if not desk.access.session_is_open(request.cookies.get(COOKIE, "")):
        raise SignedOut
    return desk


SignedIn = Annotated[Desk, Depends(signed_in)]


def _language(request: Request) -> str:
    """Chinese, unless ``?lang=en`` asks for English; a browser's own wish does not decide it."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def _page(request: Request, template: str, status: int = 200, **known: Any) -> HTMLResponse:
    lang, desk = _language(request), desk_of(request)
    drill = f"{desk.drill.speed:g}" if desk.drill else ""
    html = _templates.get_template(template).render(
        lang=lang,
        say=lambda zh, en: zh if lang == "zh" else en,
        county=desk.library.territory.root.name,
        drill=drill,
        **known,
    )
    return HTMLResponse(html, status)


@router.get("/")
def show_board(request: Request, desk: SignedIn) -> HTMLResponse:
    return _page(request, "board.html", board=board(desk))


@router.get("/board")
def refresh_board(request: Request, desk: SignedIn) -> HTMLResponse:
    """The board's inside, which the page asks for every few seconds."""
    return _page(request, "_board.html", board=board(desk))


@router.get("/cases/{number}")
def show_case(request: Request, desk: SignedIn, number: str) -> HTMLResponse:
    return _page(request, "case.html", **_case(desk, desk.full_number(number)))


@router.get("/cases/{number}/since/{seq}")
def refresh_case(request: Request, desk: SignedIn, number: str, seq: int, day: str = "") -> Response:
    """The case's inside, if anything was decided since or a new day began; else the page stays as it is."""
    case, _ = desk.recorded(desk.full_number(number))
    if (case.seq, _today(desk, case)) == (seq, day):
        return Response(status_code=_UNCHANGED)
    return _page(request, "_case.html", **_case(desk, case.id))


def _case(desk: Desk, number: str) -> dict[str, Any]:
    case, procedure = desk.recorded(number)
    told = telling.whole(procedure, case, reading.entries(desk, procedure, case), desk.seal, desk.now())
    clocks = sorted(telling.explained(procedure, case).clocks, key=_most_pressing)
    return {
        "case": told,
        "clocks": clocks,
        "moments": timeline(told.entries),
        "seq": case.seq,
        "day": _today(desk, case),
    }


def _today(desk: Desk, case: Case) -> str:
    """The day in the case's time, on which the days left depend."""
    return case.calendar.date_of(case.time_of(desk.now())).isoformat()


def _most_pressing(clock: ClockAnswer) -> tuple[bool, bool, datetime]:
    """What still counts before what has stopped, and among it what is due first."""
    return clock.state == "stopped", clock.due is None, clock.due or clock.started


@router.get("/login")
def login(request: Request, code: str = "") -> Response:
    """Start a session with a one-time code."""
    cookie = desk_of(request).access.use_code(code)
    if cookie is None:
        raise SignedOut
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE, cookie, max_age=SESSION_SECONDS, httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


def install(app: FastAPI) -> None:
    """Put the pages, their files, and their way of saying what went wrong into the application."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")

    @app.exception_handler(SignedOut)
    def _signed_out(request: Request, _fault: SignedOut) -> Response:
        en = _language(request) == "en"
        return _page(
            request, "notice.html", 401,
            heading="Please sign in" if en else "请先登录",
            advice="Open the link that `fengqiao login` prints; it works once."
            if en else "请打开 fengqiao login 打印的链接（只能用一次）。",
        )  # fmt: skip


def as_page(request: Request, problem: Problem) -> HTMLResponse:
    """A problem as a page, for browsers."""
    told = problem.document(_language(request))
    return _page(request, "notice.html", problem.status, heading=told.title, advice=told.detail)
