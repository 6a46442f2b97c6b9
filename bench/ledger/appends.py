"""Appends inside business transactions, against the same without an entry.

Appends are those of the product, in a transaction that works for 5 ms and writes one
row, as the least act does: without a row nothing would have to reach the disk at its
end, and a read would be compared with an act. An integrator takes them all the while.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import SimpleQueue, get_context
from multiprocessing.synchronize import Barrier
from threading import Event, Thread
from uuid import uuid4

from rich.table import Table
from sqlalchemy import Connection, text

from activities.integrator import Integrator
from bench.targets import verdict
from models.ids import OfficerId
from models.kinds.reads import ItemReleased
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import evidence

_WRITERS, _SECONDS, _QUICK_SECONDS = (1, 8, 32), 6.0, 1.0
_LEAST = 0.8
_WORK = text("select pg_sleep(0.005)")
_ROW = text("""
insert into timeline (id, case_id, kind, agency_id, function, service_number,
    on_behalf_of, article, detail, at, recorded_at, receipt, inside)
values (gen_random_uuid(), gen_random_uuid(), 'bench', 'anderlecht', 'handler', '7',
    '', '', '', now(), now(), '', false)
""")


def measure_appends(
    settings: Settings, table: Table, integrator: Integrator, *, quick: bool
) -> None:
    """Add a row for each number of writers, and one for what was ordered meanwhile."""
    seconds = _QUICK_SECONDS if quick else _SECONDS
    record = settings.database(Role.RECORD)
    with _integrating(integrator) as taken:
        for writers in _WRITERS:
            rates = {True: 0.0, False: 0.0}
            for entry in (True, False, False, True):  # so that drift weighs on both
                rates[entry] += _rate(record, writers, seconds, entry=entry) / 2
            ratio = rates[True] / rates[False]
            table.add_row(
                f"appends, {writers} writers",
                f"{rates[True]:.0f}/s",
                f"{rates[False]:.0f}/s without",
                f"[bold]{ratio:.2f}[/bold]",
                verdict(ratio, _LEAST, at_least=True) if writers == 32 else "",
            )
    began, rows = time.perf_counter(), taken()
    while integrator.once():
        pass
    took = time.perf_counter() - began
    table.add_row("ordered meanwhile", f"{rows:,}", f"{took:.1f} s behind", "", "")


def _rate(database: str, writers: int, seconds: float, *, entry: bool) -> float:
    """Return how many transactions a second so many processes commit."""
    apart = get_context("fork")  # each would import for a second otherwise
    begin = apart.Barrier(writers)
    done = apart.SimpleQueue()
    given = (database, seconds, entry, begin, done)
    working = [apart.Process(target=_write, args=given) for _ in range(writers)]
    for each in working:
        each.start()
    found: float = sum(done.get() for _ in working) / seconds
    for each in working:
        each.join()
    return found


def _write(
    url: str, seconds: float, entry: bool, begin: Barrier, done: SimpleQueue[int]
) -> None:
    """Commit transactions for some seconds, once all are ready, and say how many."""
    database, number = connect(url, pool=1), 0
    with transaction(database) as connection:
        _append(connection)  # the first one costs more: it is compiled
    begin.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        with transaction(database) as connection:
            connection.execute(_WORK)
            connection.execute(_ROW)
            if entry:
                _append(connection)
        number += 1
    done.put(number)
    database.dispose()


def _append(connection: Connection) -> None:
    happened = ItemReleased(
        at=datetime.now(UTC),
        case=uuid4(),
        items=(uuid4(),),
        agency="anderlecht",
        function="handler",
        recipients=("anderlecht",),
        purpose="be-119ter",
        article="NLC 119ter §6",
        detail="asking",
    )
    officer = OfficerId("anderlecht/handler")
    evidence.append(connection, evidence.new_entry(happened), officer)


@contextmanager
def _integrating(integrator: Integrator) -> Iterator[Callable[[], int]]:
    """Integrate in a thread, as often as the product does; lend the count so far."""
    over, taken = Event(), [0]

    def run() -> None:
        while not over.wait(1.0):
            taken[0] += integrator.once()

    thread = Thread(target=run)
    thread.start()
    try:
        yield lambda: taken[0]
    finally:
        over.set()
        thread.join()
