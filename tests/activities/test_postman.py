"""The postman, between real records and real servers: every notice arrives, or its case is told."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from activities.channels import channels
from activities.letter import Address, Channel
from activities.postman import ATTEMPTS, BATCH, Postman
from casework.event import NoticeFailed
from records import cases, ledger
from records.audit import recompute
from records.database import writing
from records.tables import NoticeRow
from tests.activities.conftest import Case, Hook, Inbox
from tests.records.conftest import record

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

AWAY = "smtp://127.0.0.1:1"
LEADER, LEAD = "o-village-leader", "o-village-lead"
ADDRESSES = {who: Address(email=f"{who}@zhuji.test") for who in (LEADER, LEAD)}


class Cases:
    """The running cases, as the postman sees them: what they were told, and whether they run."""

    def __init__(self, *, run: bool = True) -> None:
        self.run = run
        self.told: list[tuple[str, NoticeFailed]] = []

    async def tell(self, case_id: str, event: NoticeFailed) -> bool:
        if self.run:
            self.told.append((case_id, event))
        return self.run


Post = Callable[..., Postman]


@pytest.fixture
def running() -> Cases:
    return Cases()


@pytest.fixture
def postman(records: Engine, running: Cases) -> Post:
    def at(
        smtp: str = "", webhook: str = "", addresses: dict[str, Address] | None = None, **options: Any
    ) -> Postman:
        known: Sequence[Channel] = channels(smtp, "fengqiao@zhuji.test", webhook)
        addresses = ADDRESSES if addresses is None else addresses
        return Postman(records, known, addresses, running.tell, **options)

    return at


def outbox(records: Engine) -> list[NoticeRow]:
    with Session(records, expire_on_commit=False) as session:
        return list(session.exec(select(NoticeRow).order_by(col(NoticeRow.id))))


def make_due(records: Engine) -> None:
    """Let what waits for its next attempt be due now."""
    with writing(records) as session:
        waiting = update(NoticeRow).where(col(NoticeRow.state) == "waiting")
        session.connection().execute(waiting.values(next_at=datetime.now(UTC) - timedelta(seconds=1)))


async def rounds(records: Engine, post: Postman, number: int) -> None:
    for _ in range(number):
        make_due(records)
        await post.round()


def end(case: Case, records: Engine) -> None:
    """Record a case that its party withdrew, with its notices still waiting."""
    record(records, case().act("2026-03-02 10:05", "withdraw", "party"))


async def test_those_who_answer_for_a_case_are_told_by_mail(
    records: Engine, case: Case, inbox: Inbox, postman: Post
) -> None:
    case()
    assert await postman(inbox.url).round() == 2
    assert sorted(str(mail["To"]) for mail in inbox.mails) == [
        "o-village-lead@zhuji.test",
        "o-village-leader@zhuji.test",
    ]
    assert {str(mail["Subject"]) for mail in inbox.mails} == {"【交办】D-1 village"}
    assert {(row.state, row.channel, row.error) for row in outbox(records)} == {("sent", "mail", "")}


async def test_the_language_of_notices_can_be_chosen(case: Case, inbox: Inbox, postman: Post) -> None:
    case()
    await postman(inbox.url, language="en").round()
    assert {str(mail["Subject"]) for mail in inbox.mails} == {"[assigned to you] D-1 village"}


async def test_what_was_sent_is_not_sent_again(
    records: Engine, case: Case, inbox: Inbox, postman: Post
) -> None:
    case()
    await rounds(records, postman(inbox.url), 3)
    assert len(inbox.mails) == 2


async def test_nothing_is_sent_before_its_time(
    records: Engine, case: Case, inbox: Inbox, postman: Post
) -> None:
    """Filed at eight in the evening, it is told when the office opens at half past eight."""
    case("2026-03-02 20:00", ago=timedelta(hours=12))
    assert await postman(inbox.url).round() == 0
    assert inbox.mails == []
    case("2026-03-02 20:00", ago=timedelta(hours=13), id_="D-2")
    assert await postman(inbox.url).round() == 2
    assert {str(mail["Subject"]) for mail in inbox.mails} == {"【交办】D-2 village"}
    assert {row.state for row in outbox(records) if row.case_id == "D-1"} == {"waiting"}


async def test_where_mail_fails_the_webhook_is_tried(
    records: Engine, case: Case, hook: Hook, postman: Post
) -> None:
    case()
    await postman(AWAY, hook.url).round()
    assert [told["case"] for told in hook.told] == ["D-1", "D-1"]
    assert {(row.state, row.channel, row.error) for row in outbox(records)} == {("sent", "webhook", "")}


async def test_an_official_whom_no_channel_reaches_is_in_the_log(
    records: Engine, case: Case, postman: Post
) -> None:
    case()
    with structlog.testing.capture_logs() as logs:
        await postman("", "", {}).round()
    assert [(line["event"], line["case"]) for line in logs] == [("notice", "D-1")] * 2
    assert {(row.state, row.channel) for row in outbox(records)} == {("sent", "log")}


async def test_one_official_is_told_in_the_order_things_happened(
    records: Engine, case: Case, hook: Hook, postman: Post
) -> None:
    life = case("2026-03-02 10:00", ago=timedelta(days=60))
    record(records, life.until("2026-04-20 12:00"))
    post = postman("", hook.url)
    while await post.round():
        pass
    official = {row.id: row.official for row in outbox(records)}
    told = [(official[each["id"]], *map(int, each["id"].split(":")[1:])) for each in hook.told]
    assert len(told) == len(official) > BATCH
    for name in set(official.values()):
        mine = [numbers for whom, *numbers in told if whom == name]
        assert mine == sorted(mine)


async def test_a_failed_notice_waits_twice_as_long_each_time(
    records: Engine, case: Case, postman: Post
) -> None:
    case()
    post = postman(AWAY, first_retry=timedelta(minutes=10))
    waits = []
    for _ in range(ATTEMPTS - 1):
        make_due(records)
        await post.round()
        waits.append((outbox(records)[0].next_at - datetime.now(UTC)) / timedelta(minutes=10))
    assert [round(wait) for wait in waits] == [1, 2, 4, 8, 16]
    assert {(row.state, row.attempts) for row in outbox(records)} == {("waiting", ATTEMPTS - 1)}


async def test_a_notice_that_failed_is_delivered_when_the_server_is_back(
    records: Engine, case: Case, inbox: Inbox, postman: Post, running: Cases
) -> None:
    case()
    await rounds(records, postman(AWAY), 3)
    assert {row.error for row in outbox(records)} == {"ConnectionRefusedError"}
    await rounds(records, postman(inbox.url), 1)
    assert {(row.state, row.error, row.attempts) for row in outbox(records)} == {("sent", "", 4)}
    assert (len(inbox.mails), running.told) == (2, [])


async def test_a_case_is_told_of_a_notice_that_could_not_be_delivered(
    records: Engine, case: Case, postman: Post, running: Cases
) -> None:
    case()
    await rounds(records, postman(AWAY), ATTEMPTS)
    failed = NoticeFailed("D-1:1:1", "mail", LEADER, "ConnectionRefusedError")
    assert ("D-1", failed) in running.told
    assert len(running.told) == 2
    assert {(row.state, row.channel) for row in outbox(records)} == {("failed", "mail")}
    await rounds(records, postman(AWAY), 2)
    assert len(running.told) == 2


async def test_a_recipient_refused_for_good_is_told_at_once(
    records: Engine, case: Case, inbox: Inbox, postman: Post, running: Cases
) -> None:
    case()
    inbox.answers[ADDRESSES[LEAD].email] = "550 no such user"
    inbox.answers[ADDRESSES[LEADER].email] = "451 later"
    await postman(inbox.url).round()
    assert [(event.official, event.reason) for _, event in running.told] == [(LEAD, "recipient refused, 550")]
    assert {row.official: row.state for row in outbox(records)} == {LEAD: "failed", LEADER: "waiting"}


async def test_a_recipient_refused_for_good_by_mail_may_yet_be_reached_by_webhook(
    records: Engine, case: Case, inbox: Inbox, hook: Hook, postman: Post, running: Cases
) -> None:
    case()
    inbox.answers = {address.email: "550 no such user" for address in ADDRESSES.values()}
    hook.status = 503
    await postman(inbox.url, hook.url).round()
    assert {(row.state, row.error) for row in outbox(records)} == {("waiting", "HTTP 503")}
    assert running.told == []


async def test_a_case_that_cannot_be_told_now_is_told_later(
    records: Engine, case: Case, postman: Post, running: Cases
) -> None:
    case()

    async def away(case_id: str, event: NoticeFailed) -> bool:
        del case_id, event
        raise ConnectionError

    await rounds(records, postman(AWAY), ATTEMPTS - 1)
    await rounds(records, Postman(records, channels(AWAY, "a@b.c", ""), ADDRESSES, away), 2)
    assert {row.state for row in outbox(records)} == {"waiting"}
    await rounds(records, postman(AWAY), 1)
    assert {row.state for row in outbox(records)} == {"failed"}
    assert len(running.told) == 2


async def test_on_an_ended_case_a_failed_notice_is_written_into_the_ledger(
    records: Engine, case: Case, postman: Post, running: Cases
) -> None:
    end(case, records)
    running.run = False
    await rounds(records, postman(AWAY), ATTEMPTS)
    entries = [entry for entry in ledger.entries(records, "D-1") if entry.kind == "notice-failed"]
    assert sorted(str(entry.detail["to"]) for entry in entries) == [LEAD, LEADER]
    assert {row.state for row in outbox(records)} == {"failed"}
    assert ledger.verify(records).ok
    assert recompute(records, "D-1").fault is None


async def test_on_an_ended_case_a_failed_notice_is_written_once_though_the_postman_died_meanwhile(
    records: Engine, case: Case, postman: Post, running: Cases
) -> None:
    end(case, records)
    running.run = False
    await rounds(records, postman(AWAY), ATTEMPTS)
    with writing(records) as session:
        session.connection().execute(update(NoticeRow).values(state="waiting"))
    await rounds(records, postman(AWAY), 1)
    kinds = [entry.kind for entry in ledger.entries(records, "D-1")]
    assert kinds.count("notice-failed") == 2


async def test_the_postman_decides_nothing_for_an_open_case_that_does_not_run(
    records: Engine, case: Case, postman: Post, running: Cases
) -> None:
    """Its workflow is being rebuilt, or is in another namespace: were both to decide, they would part."""
    case()
    before = len(ledger.entries(records, "D-1"))
    running.run = False
    await rounds(records, postman(AWAY), ATTEMPTS + 1)
    assert len(ledger.entries(records, "D-1")) == before
    assert {row.state for row in outbox(records)} == {"waiting"}


async def test_a_channel_that_breaks_in_an_unforeseen_way_holds_up_no_other_notice(
    records: Engine, case: Case, hook: Hook, postman: Post
) -> None:
    case()

    class Broken:
        name = "broken"

        def reaches(self, address: Address) -> bool:
            return address == ADDRESSES[LEAD]

        def deliver(self, letter: object, address: Address) -> None:
            raise ZeroDivisionError

    known = [Broken(), *channels("", "", hook.url)]
    await Postman(records, known, ADDRESSES, Cases().tell).round()
    assert {row.official: row.state for row in outbox(records)} == {LEAD: "waiting", LEADER: "sent"}


async def test_neither_log_nor_outbox_nor_ledger_tell_where_an_official_is_reached(
    records: Engine, case: Case, inbox: Inbox, postman: Post, running: Cases, caplog: pytest.LogCaptureFixture
) -> None:
    case()
    inbox.answers[ADDRESSES[LEAD].email] = f"550 {ADDRESSES[LEAD].email} is unknown"
    bad = {LEADER: Address("not an address: 13800000000", "http://[13800000000"), LEAD: ADDRESSES[LEAD]}
    with structlog.testing.capture_logs() as logs:
        await rounds(records, postman(inbox.url, "", bad), ATTEMPTS)
    said = f"{logs} {caplog.text} {[row.error for row in outbox(records)]} {running.told}"
    assert len(logs) > 2
    assert len(running.told) == 2
    assert all(private not in said for private in ("13800000000", "zhuji.test", "village lead"))


async def test_a_database_that_is_away_for_a_moment_only_delays(
    records: Engine, case: Case, hook: Hook, postman: Post
) -> None:
    case()
    stop = asyncio.Event()
    with records.connect() as outsider:
        outsider.exec_driver_sql("alter table outbox rename to gone")
        outsider.commit()
        with structlog.testing.capture_logs() as logs:
            working = asyncio.create_task(postman("", hook.url).work(stop, pause=0.02))
            await until(lambda: len(logs) > 1)
        outsider.exec_driver_sql("alter table gone rename to outbox")
        outsider.commit()
    assert {line["event"] for line in logs} == {"the outbox waits"}
    assert hook.told == []
    await until(lambda: [row.state for row in outbox(records)] == ["sent", "sent"])
    stop.set()
    await asyncio.wait_for(working, 10)
    assert len(hook.told) == 2


async def test_the_postman_stops_when_told_to(case: Case, postman: Post) -> None:
    case()
    stop = asyncio.Event()
    working = asyncio.create_task(postman().work(stop, pause=3600))
    stop.set()
    await asyncio.wait_for(working, 10)


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_the_case_can_be_read_whole_while_its_notices_are_on_their_way(
    records: Engine, case: Case, hook: Hook, postman: Post
) -> None:
    told = case()
    seen: list[object] = []
    hook.before = lambda: seen.append(cases.get_case(records, "D-1"))
    await postman("", hook.url).round()
    assert seen == [(told.case, told.procedure)] * 2
