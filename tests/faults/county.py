"""A county at work while its machines fail: requests are repeated until they are answered."""

import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import httpx
from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlmodel import Session, select

from casework.case import Case
from casework.decide import advance, decide_at, next_due
from casework.decision import Decision, Entry
from casework.event import ActionTaken, Event, Filed
from definitions.library import Library
from records import audit, cases, ledger
from records.tables import DecisionRow
from tests.running_engine import Running, until

PATIENCE = 120
CLERKS = 4
BEGUN = 200
REFUSED = range(400, 500)
ACTIONS = ("note", "note", "note", "refer-up", "settle", "accept")
FIELDS = {"note": "progress", "refer-up": "reason", "settle": "agreement"}
_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class County:
    """Clerks who repeat each request, under its key, until it is answered, and remember the answer."""

    def __init__(self, engine: Running, seed: int) -> None:
        self._engine = engine
        self._random = random.Random(seed)  # noqa: S311  (it chooses cases, no secrets)
        self._villages = sorted(
            unit.code
            for unit in Library.load(None, "zhuji").territory.units.values()
            if unit.level == "village"
        )
        self.filed: list[str] = []
        self.taken: dict[str, str] = {}
        self.refused: dict[str, str] = {}

    @property
    def answers(self) -> int:
        return len(self.taken) + len(self.refused)

    def file(self, number: int) -> None:
        """File so many disputes, some at once, in villages all over the county."""
        asked = [(self._random.choice(self._villages), uuid4().hex) for _ in range(number)]
        with ThreadPoolExecutor(CLERKS) as clerks:
            self.filed += clerks.map(lambda each: self._file(*each), asked)

    def _file(self, village: str, key: str) -> str:
        body = {
            "procedure": "dispute-mediation",
            "unit": village,
            "fields": {"summary": "屋后排水沟被堵", "parties": "甲乙"},
        }
        answer = self._insist("/api/cases", body, key)
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["id"])

    @contextmanager
    def acting(self, leave: int = 0) -> Iterator[None]:
        """Meanwhile clerks take one action after the other, in cases taken by lot, but for the first few."""
        done, faults = threading.Event(), list[BaseException]()

        def act() -> None:
            try:
                while not done.is_set():
                    self._act(
                        self._random.choice(self.filed[leave:]), self._random.choice(ACTIONS), uuid4().hex
                    )
            except BaseException as fault:
                faults.append(fault)
                raise

        clerks = [threading.Thread(target=act) for _ in range(CLERKS)]
        for clerk in clerks:
            clerk.start()
        try:
            yield
        finally:
            done.set()
            for clerk in clerks:
                clerk.join()
        assert not faults

    def _act(self, case: str, action: str, key: str) -> None:
        fields = {FIELDS[action]: "x"} if action in FIELDS else {}
        body = {"action": action, "as": "lead", "fields": fields}
        answer = self._insist(f"/api/cases/{case}/actions", body, key)
        if answer.status_code == BEGUN:
            self.taken[key] = case
        else:
            assert answer.status_code in REFUSED, answer.text
            self.refused[key] = case

    def _insist(self, path: str, body: Mapping[str, object], key: str) -> httpx.Response:
        """Send a request, with its key, until it is carried out or refused."""
        end = time.monotonic() + PATIENCE
        with self._engine.http() as http:
            while time.monotonic() < end:
                try:
                    answer = http.post(path, json=body, headers={"Idempotency-Key": key}, timeout=5)
                except httpx.TransportError:
                    time.sleep(0.1)
                    continue
                if answer.status_code < 500:
                    return answer
                time.sleep(0.1)
        raise AssertionError(f"{path} was not answered for {PATIENCE} s")


def late(records: Engine, numbers: list[str], moment: datetime) -> list[str]:
    """The cases in which something that was due by a moment (of the drill) is not recorded."""
    behind = []
    for number in numbers:
        found = cases.get_case(records, number)
        due = next_due(found[1], found[0]) if found else moment
        if due is not None and due <= moment:
            behind.append(number)
    return behind


def wait_for(records: Engine, county: County, moment: datetime, seconds: float = 240) -> None:
    """Wait until the county's ledger has reached a moment of the drill."""
    end, behind = time.monotonic() + seconds, county.filed
    while behind := late(records, behind, moment):
        assert time.monotonic() < end, f"{len(behind)} cases had not reached {moment} in {seconds:g} s"
        time.sleep(0.5)


def wait_for_answers(records: Engine, county: County) -> None:
    """Wait until every action that was answered is in the ledger: it may get there after its answer."""
    until(lambda: set(county.taken) <= set(keys_recorded(records)), "the record of every action taken", 120)


def check(records: Engine, county: County, moment: datetime) -> Counter[str]:
    """Nothing is lost, doubled or skipped; the number of entries of each kind."""
    assert ledger.verify(records).ok
    assert len(set(county.filed)) == len(county.filed)
    kinds: Counter[str] = Counter()
    for number in county.filed:
        recomputed = audit.recompute(records, number)
        assert recomputed.fault is None, (number, recomputed.difference)
        entries = ledger.entries(records, number)
        assert entries == told_anew(records, number, recomputed.case.as_of)
        kinds.update(entry.kind for entry in entries)
    keys = keys_recorded(records)
    assert [key for key in county.taken if keys[key] != 1] == []
    assert [key for key in county.refused if key in keys] == []
    assert late(records, county.filed, moment) == []
    return kinds


def told_anew(records: Engine, number: str, moment: datetime) -> list[Entry]:
    """The core's own answer: only what people did is told to it, and time passes by itself."""
    found = cases.get_case(records, number)
    assert found
    case: Case | None = None
    decisions: list[Decision] = []
    for recorded in cases.decisions(records, number):
        event = _EVENT.validate_json(recorded.event)
        if isinstance(event, Filed | ActionTaken):
            decisions += decide_at(found[1], case, event, recorded.at)
            case = decisions[-1].case
    assert case
    decisions += advance(found[1], case, moment) if case.open else ()
    return [entry for decision in decisions for entry in decision.entries]


def keys_recorded(records: Engine) -> Counter[str]:
    """How often each request key was acted on."""
    with Session(records) as session:
        events = session.exec(select(DecisionRow.event)).all()
    return Counter(key for event in events if (key := json.loads(event).get("key")))


def kill_now_and_then(engine: Running, county: County, seed: int, rounds: int) -> Counter[str]:
    """SIGKILL the worker, Temporal and the console in turn, at random moments; how often each was killed.

    Between two kills at least one request is answered: what is killed is at work.
    """
    choose, killed = random.Random(seed), Counter[str]()  # noqa: S311
    for name in ("worker", "temporal", "console") * rounds:
        before = county.answers
        until(lambda: county.answers > before, "an answer")  # noqa: B023
        time.sleep(choose.uniform(0, 2))
        os.kill(until(lambda: engine.children().get(name), f"the restart of {name}"), signal.SIGKILL)  # noqa: B023
        killed[name] += 1
    return killed
