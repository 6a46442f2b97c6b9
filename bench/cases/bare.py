"""Bare Temporal: the shape of a case with nothing in it, to be measured against.

The same updates, each with one local activity that returns at once, and as many
timers started and stopped as the record asked for. No record, no encryption of
payloads, no Pydantic, the client's own default converter.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from temporalio import activity, workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import Worker

NAMESPACE, QUEUE = "estafette", "bare"
_THREADS = 16
_FAR = timedelta(days=30)


@dataclass(frozen=True)
class Effort:
    """What one act asks of the engine: timers to start, and timers to stop."""

    started: int = 0
    stopped: int = 0


@dataclass(frozen=True)
class Act:
    """One act of nobody."""

    act: str
    case: str
    effort: Effort


@activity.defn
def nothing(act: Act) -> Act:
    """Return at once."""
    return act


@workflow.defn(name="Bare")
class BareWorkflow:
    """A case that records nothing."""

    def __init__(self) -> None:
        self._timers: list[asyncio.Task[None]] = []
        self._over = False

    @workflow.run
    async def run(self) -> None:
        """Wait, as a case waits for its last clock."""
        await workflow.wait_condition(lambda: self._over)

    @workflow.update
    async def act(self, act: Act) -> Act:
        """Run the local activity, start and stop timers."""
        done = await workflow.execute_local_activity(
            nothing, act, start_to_close_timeout=timedelta(seconds=4)
        )
        for _ in range(act.effort.stopped):
            self._timers.pop(0).cancel()
        for _ in range(act.effort.started):
            self._timers.append(asyncio.create_task(workflow.sleep(_FAR)))
        return done

    @act.validator
    def _check(self, act: Act) -> None:
        if self._over:
            raise ValueError("over")


async def play(client: Client, script: list[Effort]) -> str:
    """Send the updates of one case, one after the other; return its workflow id."""
    case = str(uuid4())
    acts = [Act(str(uuid4()), case, effort) for effort in script]
    start: WithStartWorkflowOperation[BareWorkflow, None] = WithStartWorkflowOperation(
        BareWorkflow.run,
        id=case,
        task_queue=QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        task_timeout=timedelta(seconds=5),
    )
    await client.execute_update_with_start_workflow(
        BareWorkflow.act, acts[0], id=acts[0].act, start_workflow_operation=start
    )
    handle = client.get_workflow_handle_for(BareWorkflow.run, case)
    for act in acts[1:]:
        await handle.execute_update(BareWorkflow.act, act, id=act.act)
    return case


async def work(address: str) -> None:
    """Work until killed."""
    client = await Client.connect(address, namespace=NAMESPACE)
    with ThreadPoolExecutor(_THREADS) as threads:
        await Worker(
            client,
            task_queue=QUEUE,
            workflows=[BareWorkflow],
            activities=[nothing],
            activity_executor=threads,
        ).run()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
