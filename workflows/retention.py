"""The daily destruction of what the law says is due."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

from activities.ports import destroy_due
from models.process import RETENTION_PROCESS


@workflow.defn(name=RETENTION_PROCESS)
class RetentionWorkflow:
    """Runs once a day on a schedule; due dates are rows, not timers."""

    @workflow.run
    async def run(self) -> int:
        """Destroy every set of data that is due, and return how many there were."""
        return await workflow.execute_activity(
            destroy_due, None, start_to_close_timeout=timedelta(minutes=10)
        )
