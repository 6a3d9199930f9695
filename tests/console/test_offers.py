"""What is offered is asked of the records each time, by every console."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from casework.canonical import digest
from casework.case import Actor
from casework.procedure import Procedure
from console.offers import Offers
from console.problems import Problem
from definitions.library import Library
from records import offers
from records.database import connect, migrate

CLERK = Actor("official", "o-desk", "县信访局")


@pytest.fixture(scope="module")
def files() -> Library:
    return Library.load(None, "zhuji")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'records.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def newer(files: Library) -> Procedure:
    return replace(files.procedures["petition"], edition="next")


def publish(records: Engine, procedure: Procedure) -> None:
    offers.put(records, procedure, datetime.now(UTC), CLERK)


def away(records: Engine, folder: Path) -> None:
    """Take the database away, under a console that has it open."""
    records.dispose()
    for path in folder.glob("records.db*"):
        path.unlink()
    (folder / "records.db").mkdir()


def test_until_something_is_published_the_files_hold(records: Engine, files: Library) -> None:
    assert Offers(files, records).now().library.procedures == files.procedures


def test_what_one_console_publishes_another_offers_at_once(records: Engine, files: Library) -> None:
    other = Offers(files, records)
    assert other.now().library.procedures["petition"].edition != "next"
    publish(records, newer(files))
    assert other.now().library.procedures["petition"].edition == "next"
    assert other.now().library.procedures["dispute-mediation"] == files.procedures["dispute-mediation"]


def test_while_the_records_are_away_the_editions_known_last_hold(
    records: Engine, files: Library, tmp_path: Path
) -> None:
    publish(records, newer(files))
    console = Offers(files, records)
    console.now()
    away(records, tmp_path)
    assert console.now().library.procedures["petition"].edition == "next"


def test_a_console_that_could_never_ask_does_not_guess(
    records: Engine, files: Library, tmp_path: Path
) -> None:
    away(records, tmp_path)
    with pytest.raises(Problem) as refused:
        Offers(files, records).now()
    assert (refused.value.status, refused.value.code) == (503, "database-away")


def test_an_edition_that_was_changed_in_the_database_is_not_filed_under(
    records: Engine, files: Library
) -> None:
    publish(records, newer(files))
    with records.begin() as connection:
        connection.execute(text("drop trigger offer_no_update"))
        connection.execute(text("update offer set body = replace(body, '15', '90')"))
    with pytest.raises(Problem) as refused:
        Offers(files, records).now()
    assert refused.value.code == "edition-changed"


def test_editions_that_are_offered_no_more_are_still_known_by_their_hash(
    records: Engine, files: Library
) -> None:
    publish(records, newer(files))
    publish(records, replace(newer(files), edition="after"))
    console = Offers(files, records)
    assert console.edition(digest(newer(files))) == newer(files)
    assert console.edition("0" * 64) is None
