"""Letting days pass in a demo, and letting every process know."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from activities.process import CaseProcess
from models.clock import legal_day
from models.errors import InvalidInput
from runtime.clock import DemoClock
from runtime.roles import Role
from runtime.settings import Settings
from serving.desk import engine
from storage.engine import connect

# However far a jump goes, clocks ring in their order and it takes no longer than this.
LONGEST_JUMP = 5.0
MOST_DAYS = 3660  # ten years: every term and retention has ended by then


async def let_days_pass(settings: Settings, days: int) -> date:
    """Let calendar days pass for everybody; return what day it is then.

    Raises:
        InvalidInput: so many days cannot pass.
        Conflict: days are passing already.
        EngineUnavailable: the engine does not answer; nothing was moved.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"`{days}` days cannot pass", help=f"give 1 to {MOST_DAYS}")
    # First the engine: time that moves without its processes knowing is of no use.
    process = await engine(settings)
    database = connect(settings.database(Role.RECORD), pool=1)
    try:
        clock = DemoClock(database)
        await advance(clock, process, timedelta(days=days), settings.day_seconds)
        return legal_day(clock.now())
    finally:
        database.dispose()


async def advance(
    clock: DemoClock, process: CaseProcess, span: timedelta, day_seconds: float
) -> None:
    """Move legal time by `span` at `day_seconds` a day, and wait until it is there.

    Raises:
        Conflict: days are passing already.
    """
    seconds = min(span / timedelta(days=1) * day_seconds, LONGEST_JUMP)
    there = await asyncio.to_thread(clock.advance, span, seconds=seconds)
    await process.clock_moved()
    # A sleep may end a moment early, and whoever comes next would be refused.
    while (left := (there - datetime.now(UTC)).total_seconds()) > 0:
        await asyncio.sleep(left)
