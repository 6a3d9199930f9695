"""Real servers for the channels to reach, and a recorded case whose notices are due."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine

from activities.letter import Letter
from casework.case import Pace
from casework.event import Filed
from casework.procedure import Procedure
from tests.casework.conftest import beijing
from tests.records.conftest import Told, calendar, filed, procedure, record, records

__all__ = ["calendar", "filed", "procedure", "records"]


@dataclass
class Inbox:
    """A mail server: what it was given, and what it answers to a recipient (where not ``250 OK``)."""

    port: int = 0
    given: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, _class=EmailMessage, policy=default) for each in self.raw]

    @property
    def raw(self) -> list[bytes]:
        return [each.content for each in self.given if isinstance(each.content, bytes)]

    async def handle_RCPT(  # noqa: N802  (the name aiosmtpd calls)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.given.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A real SMTP server on a free port."""
    box = Inbox()
    loop = asyncio.new_event_loop()
    listening = loop.create_server(lambda: SMTP(box, hostname="mail.test"), "127.0.0.1", 0)
    server = loop.run_until_complete(listening)
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield box
    asyncio.run_coroutine_threadsafe(_closed(server), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass
class Hook:
    """A web server that notices are posted to: what it was told, and how it answers."""

    url: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    answer: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None
    drip: float = 0

    def says(self, value: object) -> None:
        self.answer = json.dumps(value).encode()


@contextmanager
def serving(hook: Hook) -> Iterator[Hook]:
    """A real HTTP server on a free port."""

    closed = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            hook.before()
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.end_headers()
            step = 1 if hook.drip else max(len(hook.answer), 1)
            with suppress(OSError):  # the client may have gone
                for n in range(0, len(hook.answer), step):
                    self.wfile.write(hook.answer[n : n + step])
                    closed.wait(hook.drip)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name it has there)
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hook
    finally:
        closed.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving(Hook()) as served:
        yield served


@pytest.fixture
def letter() -> Letter:
    return Letter(
        "D-1:3:1",
        "D-1",
        "reminder",
        "【催办】D-1 村级调解",
        "王书记(村书记):\n事项 D-1,环节:村级调解。\n请依规及时办理。",
    )


Case = Callable[..., Told]


@pytest.fixture
def case(records: Engine, procedure: Procedure, filed: Filed) -> Case:
    """Record a case filed so long ago, at that local moment of its own (drill) time; its notices are due.

    So the test is the same in whatever year it runs, though the calendar is that of 2026.
    """

    def start(
        moment: str = "2026-03-02 10:00", ago: timedelta = timedelta(hours=1), id_: str = "D-1"
    ) -> Told:
        pace = Pace(datetime.now(UTC) - ago, beijing(moment), 1)
        return record(records, Told(procedure, replace(filed, case_id=id_, pace=pace), moment))

    return start
