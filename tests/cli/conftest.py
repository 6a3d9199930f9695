"""One engine for all commands."""

from collections.abc import Iterator

import pytest

from tests.running_engine import Running, running


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("engine") / "home") as engine:
        yield engine
