"""The client processes: each plays its share of the cases, several at a time."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import Engine, event
from temporalio.client import Client

from activities.process import CaseProcess
from acts.desk import Desk
from bench.cases import bare
from bench.cases.bare import Effort
from bench.cases.processor_time import used
from bench.cases.route import Offices, Play
from models.errors import EstafetteError
from policies.loading import load_packs
from policies.rulings import SharingPolicies
from runtime import temporal
from runtime.clock import SystemClock
from runtime.leave import leave
from runtime.nodes import local_nodes
from runtime.receipts import ReceiptFiles
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.people import directory

PATIENCE = 60.0  # seconds; a busy machine is no outage
WAIT = 300.0

Player = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Load:
    """How much is played: client processes, cases at a time and in all, for each."""

    clients: int
    at_once: int
    cases: int

    @property
    def total(self) -> int:
        """Return the cases of all clients together."""
        return self.clients * self.cases


class LaterClock(SystemClock):
    """Legal time that is ahead of machine time for those who act, not for clocks."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        """See `LegalClock.now`."""
        return super().now() + self._ahead

    def legal(self, machine: datetime) -> datetime:
        """See `LegalClock.legal`."""
        return super().legal(machine) + self._ahead


@dataclass(frozen=True)
class Run:
    """What came of a load: cases per second, and milliseconds of processor a case."""

    pace: float
    spent: dict[str, float]


def play_load(settings: Settings, load: Load, script: list[Effort] | None) -> Run:
    """Play cases in fresh client processes, after a warm-up that is not counted.

    With a `script` of efforts the cases are bare.
    """
    spawning = multiprocessing.get_context("spawn")
    meeting = spawning.Barrier(load.clients + 1, timeout=WAIT)
    clients = [
        spawning.Process(
            target=_client, args=(settings, load, script, meeting), daemon=True
        )
        for _ in range(load.clients)
    ]
    for client in clients:
        client.start()
    meeting.wait()  # all are warm
    before, began = used(), time.perf_counter()
    meeting.wait()  # all have played
    took, after = time.perf_counter() - began, used()
    meeting.wait()  # all may go
    for client in clients:
        client.join()
    spent = {
        part: (after[part] - before.get(part, 0.0)) * 1000 / load.total
        for part in after
    }
    return Run(load.total / took, spent)


async def open_offices(settings: Settings) -> Offices:
    """Return the desks of today and tomorrow, connected to the running servers."""
    client = await temporal.connect(settings)
    database = connect(settings.database(Role.ACTS))
    process = CaseProcess(client, settings.task_queue, patience=PATIENCE)
    nodes = local_nodes(settings)
    packs, sharing = load_packs(), SharingPolicies.load()
    kept = ReceiptFiles(lambda agency: settings.node_files)
    today, tomorrow = (
        Desk(each, process, nodes, packs, sharing, _clock(days), kept)
        for days, each in enumerate((database, _a_day_ahead(settings)))
    )
    with transaction(database) as connection:
        officers = {str(each.id): each for each in directory.officers(connection)}
        agencies = {str(each.id): each for each in directory.agencies(connection)}
    return Offices(today, tomorrow, officers, agencies)


def _clock(days: int) -> LaterClock:
    return LaterClock(timedelta(days=days))


def _a_day_ahead(settings: Settings) -> Engine:
    """Connect to a database that takes it for tomorrow."""
    database = connect(settings.database(Role.ACTS))

    @event.listens_for(database, "connect")
    def ahead(connection: Any, _record: object) -> None:
        connection.execute("select set_config('bench.ahead', '1 day', false)")
        connection.commit()

    return database


async def bare_client(settings: Settings) -> Client:
    """Connect as a client that knows nothing of us."""
    return await Client.connect(settings.temporal(), namespace=bare.NAMESPACE)


def _client(
    settings: Settings, load: Load, script: list[Effort] | None, meeting: Barrier
) -> None:
    try:
        asyncio.run(_play_all(settings, load, script, meeting))
    except (EstafetteError, AssertionError):
        meeting.abort()
        raise
    leave(0)


async def _play_all(
    settings: Settings, load: Load, script: list[Effort] | None, meeting: Barrier
) -> None:
    player = await _player(settings, script)
    await _play(player, load.at_once, load.at_once)
    await asyncio.to_thread(meeting.wait)
    await _play(player, load.cases, load.at_once)
    await asyncio.to_thread(meeting.wait)
    await asyncio.to_thread(meeting.wait)


async def _player(settings: Settings, script: list[Effort] | None) -> Player:
    if script is None:
        offices = await open_offices(settings)
        return lambda: Play(offices).run()
    client = await bare_client(settings)
    return lambda: bare.play(client, script)


async def _play(player: Player, cases: int, at_once: int) -> None:
    """Play a number of cases, as many at a time as there are seats."""
    waiting = iter(range(cases))

    async def seat() -> None:
        for _ in waiting:
            await player()

    await asyncio.gather(*(seat() for _ in range(at_once)))
