"""The desk of an installation: what acts and reads need, built from its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from activities.process import PATIENCE, CaseProcess
from acts.desk import Desk, NoScanner, Process
from models.errors import EngineUnavailable, NotConfigured
from models.process import ActPointer, Outcome
from policies.loading import load_packs
from runtime import temporal
from runtime.clock import clock_for
from runtime.nodes import local_nodes
from runtime.receipts import ReceiptFiles
from runtime.roles import Role
from runtime.scanning import scanner_at
from runtime.settings import Settings
from storage.engine import connect
from storage.policy_sets import load_sharing
from vault.node import Node


class Patient:
    """The process engine, looked for at each act until it answers; reads need none.

    An act waits `patience` seconds for the engine's answer.
    """

    def __init__(self, settings: Settings, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._patience = patience
        self._process: CaseProcess | None = None

    async def send(self, pointer: ActPointer) -> Outcome:
        """Have a staged act recorded, as `CaseProcess` does.

        Raises:
            EngineUnavailable: no answer in time, or no engine is named; the act stays
                stored.
            TransitionNotAllowed: the process of the case is over.
        """
        if self._process is None:
            self._process = await self._found()
        return await self._process.send(pointer)

    async def _found(self) -> CaseProcess:
        try:
            return await engine(self._settings, self._patience)
        except NotConfigured as error:  # the act is stored already
            raise EngineUnavailable(str(error), help=error.help) from error


@contextmanager
def open_desk(settings: Settings, process: Process, *, pool: int = 2) -> Iterator[Desk]:
    """Lend a desk whose acts go on to `process`, with so many connections kept.

    Raises:
        NotConfigured: no database was named, and no demo runs.
    """
    database = connect(settings.database(Role.ACTS), pool=pool)
    try:
        yield Desk(
            database=database,
            process=process,
            nodes=_nodes(settings),
            packs=load_packs(),
            sharing=load_sharing(database),
            clock=clock_for(settings, database),
            receipts=ReceiptFiles(lambda agency: settings.node_files),
            scanner=scanner_at(settings.clamd) if settings.clamd else NoScanner(),
        )
    finally:
        database.dispose()


def _nodes(settings: Settings) -> Mapping[str, Node]:
    """Return the nodes played here: none where every agency keeps its own keys."""
    if not settings.node_files.keyrings.exists():
        return {}
    return local_nodes(settings)


async def engine(settings: Settings, patience: float = PATIENCE) -> CaseProcess:
    """Connect to the process engine; an act waits `patience` seconds for its answer.

    Raises:
        EngineUnavailable: it does not answer.
        NotConfigured: no engine was named, and no demo runs.
    """
    client = await temporal.connect(settings)
    return CaseProcess(client, settings.task_queue, patience=patience)
