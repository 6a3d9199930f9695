"""Webhooks, to a real HTTP server: what counts as delivered, and what does not."""

import gzip
import logging
import threading

import pytest

from activities.letter import Address, DeliveryFailed, Letter
from activities.webhook import Webhook
from tests.activities.conftest import Hook, serving

NOWHERE = Address()


def send(hook: Hook, letter: Letter, to: Address = NOWHERE, seconds: float = 5) -> None:
    Webhook(hook.url, seconds).deliver(letter, to)


def test_a_notice_is_posted_as_json(hook: Hook, letter: Letter) -> None:
    send(hook, letter)
    assert hook.told == [
        {
            "id": "D-1:3:1",
            "case": "D-1",
            "kind": "reminder",
            "subject": letter.subject,
            "text": letter.body,
        }
    ]


def test_an_officials_own_webhook_comes_before_the_common_one(hook: Hook, letter: Letter) -> None:
    with serving(Hook()) as own:
        send(hook, letter, Address(webhook=own.url))
    assert (len(own.told), len(hook.told)) == (1, 0)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_status_of_success_is_a_delivery(hook: Hook, letter: Letter, status: int) -> None:
    hook.status = status
    send(hook, letter)


@pytest.mark.parametrize("status", [302, 307, 400, 404, 429, 500, 503])
def test_any_other_status_is_none_and_nobody_is_redirected(hook: Hook, letter: Letter, status: int) -> None:
    with serving(Hook()) as elsewhere:
        hook.status, hook.headers = status, {"Location": elsewhere.url}
        with pytest.raises(DeliveryFailed, match=f"^HTTP {status}$") as failed:
            send(hook, letter)
    assert elsewhere.told == []
    assert not failed.value.for_good


@pytest.mark.parametrize(
    "answer",
    [{"errcode": 0, "errmsg": "ok"}, {"errcode": "0"}, {"code": 0}, {"code": None}, {"ok": True}, [1], "ok"],
)
def test_an_answer_without_an_error_code_is_a_delivery(hook: Hook, letter: Letter, answer: object) -> None:
    hook.says(answer)
    send(hook, letter)


@pytest.mark.parametrize("body", [b"", b"ok", b"<html>", b"\xff\xfe\x00", b"[" * 60_000])
def test_an_answer_that_is_no_json_is_a_delivery(hook: Hook, letter: Letter, body: bytes) -> None:
    hook.answer = body
    send(hook, letter)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, "error code 93000"),
        ({"errcode": "40001"}, "error code 40001"),
        ({"code": 9499, "msg": "Bad Request"}, "error code 9499"),
        ({"code": "FORBIDDEN"}, "error code that is no number"),
        ({"errcode": {"why": "13800000000"}}, "error code that is no number"),
        ({"code": 13800000000}, "error code that is no number"),
    ],
)
def test_an_answer_of_success_that_bears_an_error_code_is_none(
    hook: Hook, letter: Letter, answer: object, told: str
) -> None:
    hook.says(answer)
    with pytest.raises(DeliveryFailed) as failed:
        send(hook, letter)
    assert str(failed.value) == told


def test_an_answer_that_does_not_come_is_none(hook: Hook, letter: Letter) -> None:
    released = threading.Event()
    hook.before = lambda: released.wait(10)
    with pytest.raises(DeliveryFailed, match="ReadTimeout"):
        send(hook, letter, seconds=0.2)
    released.set()


def test_an_answer_that_drips_is_not_waited_for(hook: Hook, letter: Letter) -> None:
    hook.answer, hook.drip = b" " * 1000, 0.05
    with pytest.raises(DeliveryFailed, match="takes too long"):
        send(hook, letter, seconds=0.2)


def test_a_huge_answer_is_not_read(hook: Hook, letter: Letter) -> None:
    hook.answer = b" " * 1_000_000
    with pytest.raises(DeliveryFailed, match="too long"):
        send(hook, letter)


def test_an_answer_that_would_unpack_to_something_huge_is_not_unpacked(hook: Hook, letter: Letter) -> None:
    hook.headers = {"Content-Encoding": "gzip"}
    hook.answer = gzip.compress(b'{"errcode":1}' + b" " * 50_000_000)
    assert len(hook.answer) < 64 * 1024
    send(hook, letter)


def test_a_server_that_is_away_is_none(letter: Letter) -> None:
    with pytest.raises(DeliveryFailed, match="ConnectError"):
        Webhook("http://127.0.0.1:1/hook").deliver(letter, NOWHERE)


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://x/", "http://[bad", "http://\x00/", "http://a b/", "http://:99999/"]
)
def test_an_address_that_is_none_is_a_failure_and_no_error(letter: Letter, url: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        Webhook("").deliver(letter, Address(webhook=url))
    assert url not in str(failed.value)


def test_the_address_of_a_hook_which_is_a_secret_is_not_logged(
    hook: Hook, letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        Webhook(f"{hook.url}?key=secret").deliver(letter, NOWHERE)
    assert len(hook.told) == 1
    assert "secret" not in caplog.text
