"""Two installations that are alike in everything but what somebody may not know.

Time stands still, and chance is the same: what a place in the program draws for the
n-th time in a step is the same in both, whatever other places draw. Acts are recorded
by the product's own record step in the database of each; the engine that calls it in
production keeps no content and shows nothing to anybody, so it is left out.
"""

import hashlib
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, Row, text
from sqlmodel import SQLModel

from activities.recording import acts as recording
from activities.services import Services
from acts.desk import Desk
from commands.demo.world import FIRST_DAY, make_world
from models.process import ActPointer, Outcome
from policies.rulings import SharingPolicies
from runtime.clock import DemoClock
from runtime.embedded.endpoints import Endpoints, write_endpoints
from runtime.embedded.lock import identify
from runtime.nodes import local_nodes
from runtime.receipts import ReceiptFiles
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from tests.deeds.cast import Cast
from tests.pieces.packs import PACKS
from tests.running.postgres import migrated_database
from tests.running.servers import open_place

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# Time stands still for the database, too.
_STILL = (
    "create or replace function legal_now() returns timestamptz language sql stable"
    f" as $$ select to_timestamp({FIRST_DAY.timestamp()}) $$"
)
_OF_NO_CASE = {"agency", "officer", "policy_set", "demo_clock"}
_NOBODY_LISTENS = "127.0.0.1:9"
_LENDERS = {"uuid", "random", "secrets", __name__}


class Recorder:
    """Has an act recorded at once, as the process of its case would."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def send(self, pointer: ActPointer) -> Outcome:
        """See `Process.send`."""
        with transaction(self._services.database) as connection:
            return recording.record(connection, self._services, pointer)


@dataclass(frozen=True)
class Twin:
    """One of the two."""

    settings: Settings
    cast: Cast
    process: Recorder
    record: Engine
    owner: Engine

    def forget(self) -> None:
        """Let no case ever have been."""
        names = [n for n in SQLModel.metadata.tables if n not in _OF_NO_CASE]
        self.do(f"truncate {', '.join(names)}")

    def do(self, statement: str) -> None:
        """Run a statement as the owner of all tables."""
        with transaction(self.owner) as connection:
            connection.execute(text(statement))

    def rows(self, query: str, values: Mapping[str, object]) -> Sequence[Row[Any]]:
        """Return what a query finds when no wall stops it."""
        with transaction(self.record) as connection:
            return connection.execute(text(query), dict(values)).all()


class Chance:
    """The same for both twins in a step of the same name."""

    def __init__(self) -> None:
        self._step = ""
        self._drawn: Counter[str] = Counter()

    def step(self, name: str) -> None:
        """Begin a step: from here on everything is drawn anew."""
        self._step = name
        self._drawn.clear()

    def draw(self, number: int) -> bytes:
        """Return bytes that depend on the step, and on who draws how often."""
        place = _drawer()
        self._drawn[place] += 1
        seed = f"{self._step} {place} {self._drawn[place]}"
        return hashlib.shake_256(seed.encode()).digest(number)


def _drawer() -> str:
    """Return the place in the program that asked for chance, and who asked that."""
    frame, found = sys._getframe(1), []
    while frame is not None and len(found) < 2:
        if frame.f_globals.get("__name__") not in _LENDERS:
            found.append(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}")
        frame = frame.f_back  # type: ignore[assignment]
    return " < ".join(found)


@contextmanager
def standing_still() -> Iterator[Chance]:
    """Let time stand still and chance be ours."""
    chance = Chance()
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW, tick=False):
        patch.setattr(os, "urandom", chance.draw)
        patch.setattr(random, "_urandom", chance.draw)
        yield chance


@contextmanager
def twins() -> Iterator[tuple[Twin, Twin]]:
    """Lend two installations with the same directory."""
    with ExitStack() as held:
        first = held.enter_context(_twin(None))
        yield first, held.enter_context(_twin(first))


@contextmanager
def _twin(elder: Twin | None) -> Iterator[Twin]:
    """Make one; the second one's agencies have the keys of the first one's."""
    with open_place() as place, migrated_database() as urls:
        if elder is not None:
            shutil.copytree(elder.settings.data, place, dirs_exist_ok=True)
        endpoints = Endpoints(
            owner=identify(os.getpid()),
            data_directory=place,
            databases={role: urls[role] for role in Role},
            temporal_address=_NOBODY_LISTENS,
        )
        write_endpoints(endpoints)
        settings = Settings(env="test", data=place)
        with time_machine.travel(NOW, tick=False):
            make_world(settings)
        record = connect(settings.database(Role.RECORD), pool=2)
        acts = connect(settings.database(Role.ACTS), pool=2)
        packs, sharing = PACKS, SharingPolicies.load()
        services = Services(record, packs, sharing, DemoClock(record))
        process = Recorder(services)
        nodes = local_nodes(settings)
        kept = ReceiptFiles(lambda agency: settings.node_files)
        desk = Desk(acts, process, nodes, packs, sharing, DemoClock(acts), kept)
        owner = connect(settings.database(Role.OWNER), pool=1)
        cast = Cast(None, desk)  # type: ignore[arg-type] # it has no running servers
        twin = Twin(settings, cast, process, record, owner)
        twin.do(_STILL)
        try:
            yield twin
        finally:
            for database in (record, acts, owner):
                Engine.dispose(database)
