"""Talking to the process of a case, with a deadline of our own around every call."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta

from temporalio.client import (
    Client,
    RPCError,
    WithStartWorkflowOperation,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCStatusCode

from models.act_kinds import AFTER_THE_END, ActKind
from models.errors import EngineUnavailable, TransitionNotAllowed
from models.ids import CaseId, DeadlineId, workflow_id
from models.process import (
    ACT_UPDATE,
    CASE_PROCESS,
    CLOCK_MOVED_SIGNAL,
    POSITION_QUERY,
    TERMS_MET_SIGNAL,
    ActPointer,
    CaseStart,
    Outcome,
    Position,
)

# While a workflow task is being worked on nothing else reaches the case: keep it short.
_TASK_TIMEOUT = timedelta(seconds=5)
_BUSY_PAUSE = 0.1
PATIENCE = 3.0  # seconds that somebody at a screen waits for an answer
_BUSY = RPCStatusCode.RESOURCE_EXHAUSTED


class CaseProcess:
    """The way to the workflows of cases on one task queue."""

    def __init__(
        self, client: Client, queue: str, *, patience: float = PATIENCE
    ) -> None:
        self._client = client
        self._queue = queue
        self._patience = patience

    async def send(self, pointer: ActPointer) -> Outcome:
        """Have the process record a staged act; the update's id is the act's.

        Raises:
            EngineUnavailable: no answer in time; the act stays stored.
            TransitionNotAllowed: the process of the case is over.
        """
        try:
            async with asyncio.timeout(self._patience):
                return await self._send_until_taken(pointer)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise _unavailable() from error
        except (WorkflowUpdateFailedError, WorkflowAlreadyStartedError) as error:
            raise _over() from error
        except RPCError as error:
            # What lets a process begin again may meet one that is just ending.
            again = pointer.kind in AFTER_THE_END
            if error.status is RPCStatusCode.NOT_FOUND and not again:
                raise _over() from error
            raise _unavailable() from error

    async def position(self, case: CaseId) -> Position:
        """Ask the process where it stands."""
        handle = self._client.get_workflow_handle(workflow_id(case))
        async with asyncio.timeout(self._patience):
            position: Position = await handle.query(
                POSITION_QUERY, result_type=Position
            )
        return position

    async def terms_met(self, case: CaseId, deadlines: Sequence[DeadlineId]) -> None:
        """Tell a process that terms were met without an act; one that is over knows."""
        handle = self._client.get_workflow_handle(workflow_id(case))
        try:
            async with asyncio.timeout(self._patience):
                await handle.signal(TERMS_MET_SIGNAL, list(deadlines))
        except TimeoutError as error:
            raise _unavailable() from error
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise _unavailable() from error

    async def clock_moved(self) -> None:
        """Tell every running process that legal time was moved."""
        running = f'ExecutionStatus = "{WorkflowExecutionStatus.RUNNING.name.title()}"'
        query = f"WorkflowType = '{CASE_PROCESS}' and {running}"
        async for found in self._client.list_workflows(query):
            handle = self._client.get_workflow_handle(found.id)
            try:
                await handle.signal(CLOCK_MOVED_SIGNAL)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:  # it ended meanwhile
                    raise

    async def _send_until_taken(self, pointer: ActPointer) -> Outcome:
        while True:
            try:
                return await self._update(pointer)
            except RPCError as error:
                # The eleventh act in flight on one case is turned away at once.
                if error.status is not _BUSY:
                    raise
                await asyncio.sleep(_BUSY_PAUSE * (1 + random.random()))  # noqa: S311

    async def _update(self, pointer: ActPointer) -> Outcome:
        if pointer.kind == ActKind.CASE_OPEN:
            return await self._start(pointer, WorkflowIDReusePolicy.REJECT_DUPLICATE)
        if pointer.kind in AFTER_THE_END:
            return await self._start(pointer, WorkflowIDReusePolicy.ALLOW_DUPLICATE)
        handle = self._client.get_workflow_handle(workflow_id(pointer.case))
        outcome: Outcome = await handle.execute_update(
            ACT_UPDATE, pointer, id=str(pointer.act), result_type=Outcome
        )
        return outcome

    async def _start(
        self, pointer: ActPointer, again: WorkflowIDReusePolicy
    ) -> Outcome:
        """Have the act recorded by the process that runs, or else by a new one."""
        start: WithStartWorkflowOperation[object, None] = WithStartWorkflowOperation(
            CASE_PROCESS,
            CaseStart(case=pointer.case),
            id=workflow_id(pointer.case),
            task_queue=self._queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=again,
            task_timeout=_TASK_TIMEOUT,
        )
        outcome: Outcome = await self._client.execute_update_with_start_workflow(
            ACT_UPDATE,
            pointer,
            id=str(pointer.act),
            start_workflow_operation=start,
            result_type=Outcome,
        )
        return outcome


def _unavailable() -> EngineUnavailable:
    return EngineUnavailable(
        "the process does not answer",
        help="your act is stored and will be taken up as soon as it does",
    )


def _over() -> TransitionNotAllowed:
    return TransitionNotAllowed(
        "this case is over, or there is no such case",
        help="look it up with `estafette case list`",
    )
