"""The one schedule: retention, once a legal day."""

from __future__ import annotations

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)

from models.process import RETENTION_PROCESS
from runtime.settings import Settings

_ID = "retention"
# A schedule runs at most once a second, so demo days are taken several at a time.
_DEMO_EVERY = timedelta(seconds=5)


async def keep_retention_schedule(client: Client, settings: Settings) -> None:
    """Create the daily schedule, unless it is there."""
    every = timedelta(days=1) if settings.production else _DEMO_EVERY
    action = ScheduleActionStartWorkflow(
        RETENTION_PROCESS, id=_ID, task_queue=settings.task_queue
    )
    schedule = Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
    try:
        await client.create_schedule(_ID, schedule)
    except ScheduleAlreadyRunningError:
        return
