"""Notices by mail."""

import smtplib
import ssl
from datetime import UTC, datetime
from email import headerregistry
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from activities.letter import Address, DeliveryFailed, Letter

_SEVEN_BIT = SMTP.clone(cte_type="7bit")  # smtplib does not announce BODY=8BITMIME (RFC 6152 §3)
_PERMANENT = 500  # replies from here on: do not ask again (RFC 5321 §4.2.1)


class Mail:
    """SMTP, as ``smtp://user:password@host:port`` (STARTTLS where offered) or ``smtps://`` says."""

    name = "mail"

    def __init__(self, url: str, sender: str, seconds: float = 10.0) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._seconds = seconds

    def reaches(self, address: Address) -> bool:
        return bool(address.email)

    def deliver(self, letter: Letter, address: Address) -> None:
        message = mail(letter, self._sender, address.email)
        try:
            with self._server() as server:
                self._introduce(server)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise DeliveryFailed(f"recipient refused, {code}", for_good=code >= _PERMANENT) from refused
        except smtplib.SMTPResponseException as error:
            raise DeliveryFailed(f"{type(error).__name__} {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise DeliveryFailed(type(error).__name__) from error

    def _server(self) -> smtplib.SMTP:
        host, port = self._url.hostname or "localhost", self._url.port
        if self._url.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port or 465, timeout=self._seconds, context=context)
        return smtplib.SMTP(host, port or 25, timeout=self._seconds)

    def _introduce(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._url.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))


def mail(letter: Letter, sender: str, recipient: str) -> EmailMessage:
    """The letter as a message to one recipient.

    A subject or an address with a line break in it, or an address that is none or several, is refused with
    DeliveryFailed: nothing in them can become a header or a recipient of its own.
    """
    message = EmailMessage(policy=_SEVEN_BIT)
    try:
        message["From"] = sender
        message["To"] = headerregistry.Address(addr_spec=recipient)
        message["Subject"] = letter.subject
    except (ValueError, IndexError, AttributeError, MessageError) as error:  # the parser's own, too
        raise DeliveryFailed("an address or subject that mail cannot carry", for_good=True) from error
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = f"<{letter.notice_id.replace(':', '.')}@fengqiao>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
