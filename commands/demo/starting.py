"""Starting the processes of the demo on servers that run already."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from commands.demo.world import make_world
from models.errors import Unavailable
from runtime import temporal
from runtime.embedded.stack import Stack
from runtime.embedded.supervision import last_words
from runtime.settings import Settings

SCRIPT = str(Path(sys.executable).with_name("estafette-worker"))
_READY_WITHIN = 60.0


def start_worker(settings: Settings, stack: Stack) -> None:
    """Prepare the world, start the worker and wait until it polls."""
    make_world(settings)
    run_worker(settings, stack)


def run_worker(settings: Settings, stack: Stack) -> None:
    """Start the worker of a world that is prepared; wait until it polls."""
    stack.add_process("worker", (SCRIPT,), {"ESTAFETTE_ENV": settings.env})
    asyncio.run(wait_for_worker(settings))


async def wait_for_worker(settings: Settings) -> None:
    """Wait until a worker polls the task queue.

    Raises:
        Unavailable: none did within a minute.
    """
    client = await temporal.connect(settings)
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        if await temporal.pollers(client, settings.task_queue):
            return
        await asyncio.sleep(0.2)
    log = settings.files.logs / "worker.log"
    raise Unavailable(
        "the worker does not start",
        help=f"its last words in `{log}`: {last_words(log)}",
    )
