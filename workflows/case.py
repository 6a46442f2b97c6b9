"""One case, from the mayor's opening decision until its last term has run.

The record (PostgreSQL) is the arbiter of every act; the process holds position,
clocks and pending handoffs. Nothing here knows a name, an article or a day count.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

from activities.ports import destroy_due, machine_time, record, ring
from models.act_kinds import AFTER_THE_END, ActKind
from models.ids import CaseId, DeadlineId
from models.process import (
    ACT_UPDATE,
    CASE_PROCESS,
    CLOCK_MOVED_SIGNAL,
    POSITION_QUERY,
    TERMS_MET_SIGNAL,
    ActPointer,
    Alarm,
    CaseStart,
    Outcome,
    Position,
    Ring,
    Timer,
)

with workflow.unsafe.imports_passed_through():
    from workflows.handoff import Handoffs
    from workflows.timers import DeadlineTimer

# No schedule-to-close: an update that failed for good could never be resent under
# its own id, so a record step is tried until the database answers.
RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=5)
)
RECORD_TIMEOUT = timedelta(seconds=4)
# Nothing reaches a case while a step waits inside the task: longer pauses are timers.
LONGEST_PAUSE = timedelta(milliseconds=500)
_BEGINNINGS = frozenset({ActKind.CASE_OPEN, *AFTER_THE_END})


@workflow.defn(name=CASE_PROCESS)
class CaseWorkflow:
    """The process of one case. Its id is `models.ids.workflow_id(case)`."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self._case = start.case
        self._position = start.position
        self._handoffs = Handoffs(start.position)
        self._timers: dict[DeadlineId, DeadlineTimer] = {}
        self._stopped: set[DeadlineId] = set()
        self._abandoned = False
        self._destruction_due = start.position.destruction_due

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        """Live through the case."""
        self._start_timers(start.position.timers)
        self.clock_moved()  # perhaps, since these terms were mapped in an earlier run
        await workflow.wait_condition(self._has_begun)
        while not self._is_over() and not self._is_long():
            await workflow.wait_condition(self._has_work)
            if self._destruction_due:
                await self._destroy()
        await workflow.wait_condition(workflow.all_handlers_finished)
        if not self._is_over():
            workflow.continue_as_new(
                CaseStart(case=self._case, position=self.position())
            )

    @workflow.update(name=ACT_UPDATE)
    async def act(self, pointer: ActPointer) -> Outcome:
        """Record one staged act and take up what follows from it."""
        outcome = await workflow.execute_local_activity(
            record,
            pointer,
            start_to_close_timeout=RECORD_TIMEOUT,
            retry_policy=RECORD_RETRY,
            local_retry_threshold=LONGEST_PAUSE,
        )
        if outcome.refused is None:
            self._take_up(outcome)
        elif pointer.kind in _BEGINNINGS:
            # Another act may be refused while the opening is still on its way.
            self._abandoned = not self._position.opened
        return outcome

    @act.validator
    def _refuse_before_history(self, pointer: ActPointer) -> None:
        if pointer.case != self._case:
            raise ApplicationError("this act belongs to another case", type="Conflict")
        if self._abandoned and pointer.kind not in AFTER_THE_END:
            raise ApplicationError("this case was not opened", type="Conflict")

    @workflow.signal(name=CLOCK_MOVED_SIGNAL)
    def clock_moved(self) -> None:
        """Legal time was moved: map every alarm anew."""
        for timer in self._timers.values():
            timer.moved()

    @workflow.signal(name=TERMS_MET_SIGNAL)
    def terms_met(self, deadlines: list[DeadlineId]) -> None:
        """Let go of terms that were met without an act."""
        self._stop_timers(tuple(deadlines))

    @workflow.query(name=POSITION_QUERY)
    def position(self) -> Position:
        """Tell where the process stands, to be compared with the record."""
        return self._position.model_copy(
            update={
                "handoffs": dict(self._handoffs.states),
                "handoff_versions": dict(self._handoffs.versions),
                "timers": tuple(t.timer for t in self._timers.values() if t.running),
                "destruction_due": self._destruction_due,
            }
        )

    def _take_up(self, outcome: Outcome) -> None:
        self._handoffs.apply(outcome.moved)
        self._stop_timers(outcome.stopped)
        self._start_timers(outcome.started)
        if outcome.version > self._position.version:
            self._abandoned = False
            self._position = self._position.model_copy(
                update={
                    "version": outcome.version,
                    "stage": outcome.stage,
                    "opened": True,
                    "closed": outcome.closed,
                    "appeal_open": outcome.appeal_open,
                }
            )
        self._destruction_due = self._destruction_due or outcome.destroy

    async def _ring(self, timer: Timer, alarm: Alarm) -> None:
        outcome = await workflow.execute_local_activity(
            ring,
            Ring(case=self._case, deadline=timer.deadline, alarm=alarm),
            start_to_close_timeout=RECORD_TIMEOUT,
            retry_policy=RECORD_RETRY,
            local_retry_threshold=LONGEST_PAUSE,
        )
        self._take_up(outcome)

    async def _machine_time(self, legal: datetime) -> datetime:
        return await workflow.execute_local_activity(
            machine_time,
            legal,
            start_to_close_timeout=RECORD_TIMEOUT,
            retry_policy=RECORD_RETRY,
            local_retry_threshold=LONGEST_PAUSE,
        )

    async def _destroy(self) -> None:
        self._destruction_due = False
        case: CaseId | None = self._case
        await workflow.execute_activity(
            destroy_due, case, start_to_close_timeout=timedelta(minutes=1)
        )

    def _start_timers(self, timers: tuple[Timer, ...]) -> None:
        for timer in timers:
            if timer.deadline in self._stopped:
                continue
            if running := self._timers.get(timer.deadline):
                running.stop()
            self._timers[timer.deadline] = DeadlineTimer(
                timer, ringer=self._ring, mapper=self._machine_time
            )

    def _stop_timers(self, deadlines: tuple[DeadlineId, ...]) -> None:
        for deadline in deadlines:
            self._stopped.add(deadline)
            if timer := self._timers.pop(deadline, None):
                timer.stop()

    def _has_begun(self) -> bool:
        return self._position.opened or self._abandoned

    def _is_over(self) -> bool:
        clocks_run = any(timer.running for timer in self._timers.values())
        waits = clocks_run or self._position.appeal_open or self._destruction_due
        return self._abandoned or (self._position.closed and not waits)

    def _has_work(self) -> bool:
        return self._destruction_due or self._is_over() or self._is_long()

    def _is_long(self) -> bool:
        return workflow.info().is_continue_as_new_suggested()
