"""Starting the processes of the demo on servers that run already."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from pathlib import Path

from commands.demo.world import make_world
from models.errors import Conflict, Unavailable
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


def start_pages(settings: Settings, stack: Stack) -> None:
    """Serve the pages of a world that is prepared; wait until their port answers.

    Raises:
        Conflict: something answered there before.
        Unavailable: nothing did within a minute.
    """
    refuse_taken(settings)
    stack.add_process("web", (SCRIPT, "--web"), {"ESTAFETTE_ENV": settings.env})
    wait_for_pages("web", settings)


def refuse_taken(settings: Settings) -> None:
    """Refuse an address for pages at which something answers already.

    Raises:
        Conflict: something does.
    """
    if _answers(settings.web_listen):
        raise Conflict(
            f"something else listens on `{settings.web_listen}`",
            help="stop it, or set ESTAFETTE_WEB_LISTEN and ESTAFETTE_WEB_ADDRESS",
        )


def wait_for_pages(name: str, settings: Settings) -> None:
    """Wait until the pages that a process serves answer.

    Raises:
        Unavailable: they did not within a minute.
    """
    deadline = time.monotonic() + _READY_WITHIN
    while not _answers(settings.web_listen):
        if time.monotonic() > deadline:
            raise _not_started(name, settings)
        time.sleep(0.1)


def _answers(listen: str) -> bool:
    """Tell whether something listens on `host:port`."""
    host, _, port = listen.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


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
    raise _not_started("worker", settings)


def _not_started(name: str, settings: Settings) -> Unavailable:
    log = settings.files.logs / f"{name}.log"
    return Unavailable(
        f"the process `{name}` does not start",
        help=f"its last words in `{log}`: {last_words(log)}",
    )
