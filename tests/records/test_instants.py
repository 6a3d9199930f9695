"""Instants: stored in UTC, never naive, the same from both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from records.instants import Instant

MOMENT = datetime(2026, 2, 14, 8, 30, 15, 250, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def instants(records: Engine) -> Table:
    table = Table("instants", MetaData(), Column("at", Instant))
    table.create(records)
    return table


def test_an_instant_comes_back_aware_and_in_utc(records: Engine, instants: Table) -> None:
    with records.begin() as connection:
        connection.execute(insert(instants).values(at=MOMENT))
        back = connection.execute(select(instants.c.at)).scalar_one()
    assert (back, back.tzinfo) == (MOMENT, UTC)


def test_a_naive_datetime_is_refused(records: Engine, instants: Table) -> None:
    with records.connect() as connection, pytest.raises(StatementError, match="naive"):
        connection.execute(insert(instants).values(at=MOMENT.replace(tzinfo=None)))


def test_nothing_stays_nothing(records: Engine, instants: Table) -> None:
    with records.begin() as connection:
        connection.execute(insert(instants).values(at=None))
        assert connection.execute(select(instants.c.at)).scalar_one() is None
