"""A throw-away installation: real servers, a supervised worker, a seeded directory."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.service import RPCError

from activities.process import CaseProcess
from acts.desk import Desk
from commands.demo.federation import is_there
from commands.demo.starting import start_worker
from models.agencies import Officer
from models.process import CASE_PROCESS
from policies.rulings import SharingPolicies
from runtime import temporal
from runtime.clock import DemoClock
from runtime.embedded.credentials import load_credentials
from runtime.embedded.stack import Stack, StackOptions
from runtime.nodes import local_nodes, nodes_apart
from runtime.paths import DataDirectory
from runtime.receipts import ReceiptFiles
from runtime.roles import DATABASE, Role
from runtime.settings import Settings
from storage.engine import connect
from tests.pieces.packs import PACKS
from tests.running.servers import open_place

DAY_SECONDS = 0.02
PATIENCE = 30.0
_OURS = ("ESTAFETTE_", "DATABASE_", "TEMPORAL_")

Result = TypeVar("Result")


class World:
    """Where tests play: everybody's desk, and ways to look behind the walls."""

    def __init__(self, stack: Stack, settings: Settings) -> None:
        self.stack = stack
        self.settings = settings
        self.data = DataDirectory(settings.data)
        self._runner = asyncio.Runner()
        self._engines: list[Engine] = []
        self.client: Client = self.do(temporal.connect(settings))
        self.clock = DemoClock(self.engine(Role.RECORD, pool=2))
        # Nothing is asserted about speed: a busy machine gets its time.
        self.desk = self.new_desk(self.process(patience=PATIENCE))

    def do(self, deed: Coroutine[Any, Any, Result]) -> Result:
        """Run a deed to its end on the one event loop of this world."""
        if not _loop_runs_here():
            return self._runner.run(deed)
        with ThreadPoolExecutor(1) as beside:  # the driver of a browser has this thread
            return beside.submit(self._runner.run, deed).result()

    def process(self, **patience: float) -> CaseProcess:
        """Return the way to the processes, with the patience of the product or ours."""
        return CaseProcess(self.client, self.settings.task_queue, **patience)

    def new_desk(self, process: CaseProcess) -> Desk:
        """Return a desk as the command line builds one."""
        return desk_of(self.settings, self.engine(Role.ACTS, pool=8), process)

    def engine(self, role: Role, *, pool: int) -> Engine:
        """Return an engine that is closed with this world."""
        engine = connect(self.settings.database(role), pool=pool)
        self._engines.append(engine)
        return engine

    @contextmanager
    def connection(self, role: Role) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Lend a plain connection as one of our roles; it commits at the end."""
        with psycopg.connect(self.settings.database(role)) as connection:
            yield connection

    @contextmanager
    def seat(
        self, officer: Officer, *, release: object = ""
    ) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Lend a transaction of the acts role with an officer's settings, no more."""
        with self.connection(Role.ACTS) as connection:
            sit_down(connection, officer, release)
            yield connection

    @contextmanager
    def seat_at(
        self, officer: Officer, at: datetime
    ) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Lend such a transaction at another instant; nothing of it stays."""
        with self.superuser() as connection:
            connection.execute(
                "create or replace function legal_now() returns timestamptz"
                " language sql stable as"
                f" $$ select to_timestamp({at.timestamp()}) $$".encode()
            )
            connection.execute("set local role estafette_acts")
            sit_down(connection, officer)
            yield connection
            connection.rollback()

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Lend a connection that no wall stops: to look, and to play the intruder."""
        credentials = load_credentials(
            self.data.credentials, cluster=self.data.postgres
        )
        with psycopg.connect(
            host=str(self.data.run),
            user="postgres",
            password=credentials.superuser,
            dbname=DATABASE,
        ) as connection:
            yield connection

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query finds when no wall stops it."""
        with self.superuser() as connection:
            return connection.execute(query.encode(), values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of the first row."""
        found = self.rows(query, *values)
        return found[0][0] if found else None

    def grow_old(self, kind: str, case: UUID) -> list[UUID]:
        """Let unconfirmed acts be old enough for the relay; return which."""
        with self.superuser() as connection:
            rows = connection.execute(
                "update intent set stored_at = stored_at - interval '1 minute'"
                " where settled_at is null and kind = %s and case_id = %s"
                " returning act_id",
                [kind, case],
            ).fetchall()
        return [act for (act,) in rows]

    def end_processes(self) -> None:
        """End what tests left running, as each would answer when the clock is moved."""
        self.do(self._end_processes())

    def close(self) -> None:
        """Let go of every connection."""
        for engine in self._engines:
            engine.dispose()
        self._runner.close()

    async def _end_processes(self) -> None:
        running = f"WorkflowType = '{CASE_PROCESS}' and ExecutionStatus = 'Running'"
        async for found in self.client.list_workflows(running):
            with suppress(RPCError):  # it ended by itself
                await self.client.get_workflow_handle(found.id).terminate()


def sit_down(
    connection: psycopg.Connection[tuple[Any, ...]],
    officer: Officer,
    release: object = "",
) -> None:
    """Give a transaction the settings of an officer."""
    connection.execute(
        "select set_config('app.officer', %s, true),"
        " set_config('app.agency', %s, true), set_config('app.release', %s, true)",
        [officer.id, officer.agency, str(release)],
    )


def desk_of(settings: Settings, database: Engine, process: CaseProcess) -> Desk:
    """Build a desk over an engine of the acts role."""
    apart = is_there(settings)
    return Desk(
        database=database,
        process=process,
        nodes=nodes_apart(settings) if apart else local_nodes(settings),
        packs=PACKS,
        sharing=SharingPolicies.load(),
        clock=DemoClock(database),
        receipts=ReceiptFiles(
            lambda agency: (settings.at_node(agency) if apart else settings).node_files
        ),
    )


@contextmanager
def living_world(
    settings: Mapping[str, str] | None = None,
    start: Callable[[Settings, Stack], None] = start_worker,
) -> Iterator[World]:
    """Lend a world that nobody else uses; `settings` go to PostgreSQL."""
    with pytest.MonkeyPatch.context() as patch, open_place() as place:
        _forget_environment(patch)
        told = Settings(env="test", data=place, temporal_port=0)
        options = StackOptions(
            temporal_namespace=told.temporal_namespace,
            postgres_settings=settings or {},
        )
        with Stack(place, options) as stack:
            start(told, stack)
            world = World(stack, told)
            try:
                yield world
            finally:
                world.close()


def eventually(found: Callable[[], Result], *, within: float = PATIENCE) -> Result:
    """Return what `found` returns once it is true, or what it last returned."""
    last = time.monotonic() + within
    while not (result := found()) and time.monotonic() < last:
        time.sleep(0.1)
    return result


def _loop_runs_here() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _forget_environment(patch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        patch.delenv(name)
