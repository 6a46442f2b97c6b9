"""The desk of the command line: what acts and reads need, built from the settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from activities.process import CaseProcess
from acts.desk import Desk
from commands.logbook import open_logbook
from models.errors import EngineUnavailable
from models.process import ActPointer, Outcome
from policies.loading import load_packs
from policies.rulings import SharingPolicies
from runtime import temporal
from runtime.clock import clock_for
from runtime.nodes import LocalNodes
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect

PATIENCE = 3.0
"""Seconds to wait for a connection: after that an act is stored without."""


class NoEngine(CaseProcess):
    """Stands where the process engine would: acts are stored and wait for the relay."""

    def __init__(self) -> None:
        """Hold no connection."""

    async def send(self, pointer: ActPointer) -> Outcome:
        """Take nothing up.

        Raises:
            EngineUnavailable: always.
        """
        raise EngineUnavailable("the process engine does not answer")


@asynccontextmanager
async def open_desk(settings: Settings, *, to_act: bool) -> AsyncIterator[Desk]:
    """Lend a desk; reading needs no process engine, so none is looked for.

    Raises:
        NotConfigured: no database was named, and no demo runs.
    """
    open_logbook()
    database = connect(settings.database(Role.ACTS), pool=2)
    try:
        yield Desk(
            database=database,
            process=await _process(settings) if to_act else NoEngine(),
            nodes=LocalNodes(settings.data / "keyrings"),
            packs=load_packs(),
            sharing=SharingPolicies.load(),
            clock=clock_for(settings, database),
        )
    finally:
        database.dispose()


async def _process(settings: Settings) -> CaseProcess:
    try:
        async with asyncio.timeout(PATIENCE):
            client = await temporal.connect(settings)
    except (EngineUnavailable, TimeoutError):
        return NoEngine()
    return CaseProcess(client, settings.task_queue)
