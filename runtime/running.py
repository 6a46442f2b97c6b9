"""Running supervised loops until somebody asks the program to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Sequence
from typing import Protocol


class Loop(Protocol):
    """Something that runs for ever."""

    async def run(self) -> None:
        """Run; only an unforeseen error ends it."""


async def run_until_stopped(loops: Sequence[Loop]) -> None:
    """Run loops until SIGTERM or SIGINT; the first that fails ends all."""
    _collect_rarely()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(loop.run()) for loop in loops]
    tasks.append(asyncio.create_task(_until(stop)))
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()


def _collect_rarely() -> None:
    """Look for cycles seldom: pages and acts make thousands of objects, hardly a cycle.

    Left alone, that look takes a tenth of what a page costs.
    """
    gc.freeze()  # packs live as long as we do, and looking through them takes 0.1 s
    gc.set_threshold(20_000, 50, 100)  # by itself after 700: several times a page


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()
