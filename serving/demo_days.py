"""Letting days pass in a demo, and letting every process know."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from temporalio.service import RPCError

from activities.process import CaseProcess
from models.clock import legal_day
from models.errors import EngineUnavailable, InvalidInput, Unavailable
from runtime.clock import DemoClock
from runtime.roles import Role
from runtime.settings import Settings
from serving.desk import engine
from storage.engine import connect

# However far a jump goes, clocks ring in their order and it takes no longer than this.
LONGEST_JUMP = 5.0
MOST_DAYS = 3660  # ten years: every term and retention has ended by then


async def let_days_pass(settings: Settings, ahead: int | date) -> date:
    """Let days pass for everybody, so many or until one; return what day it is then.

    Raises:
        InvalidInput: so many days cannot pass.
        Conflict: days are passing already.
        EngineUnavailable: the engine does not answer; it says whether days passed.
    """
    if isinstance(ahead, int):
        _check(ahead)
    # First the engine: time that moves without its processes knowing is of no use.
    process = await engine(settings)
    database = connect(settings.database(Role.RECORD), pool=1)
    try:
        clock = DemoClock(database)
        far = timedelta(days=ahead) if isinstance(ahead, int) else ahead
        _check(_span(clock, far).days)
        await advance(clock, process, far, settings.day_seconds)
        return legal_day(clock.now())
    finally:
        database.dispose()


async def advance(
    clock: DemoClock, process: CaseProcess, ahead: timedelta | date, day_seconds: float
) -> None:
    """Move legal time at `day_seconds` a day, and wait until it is there.

    Raises:
        Conflict: days are passing already.
        EngineUnavailable: days passed, and not every process was told.
    """
    seconds = min(_span(clock, ahead) / timedelta(days=1) * day_seconds, LONGEST_JUMP)
    there = await asyncio.to_thread(clock.advance, ahead, seconds=seconds)
    try:
        await process.clock_moved()
    except (RPCError, Unavailable) as error:
        raise EngineUnavailable(
            "days have passed, but the processes of cases were not told",
            help="let one more day pass once the engine answers: then they are",
        ) from error
    # A sleep may end a moment early, and whoever comes next would be refused.
    while (left := (there - datetime.now(UTC)).total_seconds()) > 0:
        await asyncio.sleep(left)


def _span(clock: DemoClock, ahead: timedelta | date) -> timedelta:
    """Return how far it is as things stand; while days pass it becomes less."""
    if isinstance(ahead, timedelta):
        return ahead
    return ahead - legal_day(clock.now())


def _check(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"`{days}` days cannot pass", help=f"give 1 to {MOST_DAYS}")
