"""How many filings and actions a second go through the console's API, with four clients at it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import httpx

from benchmarks.asking import act, await_recorded, file, records_of, units
from benchmarks.figures import Figure, Measured
from casework.procedure import Text
from tests.running_engine import Running, running

CLIENTS = 4
SECONDS = 9.0
CASES_EACH = 10
_T = TypeVar("_T")


def measure(folder: Path) -> Measured:
    with running(folder / "throughput") as engine, ExitStack() as stack:
        clients = [stack.enter_context(engine.http()) for _ in range(CLIENTS)]
        answered, recorded = _filings(engine, clients)
        actions = _actions(engine, clients)
    return Measured(
        Text(
            f"{CLIENTS} 个客户端经控制台 API 不停登记 {SECONDS:g} 秒、办理（记进展）{SECONDS:g} 秒，"
            "各自得到答复后再发下一次。登记在交给引擎后即答复，记入台账在后，故分别计数。",
            f"{CLIENTS} clients file for {SECONDS:g} s and take actions (notes of progress) for "
            f"{SECONDS:g} s over the console's API, each request after the answer to the last. A filing is "
            "answered once the engine has it, and is on record later: both are counted.",
        ),
        (
            Figure(Text("登记，已答复", "filings answered"), answered, "/s"),
            Figure(Text("登记，已入台账", "filings on record"), recorded, "/s"),
            Figure(Text("办理动作", "actions"), actions, "/s"),
        ),
    )


def _filings(engine: Running, clients: list[httpx.Client]) -> tuple[float, float]:
    """How many filings a second are answered, and how many get on record."""
    records, places, began = records_of(engine.home), units(), perf_counter()
    filed = _together([_filing(http, places) for http in clients])
    answered = perf_counter() - began
    await_recorded(records, filed, 1)
    recorded = perf_counter() - began
    records.dispose()
    return len(filed) / answered, len(filed) / recorded


def _filing(http: httpx.Client, places: Iterator[str]) -> Callable[[], str]:
    return lambda: file(http, next(places))


def _actions(engine: Running, clients: list[httpx.Client]) -> float:
    """How many actions a second are decided."""
    records = records_of(engine.home)
    own = [[file(http, unit) for unit in islice(units(), CASES_EACH)] for http in clients]
    await_recorded(records, [number for numbers in own for number in numbers], 1)
    records.dispose()
    began = perf_counter()
    done = _together([_acting(http, numbers) for http, numbers in zip(clients, own, strict=True)])
    return len(done) / (perf_counter() - began)


def _acting(http: httpx.Client, numbers: list[str]) -> Callable[[], None]:
    following = cycle(numbers)
    return lambda: act(http, next(following))


def _together(jobs: list[Callable[[], _T]]) -> list[_T]:
    """What the jobs give, all repeated at the same time for as long as it goes."""
    end = perf_counter() + SECONDS

    def repeat(job: Callable[[], _T]) -> list[_T]:
        done = []
        while perf_counter() < end:
            done.append(job())
        return done

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [each for done in threads.map(repeat, jobs) for each in done]
