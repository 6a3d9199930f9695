"""The one activity of a case: recording what was decided."""

import time
from datetime import UTC, datetime

import structlog
from prometheus_client import Counter
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from temporalio import activity
from temporalio.exceptions import ApplicationError

from casework.decision import Decision
from casework.procedure import Procedure
from records.commit import Diverged, Gap, commit

COMMITTED = Counter("fengqiao_decisions_committed", "Decisions recorded, by kind of event", ["event"])
AWAY = Counter("fengqiao_commits_failed", "Attempts to commit that the database did not take")
DIVERGED = Counter("fengqiao_commits_diverged", "Commits refused because the record says otherwise")
REST_SECONDS = 5.0
_log = structlog.get_logger()


class Recorder:
    """Records decisions in one database.

    After a failure a case that would wait for the database, and hold one of the worker's places meanwhile, is
    told so at once, for a while: it then commits by an activity that can wait.
    """

    def __init__(self, records: Engine) -> None:
        self._records = records
        self._rests_until = 0.0

    @activity.defn(name="commit")
    def commit(self, procedure: Procedure, decisions: tuple[Decision, ...]) -> None:
        """Record decisions; the same ones again change nothing.

        Raises Diverged or Gap where the record and the case have parted: a restored backup, a reset. The
        case then waits, its commit retrying, until someone has looked.
        """
        local = activity.info().is_local
        if local and time.monotonic() < self._rests_until:
            raise ApplicationError("the database was away a moment ago", type="Away")
        case = decisions[-1].case
        try:
            commit(self._records, procedure, decisions, datetime.now(UTC))
        except (Diverged, Gap):
            DIVERGED.inc()
            _log.exception("the record and the case have parted", case=case.id, seq=case.seq)
            raise
        except SQLAlchemyError:
            AWAY.inc()
            self._rests_until = time.monotonic() + REST_SECONDS
            raise
        self._rests_until = 0.0
        for decision in decisions:
            COMMITTED.labels(decision.event.kind).inc()
