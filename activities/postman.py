"""The postman: carries notices from the outbox to their officials, and tells the case when it could not."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Counter
from sqlalchemy import Engine

from activities.channels import Log
from activities.letter import Address, Channel, DeliveryFailed, Letter
from casework.decide import decide_at
from casework.event import NoticeFailed
from casework.wording import notice_text
from records import cases, ledger, outbox
from records.commit import commit
from records.outbox import Message

ATTEMPTS = 6
LEASE = timedelta(minutes=2)
BATCH = 20
NOTICES = Counter("fengqiao_notices", "Notices by channel and what became of them", ["channel", "result"])
_log = structlog.get_logger()

Tell = Callable[[str, NoticeFailed], Awaitable[bool]]
"""Tells a running case that a notice failed; False where it runs no more. ConnectionError: not now."""


@dataclass(frozen=True)
class _Tried:
    """The channel that was tried last, its error or "", and whether every channel refused for good."""

    channel: str
    error: str = ""
    for_good: bool = False


class Postman:
    """Delivers what is due in the outbox. Several may work on one outbox: each notice is one's at a time."""

    def __init__(
        self,
        records: Engine,
        channels: Sequence[Channel],
        addresses: Mapping[str, Address],
        tell: Tell,
        *,
        language: str = "zh",
        first_retry: timedelta = timedelta(seconds=30),
    ) -> None:
        self._records = records
        self._channels = channels
        self._addresses = addresses
        self._tell = tell
        self._language = language
        self._first_retry = first_retry
        self._ended = asyncio.Lock()

    async def work(self, stop: asyncio.Event, pause: float = 1.0) -> None:
        """Go on until told to stop; a database that is away is waited for."""
        while not stop.is_set():
            try:
                claimed = await self.round()
            except Exception as error:  # a worker must not end, and its cases halt, for want of a postman
                _log.warning("the outbox waits", error=type(error).__name__)
                claimed = 0
            if not claimed:
                await _either(stop, pause)

    async def round(self) -> int:
        """Deliver one batch; how many were claimed. What one official gets comes to him in order."""
        began = _now()
        messages = await asyncio.to_thread(outbox.claim, self._records, began, BATCH, LEASE)
        piles = defaultdict(list)
        for message in messages:
            piles[message.notice.official].append(message)
        await asyncio.gather(*(self._carry_all(pile, began + LEASE / 2) for pile in piles.values()))
        return len(messages)

    async def _carry_all(self, messages: Iterable[Message], until: datetime) -> None:
        """Carry messages one by one; begin none that the lease may not cover, lest another carry it, too.

        What is left is claimed again after the lease, and so is what failed in an unforeseen way.
        """
        for message in messages:
            if _now() > until:
                return
            try:
                await self._carry(message)
            except Exception as error:  # whatever is wrong with one notice must not hold up the others
                _log.warning("a notice waits", notice=message.notice.id, error=type(error).__name__)

    async def _carry(self, message: Message) -> None:
        tried = await asyncio.to_thread(self._deliver, message)
        notice, channel, error = message.notice, tried.channel, tried.error
        NOTICES.labels(channel, "failed" if error else "sent").inc()
        if not error:
            await asyncio.to_thread(outbox.mark_sent, self._records, notice.id, channel, _now())
        elif message.attempts < ATTEMPTS and not tried.for_good:
            wait = self._first_retry * 2 ** (message.attempts - 1)
            await asyncio.to_thread(
                outbox.mark_retry, self._records, notice.id, channel, error, _now() + wait
            )
        else:
            await self._give_up(message, channel, error)

    def _deliver(self, message: Message) -> _Tried:
        address = self._addresses.get(message.notice.official, Address())
        letter = self._letter(message)
        failures: list[DeliveryFailed] = []
        for channel in [c for c in self._channels if c.reaches(address)] or [Log()]:
            try:
                channel.deliver(letter, address)
            except DeliveryFailed as failed:
                failures.append(failed)
                _log.warning(
                    "not delivered", notice=letter.notice_id, channel=channel.name, error=str(failed)
                )
            else:
                return _Tried(channel.name)
        return _Tried(channel.name, str(failures[-1]), all(failed.for_good for failed in failures))

    def _letter(self, message: Message) -> Letter:
        found = cases.get_case(self._records, message.case_id)
        assert found, "a notice is recorded together with its case"
        case, procedure = found
        subject, body = notice_text(procedure, case.calendar, case.id, message.notice, self._language)
        return Letter(message.notice.id, case.id, message.notice.kind, subject, body)

    async def _give_up(self, message: Message, channel: str, error: str) -> None:
        """Tell the case first: should we die in between, the notice is tried again and told again."""
        event = NoticeFailed(message.notice.id, channel, message.notice.official, error)
        if not await self._tell(message.case_id, event):
            async with self._ended:
                await asyncio.to_thread(self._record_on_ended, message.case_id, event)
        await asyncio.to_thread(outbox.mark_failed, self._records, message.notice.id, channel, error, _now())

    def _record_on_ended(self, case_id: str, event: NoticeFailed) -> None:
        """A case that has ended has no workflow: the same function decides, and the same commit records.

        It is recorded once, though we die before the notice is settled. Raises ConnectionError for a case
        that is open: its workflow is somewhere, or will be rebuilt, and it alone decides.
        """
        found = cases.get_case(self._records, case_id)
        assert found, "a notice is recorded together with its case"
        case, procedure = found
        if case.open:
            raise ConnectionError("the case is open and does not run")
        entries = ledger.entries(self._records, case_id)
        if any(e.kind == "notice-failed" and e.detail["notice"] == event.notice for e in entries):
            return
        at = case.time_of(_now())
        commit(self._records, procedure, decide_at(procedure, case, event, at), _now())


async def _either(stop: asyncio.Event, seconds: float) -> None:
    """Wait for a stop, but not longer than so many seconds."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _now() -> datetime:
    return datetime.now(UTC)
