"""Starting the demo's servers and worker, and stopping them again."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from pathlib import Path

from rich.console import Console

from commands.demo.world import make_world
from models.errors import Conflict, NotConfigured, Unavailable
from runtime import temporal
from runtime.embedded.ending import asked_like_ctrl_c
from runtime.embedded.endpoints import read_endpoints
from runtime.embedded.stack import Stack, StackOptions
from runtime.settings import Settings

_READY_WITHIN = 60.0


def up(settings: Settings, console: Console) -> None:
    """Run the demo until Ctrl-C."""
    servers = Stack(settings.data, stack_options(settings))
    with asked_like_ctrl_c(), servers as stack:
        console.print("PostgreSQL and Temporal are up, preparing the demo ...")
        start_worker(settings, stack)
        _tell(settings, console)
        stack.wait()
        console.print("stopping ...")
    console.print("everything is stopped; your data stay where they are")


def stack_options(settings: Settings) -> StackOptions:
    """Return the options of the demo's servers."""
    return StackOptions(
        temporal_port=settings.temporal_port,
        temporal_namespace=settings.temporal_namespace,
    )


def start_worker(settings: Settings, stack: Stack) -> None:
    """Prepare the world, start the worker and wait until it polls."""
    make_world(settings)
    script = Path(sys.executable).with_name("estafette-worker")
    stack.add_process("worker", (str(script),), {"ESTAFETTE_ENV": settings.env})
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
    raise Unavailable(
        "the worker does not start",
        help=f"see `{settings.files.logs / 'worker.log'}`",
    )


def reset(settings: Settings) -> None:
    """Throw the demo's data away.

    Raises:
        Conflict: the demo is running.
        NotConfigured: this is no demo.
    """
    if settings.env != "demo":
        raise NotConfigured("only a demo can be reset", help="set ESTAFETTE_ENV=demo")
    if read_endpoints(settings.data) is not None:
        raise Conflict("the demo is running", help="stop it with Ctrl-C first")
    if foreign := settings.files.foreign():
        raise NotConfigured(
            f"`{settings.data}` is no data directory: it holds `{foreign[0]}`",
            help="look at ESTAFETTE_DATA; remove by hand what you do not need",
        )
    shutil.rmtree(settings.data, ignore_errors=True)


def _tell(settings: Settings, console: Console) -> None:
    console.print(
        "\n[bold]Estafette is running.[/bold] In another terminal, try:\n"
        "  estafette demo play                  a whole case, from opening to closing\n"
        "  estafette demo personas              who can act: --as anderlecht/handler\n"
        "  estafette handoff inbox --as pz-midi/analyst\n"
        "  estafette case list --as anderlecht/handler\n"
        "  estafette ledger verify              recompute the whole trail\n"
        f"\ndata: {settings.data}    Ctrl-C stops everything\n"
    )
