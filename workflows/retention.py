"""The daily destruction of what the law says is due."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities import ports
    from models.process import RETENTION_PROCESS


@workflow.defn(name=RETENTION_PROCESS)
class RetentionWorkflow:
    """Runs once a day on a schedule; due dates are rows, not timers."""

    @workflow.run
    async def run(self) -> int:
        """Destroy every set of data that is due, and return how many there were."""
        return await workflow.execute_activity(
            ports.destroy_due, None, start_to_close_timeout=timedelta(minutes=10)
        )
