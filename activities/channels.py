"""The channels by which a notice reaches an official: mail, webhook, and the log where there is neither."""

from collections.abc import Sequence

import structlog

from activities.letter import Address, Channel, Letter
from activities.mail import Mail
from activities.webhook import Webhook

_log = structlog.get_logger()


class Log:
    """The log, for an official whom no channel reaches: it says that a notice was due, in which case."""

    name = "log"

    def reaches(self, address: Address) -> bool:
        del address
        return True

    def deliver(self, letter: Letter, address: Address) -> None:
        del address
        _log.info("notice", notice=letter.notice_id, case=letter.case_id, kind=letter.kind)


def channels(smtp_url: str, sender: str, webhook_url: str) -> Sequence[Channel]:
    """The channels that are set up, in the order they are tried."""
    mails: list[Channel] = [Mail(smtp_url, sender)] if smtp_url else []
    return [*mails, Webhook(webhook_url)]
