"""The updatable deadline timer: rings at the instants of its clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from temporalio import workflow

from models.process import Alarm, Timer

Ringer = Callable[[Timer, Alarm], Awaitable[None]]
Mapper = Callable[[datetime], Awaitable[datetime]]


class DeadlineTimer:
    """One running deadline.

    `moved` is called when legal time was moved: every alarm is then mapped anew.
    """

    def __init__(self, timer: Timer, *, ringer: Ringer, mapper: Mapper) -> None:
        self.timer = timer
        self._ringer = ringer
        self._mapper = mapper
        self._moves = 0
        self._stopped = False
        self._task = asyncio.create_task(self._run())

    @property
    def running(self) -> bool:
        """Tell whether an alarm is still to come."""
        return not self._task.done()

    def stop(self) -> None:
        """Let no further alarm ring."""
        self._stopped = True

    def moved(self) -> None:
        """Map the alarms to machine time again."""
        self._moves += 1

    async def _run(self) -> None:
        for alarm in self.timer.alarms:
            await self._until(alarm)
            if self._stopped:
                return
            await self._ringer(self.timer, alarm)

    async def _until(self, alarm: Alarm) -> None:
        while not self._stopped:
            seen = self._moves
            due = await self._mapper(alarm.at) if seen else alarm.machine
            if due <= workflow.now():
                return
            try:
                await workflow.wait_condition(
                    partial(self._disturbed, seen), timeout=due - workflow.now()
                )
            except TimeoutError:
                return

    def _disturbed(self, seen: int) -> bool:
        return self._stopped or self._moves != seen
