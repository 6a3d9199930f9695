"""CaseWorkflow: one case kept alive in time.

It waits until the next due moment or until a handler has decided something; decides at once; and then
commits what was decided, in order, one commit at a time. No handler awaits between deciding and adopting the
new case.

The record must never be ahead of the engine: a worker that dies loses what it has not reported yet. What time
brings hangs on the history alone, so the next worker decides the very same, and it is committed at once. What
people do is in the history only once it has been reported, so its commit is started by that very report.
"""

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError, FailureError

from casework.decide import advance, decide_at, next_due
from casework.decision import Decision, NotAllowed
from casework.event import Event, Filed, TimeReached
from casework.migrating import edition_after
from workflows import attributes
from workflows.details import details
from workflows.messages import (
    NOT_ALLOWED,
    STANDING,
    Acted,
    ActRequest,
    CaseInput,
    Ended,
    Refusal,
    TellRequest,
)

REVISION = 1
"""The interpreter's revision. A run keeps the one it began with; continue-as-new adopts this one."""

_TICK = timedelta(milliseconds=1)
_FUTURE = timedelta(minutes=5)
_LOCAL_LIMIT = timedelta(seconds=2)
_ONCE = RetryPolicy(maximum_attempts=1)
_LONG_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))


@workflow.defn
class CaseWorkflow:
    """The workflow of one case; its id is the case's."""

    @workflow.init
    def __init__(self, start: CaseInput) -> None:
        self._procedure = self._recorded = start.procedure
        self._undone: list[Decision] = []
        self._timer: asyncio.Task[None] | None = None
        self._armed = self._due = workflow.now()
        self._entered = False
        self._refused: NotAllowed | None = None
        if start.case:
            self._case = replace(start.case, revision=REVISION)
        else:
            self._file(start)

    def _file(self, start: CaseInput) -> None:
        if start.filed is None:
            raise ApplicationError("a first run needs the filing", non_retryable=True)
        pace = start.filed.pace
        at = (pace.drill_time(start.filed_at) if pace else start.filed_at).replace(microsecond=0)
        try:
            self._undone += decide_at(self._procedure, None, start.filed, at)
        except NotAllowed as refusal:
            self._refused = refusal
            return
        self._case = self._undone[-1].case

    @workflow.run
    async def run(self, start: CaseInput) -> Ended:
        if self._refused:
            raise _failure(self._refused)
        workflow.set_current_details(details(self._procedure, self._case))
        jitter = _jitter(self._case.id, start.spread)
        while self._case.open or self._undone:
            if self._undone:
                await self._commit()
            elif self._is_long(start.run_events):
                workflow.continue_as_new(
                    replace(start, procedure=self._procedure, filed=None, case=self._case)
                )
            else:
                await self._next(jitter)
        return Ended(self._case.id, self._case.outcome or "", self._case.seq)

    async def _next(self, jitter: timedelta) -> None:
        """Wait for time or a handler. What time brings is decided here, what people do in the handlers.

        Time is decided up to the moment that the timer was armed for, not up to now: whoever has to decide
        it again, at a later now, must decide the same.
        """
        self._arm(jitter)
        await workflow.wait_condition(lambda: bool(self._undone) or self._rings())
        if self._rings():
            self._timer = None
            self._adopt(advance(self._procedure, self._case, self._due))

    @workflow.update
    def act(self, request: ActRequest) -> Acted:
        """Take an action. Refused with NotAllowed, at no cost in history, where it is not allowed now."""
        return self._handle(request)

    @act.validator
    def _check_act(self, request: ActRequest) -> None:
        self._check(request)

    @workflow.update
    def tell(self, request: TellRequest) -> Acted:
        """Tell the case of a calendar, a change of holders, another edition, or a notice that failed."""
        return self._handle(request)

    @tell.validator
    def _check_tell(self, request: TellRequest) -> None:
        self._check(request)

    @workflow.update
    def look(self) -> None:
        """Never accepted: the refusal holds the case as it stands, whole, and leaves nothing in history.

        A query would not do (docs/decisions/0014): it may run the workflow on between its tasks.
        """
        raise ApplicationError("a look is answered by its refusal", non_retryable=True)

    @look.validator
    def _show_case(self) -> None:
        if self._refused:
            raise _failure(self._refused)
        raise ApplicationError("the case as it stands", self._case, type=STANDING, non_retryable=True)

    def _check(self, request: ActRequest | TellRequest) -> None:
        if self._refused:
            raise _failure(self._refused)
        if request.received > workflow.now() + _FUTURE:
            raise ApplicationError("the request bears a time in the future", type="FutureRequest")
        if self._repeats(request) is None:
            try:
                self._decide(request)
            except NotAllowed as refusal:
                raise _failure(refusal) from None

    def _handle(self, request: ActRequest | TellRequest) -> Acted:
        seq = self._repeats(request)
        if seq is not None:
            return self._acted(seq, repeated=True)
        decisions = self._decide(request)
        self._adopt(decisions)
        return self._acted(decisions[-1].seq, decisions[-1])

    def _repeats(self, request: ActRequest | TellRequest) -> int | None:
        handled = self._case.handled_as(getattr(request.event, "key", ""))
        return handled.seq if handled else None

    def _decide(self, request: ActRequest | TellRequest) -> tuple[Decision, ...]:
        """Pure: what time had due up to the request, and the request itself.

        Once the timer has rung, what it rang for comes first: it may stand in the record already.
        """
        event: Event = request.event
        at = self._case.time_of(min(request.received, workflow.now()))
        if self._timer and workflow.now() >= self._armed:
            at = max(at, self._due)
        return decide_at(self._procedure, self._case, event, at)

    def _acted(self, seq: int, decision: Decision | None = None, *, repeated: bool = False) -> Acted:
        case = self._case
        kinds = tuple(entry.kind for entry in decision.entries) if decision else ()
        return Acted(case.id, seq, case.stage, case.outcome, next_due(self._procedure, case), kinds, repeated)

    def _adopt(self, decisions: tuple[Decision, ...]) -> None:
        """Make the decided case the case, without waiting for anything."""
        if not decisions:
            return
        before, self._case = self._case, decisions[-1].case
        self._procedure = edition_after(self._procedure, decisions)
        self._undone += decisions
        entered = any(entry.kind == "entered" for each in decisions for entry in each.entries)
        self._entered = self._entered or entered
        if entered or before.overdue != self._case.overdue or not self._case.open:
            self._show()
        workflow.set_current_details(details(self._procedure, self._case))

    def _show(self) -> None:
        workflow.upsert_search_attributes(attributes.of(self._procedure, self._case))

    def _arm(self, jitter: timedelta) -> None:
        """One timer, for the earliest due moment. It is set anew only when something falls due earlier."""
        due = next_due(self._procedure, self._case)
        if due is None:
            return
        now = workflow.now()
        rings = max(now, self._case.real_time(due) + jitter)
        if self._timer and not self._timer.done():
            if self._armed <= rings:
                return
            self._timer.cancel()
        self._armed, self._due = rings, due
        self._timer = asyncio.create_task(
            workflow.sleep(rings - now + _TICK, summary=f"{due:%Y-%m-%d %H:%M}Z")
        )

    def _rings(self) -> bool:
        return self._timer is not None and self._timer.done()

    async def _commit(self) -> None:
        """Record what is undone in one transaction: at once where it may be, and if the database answers.

        It comes with the edition that the first of it was decided under; the record follows a change itself.
        """
        batch = tuple(self._undone)
        commit_id = f"commit:{batch[-1].case.stage}:{batch[0].seq}"
        if not (_hangs_on_history(batch) and await self._commit_at_once(batch, commit_id)):
            await workflow.execute_activity(
                "commit", args=[self._recorded, batch], activity_id=commit_id, summary=commit_id,
                start_to_close_timeout=timedelta(seconds=30), retry_policy=_LONG_RETRY,
            )  # fmt: skip
        self._recorded = edition_after(self._recorded, batch)
        del self._undone[: len(batch)]

    async def _commit_at_once(self, batch: tuple[Decision, ...], commit_id: str) -> bool:
        """Commit within this task of the workflow; False where the database did not take it in time."""
        try:
            await workflow.execute_local_activity(
                "commit", args=[self._recorded, batch], activity_id=commit_id,
                schedule_to_close_timeout=_LOCAL_LIMIT, retry_policy=_ONCE,
            )  # fmt: skip
        except FailureError:  # an ActivityError at first; when replayed, the bare timeout inside it
            return False
        return True

    def _is_long(self, run_events: int) -> bool:
        """Whether this run should end here: long, and at a stage's entry; or longer than the server likes."""
        entered, self._entered = self._entered, False
        info = workflow.info()
        long = info.get_current_history_length() >= run_events
        return (entered and long) or info.is_continue_as_new_suggested()


def _failure(refusal: NotAllowed) -> ApplicationError:
    return ApplicationError(refusal.en, Refusal.of(refusal), type=NOT_ALLOWED, non_retryable=True)


def _hangs_on_history(batch: tuple[Decision, ...]) -> bool:
    """Whether all of it would be decided again by whoever has the case's history as it stands now."""
    return all(isinstance(decision.event, Filed | TimeReached) for decision in batch)


def _jitter(case_id: str, spread: float) -> timedelta:
    """A wait that is the case's own, so that cases due in the same second are not carried out in it.

    It is never less than a sixth of the spread: what the door received just in time is then decided in time.
    """
    share = int.from_bytes(hashlib.sha256(case_id.encode()).digest()[:4], "big") / 2**32
    return timedelta(seconds=spread * (1 + 5 * share) / 6)
