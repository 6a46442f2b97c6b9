"""Moving legal time, and letting every process know."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from activities.process import CaseProcess
from runtime.clock import DemoClock

# However far a jump goes, clocks ring in their order and it takes no longer than this.
LONGEST_JUMP = 5.0


async def advance(
    clock: DemoClock, process: CaseProcess, span: timedelta, day_seconds: float
) -> None:
    """Move legal time by `span` at `day_seconds` a day, and wait until it is there."""
    seconds = min(span / timedelta(days=1) * day_seconds, LONGEST_JUMP)
    there = await asyncio.to_thread(clock.advance, span, seconds=seconds)
    await process.clock_moved()
    await asyncio.sleep(max(0.0, (there - datetime.now(UTC)).total_seconds()))
