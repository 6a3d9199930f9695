"""Mail, to a real SMTP server: what arrives is what was meant, and nothing can be smuggled into it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from activities.letter import Address, DeliveryFailed, Letter
from activities.mail import Mail
from tests.activities.conftest import Inbox

SENDER = "枫桥 <fengqiao@zhuji.test>"
SECRETARY = Address(email="o-1@zhuji.test")


def send(inbox: Inbox, letter: Letter, to: Address = SECRETARY) -> None:
    Mail(inbox.url, SENDER, seconds=5).deliver(letter, to)


def refused(inbox: Inbox, letter: Letter, to: Address = SECRETARY) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        send(inbox, letter, to)
    assert inbox.given == []
    return failed.value


def test_a_mail_arrives_with_its_chinese_subject_and_text(inbox: Inbox, letter: Letter) -> None:
    send(inbox, letter)
    (mail,) = inbox.mails
    assert mail["Subject"] == letter.subject
    assert mail.get_content().splitlines() == letter.body.splitlines()


def test_a_mail_says_from_whom_and_to_whom_it_is(inbox: Inbox, letter: Letter) -> None:
    send(inbox, letter)
    (mail,), (envelope,) = inbox.mails, inbox.given
    assert mail["From"] == SENDER
    assert mail["To"] == SECRETARY.email
    assert (envelope.mail_from, envelope.rcpt_tos) == ("fengqiao@zhuji.test", [SECRETARY.email])


def test_a_notice_sent_again_is_the_same_mail_to_its_reader(inbox: Inbox, letter: Letter) -> None:
    send(inbox, letter)
    send(inbox, letter)
    assert [mail["Message-ID"] for mail in inbox.mails] == ["<D-1.3.1@fengqiao>"] * 2


def test_no_machine_is_to_answer_a_notice(inbox: Inbox, letter: Letter) -> None:
    """RFC 3834 §5: an absent official's autoreply would come back otherwise."""
    send(inbox, letter)
    assert inbox.mails[0]["Auto-Submitted"] == "auto-generated"


def test_a_mail_is_dated(inbox: Inbox, letter: Letter) -> None:
    """RFC 5322 §3.6 requires it, and filters take mails without for spam."""
    send(inbox, letter)
    age = datetime.now(UTC) - parsedate_to_datetime(inbox.mails[0]["Date"])
    assert abs(age) < timedelta(minutes=1)


def test_a_chinese_mail_passes_servers_that_know_ascii_and_short_lines_alone(
    inbox: Inbox, letter: Letter
) -> None:
    send(inbox, replace(letter, subject="枫" * 200, body="桥" * 2000))
    (raw,) = inbox.raw
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 78
    assert inbox.mails[0]["Subject"] == "枫" * 200
    assert inbox.mails[0].get_content().splitlines() == ["桥" * 2000]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028"])
def test_a_line_break_in_a_subject_smuggles_nothing_in(inbox: Inbox, letter: Letter, end: str) -> None:
    assert refused(inbox, replace(letter, subject=f"催办{end}Bcc: spy@evil.test")).for_good


@pytest.mark.parametrize(
    "address",
    [
        "o-1@zhuji.test\nBcc: spy@evil.test",
        "o-1@zhuji.test\r\n\r\ntext",
        "o-1@zhuji.test, spy@evil.test",
        "o-1@zhuji.test;spy@evil.test",
        "<o-1@zhuji.test>",
        "o-1",
        "o-1@",
        "o-1@[",
        " ",
    ],
)
def test_an_address_that_is_not_one_address_is_refused(inbox: Inbox, letter: Letter, address: str) -> None:
    failed = refused(inbox, letter, Address(email=address))
    assert failed.for_good
    assert "zhuji" not in str(failed)


def test_a_recipient_whom_the_server_will_never_take_is_refused_for_good(
    inbox: Inbox, letter: Letter
) -> None:
    inbox.answers[SECRETARY.email] = "550 no such user"
    failed = refused(inbox, letter)
    assert (str(failed), failed.for_good) == ("recipient refused, 550", True)


def test_a_recipient_whom_the_server_does_not_take_now_may_be_tried_again(
    inbox: Inbox, letter: Letter
) -> None:
    """RFC 5321 §4.2.1: 4yz is a transient answer; greylisting lives on it."""
    inbox.answers[SECRETARY.email] = "451 try again later"
    failed = refused(inbox, letter)
    assert (str(failed), failed.for_good) == ("recipient refused, 451", False)


def test_a_server_that_is_away_may_be_tried_again(letter: Letter) -> None:
    with pytest.raises(DeliveryFailed, match="ConnectionRefusedError") as failed:
        Mail("smtp://127.0.0.1:1", SENDER).deliver(letter, SECRETARY)
    assert not failed.value.for_good


def test_a_server_where_the_login_fails_is_not_given_the_mail(inbox: Inbox, letter: Letter) -> None:
    with pytest.raises(DeliveryFailed):
        Mail(inbox.url.replace("//", "//user:secret@"), SENDER).deliver(letter, SECRETARY)
    assert inbox.given == []
