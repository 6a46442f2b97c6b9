"""A real Temporal server that skips time, and workers in this process."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from temporalio.client import Client
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from activities.process import CaseProcess
from models.ids import CaseId, workflow_id
from models.process import (
    ACT_UPDATE,
    CLOCK_MOVED_SIGNAL,
    ActPointer,
    Outcome,
    Position,
)
from runtime import temporal
from workflows.catalogue import WORKFLOWS

SKIPPING = ("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true")
PATIENCE = 20.0

Result = TypeVar("Result")
Activities = Sequence[Callable[..., Any]]


class Rig:
    """One server with one event loop, on which cases are played step by step."""

    def __init__(self, connect: Coroutine[Any, Any, Client]) -> None:
        self._runner = asyncio.Runner()
        self.client: Client = self.do(connect)
        self.skipper = TimeSkipper(self.client)

    def do(self, deed: Coroutine[Any, Any, Result]) -> Result:
        """Run a deed to its end; between two deeds nothing happens here."""
        return self._runner.run(_in_time(deed))

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop on which deeds run."""
        return self._runner.get_loop()

    def process(self, queue: str) -> CaseProcess:
        """Return the way to the cases of a queue; no time skips by itself there."""
        return CaseProcess(self.client, queue, patience=PATIENCE)

    def close(self) -> None:
        """Let go of the loop."""
        self._runner.close()

    @contextmanager
    def worker(self, activities: Activities) -> Iterator[str]:
        """Lend the queue of a worker with the production sandbox."""
        queue = f"queue-{uuid4()}"
        with ThreadPoolExecutor(8) as threads:
            worker = self.do(
                _start(
                    self.client,
                    task_queue=queue,
                    workflows=WORKFLOWS,
                    activities=activities,
                    activity_executor=threads,
                )
            )
            try:
                yield queue
            finally:
                self.do(worker.shutdown())

    def case(self, queue: str, case: CaseId | None = None) -> "PlayedCase":
        """Return the controls of a case; it starts with its first act."""
        return PlayedCase(self, queue, case or CaseId(uuid4()))


class PlayedCase:
    """A case whose time passes only when a test says so."""

    def __init__(self, rig: Rig, queue: str, case: CaseId) -> None:
        self.id = case
        self.process = rig.process(queue)
        self._rig = rig
        self._skipper = rig.skipper
        self._handle = rig.client.get_workflow_handle(workflow_id(case))

    def act(self, pointer: ActPointer) -> Outcome:
        """Let an act be recorded."""
        return self._rig.do(self.process.send(pointer))

    def update(self, pointer: ActPointer, *, update: str | None = None) -> Outcome:
        """Send an act past the desk, straight to the process."""
        sent = self._handle.execute_update(
            ACT_UPDATE, pointer, id=update or str(pointer.act), result_type=Outcome
        )
        return self._rig.do(sent)

    def forward(self, span: timedelta) -> None:
        """Let time pass."""
        self._rig.do(self._skipper.fast_forward(self._handle, span))

    def clock_moved(self) -> None:
        """Tell the process that legal time was moved."""
        self._rig.do(self._handle.signal(CLOCK_MOVED_SIGNAL))

    async def machine_now(self) -> datetime:
        """Return the time of this case's server."""
        return await self._skipper.get_current_time(self._handle)

    def now(self) -> datetime:
        """Return the time of this case's server, or of this machine before it began."""
        return self._rig.do(self.machine_now())

    def position(self) -> Position:
        """Ask the process where it stands."""
        return self._rig.do(self.process.position(self.id))

    async def history_length(self) -> int:
        """Return the number of events in the history."""
        return (await self._handle.describe()).history_length

    def wait(self) -> None:
        """Wait until the process is over."""
        self._rig.do(self._handle.result())


async def _start(client: Client, **options: Any) -> Worker:
    worker = Worker(client, workflow_runner=temporal.runner(), **options)
    return await worker.__aenter__()


async def _in_time(deed: Coroutine[Any, Any, Result]) -> Result:
    async with asyncio.timeout(3 * PATIENCE):
        return await deed


def machine_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)
