"""The ledger: what appending costs, verification, proofs, and finding who saw an item.

Appends are those of the product, in a transaction that works for 5 ms and writes one
row, as the least act does: without a row nothing would have to reach the disk at its
end, and a read would be compared with an act. An integrator takes them all the while.
Entries for the other lines are made by the database, like those of a release, and
ordered by the product's integrator or put where it would.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from multiprocessing import SimpleQueue, get_context
from multiprocessing.synchronize import Barrier
from statistics import median
from threading import Event, Thread
from uuid import UUID, uuid4

from rich.table import Table
from sqlalchemy import Connection, Engine, text

from activities.integrator import Integrator
from bench.cases.clients import open_offices
from bench.cases.route import Offices
from bench.targets import verdict
from bench.timing import percentile, timed
from ledger.checkpoint import Checkpoint, sign
from ledger.merkle import CompactRange
from ledger.proofs import inclusion_proof
from ledger.signed_note import SignerKey
from ledger.tiles import tile_hashes, tree_over
from ledger.verify import StoredEntry, verify_entries
from models.ids import ItemId, OfficerId
from models.kinds.reads import ItemReleased
from models.trail import Wanted
from runtime import keys
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction
from storage.log import evidence, ledger, trail
from storage.sessions import acting

_WRITERS, _SECONDS, _QUICK_SECONDS = (1, 8, 32), 6.0, 1.0
_ENTRIES, _QUICK_ENTRIES = (10_000, 1_000_000), (1_000, 20_000)
_PROOFS = 300
_LEAST_APPENDS, _MOST_TIMES, _MOST_MS, _MOST_GROWTH = 0.8, 2.0, 5.0, 1.5
_WORK = text("select pg_sleep(0.005)")
_ROW = text("""
insert into timeline (id, case_id, kind, agency_id, function, service_number,
    on_behalf_of, article, detail, at, recorded_at, receipt, inside)
values (gen_random_uuid(), gen_random_uuid(), 'bench', 'anderlecht', 'handler', '7',
    '', '', '', now(), now(), '', false)
""")
_ABOUT = UUID("c1f4b1c8-0f6e-4c8b-9a51-7f9f2d3e4a22")

# Entries like those of a release, some of them about the item that is asked for.
_GROW = text("""
insert into ledger_entry (seq, body, leaf)
select n, b, sha256('\\x00'::bytea || b) from (
    select n, convert_to('{"agency":"anderlecht","at":"2026-03-01T10:00:00+01:00",'
        || '"case":"' || gen_random_uuid() || '","function":"handler","id":"'
        || gen_random_uuid() || '","items":["'
        || case when n % 1000 = 7 and n < :marked then cast(:item as text)
           else gen_random_uuid()::text end
        || '"],"kind":"item.released","nonce":"' || md5(n::text)
        || '","officer":"' || encode(sha256(n::text::bytea), 'hex')
        || '","operation":"consultation","purpose":"be-119ter",'
        || '"recorded_at":"2026-03-01T09:00:00.125000Z"}', 'UTF8') as b
    from generate_series(cast(:first as bigint), cast(:last as bigint)) n) s
""")
_MARKED = text("select 1 from ledger_entry where item_ids @> cast(:items as jsonb)")
_AUDITOR = "audit/auditor"


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return all figures of the ledger as one table."""
    table = Table(title="Ledger")
    for heading in ("what", "figure", "against", "ratio", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    signer = keys.ledger_signer(settings)
    log = connect(settings.database(Role.LEDGER), pool=2, statement_ms=600_000)
    _appends(settings, table, Integrator(log, signer), quick=quick)
    _at_rest(settings, table, log, signer, quick=quick)
    log.dispose()
    return table


def _appends(
    settings: Settings, table: Table, integrator: Integrator, *, quick: bool
) -> None:
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
                verdict(ratio, _LEAST_APPENDS, at_least=True) if writers == 32 else "",
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


def _at_rest(
    settings: Settings, table: Table, log: Engine, signer: SignerKey, *, quick: bool
) -> None:
    offices = asyncio.run(open_offices(settings))
    owner = connect(settings.database(Role.OWNER), pool=1, statement_ms=3_600_000)
    first: float | None = None
    for more in _QUICK_ENTRIES if quick else _ENTRIES:
        size = _grow(owner, log, signer, more)
        found = _who_saw(offices)
        first = first or median(found)
        growth = median(found) / first
        table.add_row(
            f"to whom an item was released, of {size:,}",
            f"{median(found):.2f} ms",
            f"p95 {percentile(found, 95):.2f} ms",
            f"[bold]{growth:.2f}[/bold]",
            verdict(growth, _MOST_GROWTH),
        )
    owner.dispose()
    offices.today.database.dispose()
    _proofs(table, log, size)
    _verification(table, log, signer)


def _grow(owner: Engine, log: Engine, signer: SignerKey, more: int) -> int:
    """Put entries behind those that are there; return how many there are then.

    The item that is asked for is in some of the first that are put there.
    """
    with transaction(log) as connection:
        tree = ledger.frontier(connection)
        there = connection.execute(_MARKED, {"items": f'["{_ABOUT}"]'}).first()
    marked = 0 if there else tree.size + more
    with transaction(owner) as connection:
        connection.execute(text("alter table ledger_entry no force row level security"))
        first, last = tree.size, tree.size + more - 1
        asked = {"first": first, "last": last, "item": str(_ABOUT), "marked": marked}
        connection.execute(_GROW, asked)
        connection.execute(text("analyze ledger_entry"))
    with transaction(log) as connection:
        _complete(connection, signer, tree)
    return tree.size


def _complete(connection: Connection, signer: SignerKey, tree: CompactRange) -> None:
    query = text("select leaf from ledger_entry where seq >= :first order by seq")
    leaves = connection.execute(query, {"first": tree.size}).scalars()
    ledger.keep_tile_hashes(connection, tile_hashes(tree.extend(leaves)))
    note = sign(Checkpoint(signer.name, tree.size, tree.root()), signer)
    ledger.write_checkpoint(connection, tree, note, datetime.now(UTC))


def _who_saw(offices: Offices) -> list[float]:
    """Return the milliseconds of `audit trail --item`, the page's own entry aside."""
    desk, wanted = offices.today, Wanted(item=ItemId(_ABOUT))
    with acting(desk.database, desk.acting(offices.officers[_AUDITOR])) as connection:
        ask = partial(trail.page, connection, wanted, before=None, limit=50)
        assert ask()
        return [timed(ask) for _ in range(_PROOFS)]


def _proofs(table: Table, log: Engine, size: int) -> None:
    with transaction(log) as connection:
        tree = tree_over(partial(ledger.hashes, connection))
        step = max(1, size // _PROOFS)
        found = [
            timed(partial(inclusion_proof, index, size, tree))
            for index in range(0, size, step)
        ]
    late = percentile(found, 95)
    table.add_row(
        f"inclusion proof, of {size:,}",
        f"{median(found):.2f} ms",
        f"p95 {late:.2f} ms",
        "",
        verdict(late, _MOST_MS),
    )


def _verification(table: Table, log: Engine, signer: SignerKey) -> None:
    with transaction(log) as connection:
        began = time.perf_counter()
        entries = list(ledger.entries(connection))
        read = time.perf_counter() - began
        notes = ledger.checkpoints(connection)
    alone, whole = _hashing(entries), _verifying(entries, notes, signer)
    ratio = whole / alone
    table.add_row(
        f"verification of {len(entries):,}",
        f"{whole:.2f} s",
        f"{alone:.2f} s hashing",
        f"[bold]{ratio:.2f}[/bold]",
        verdict(ratio, _MOST_TIMES),
    )
    table.add_row("reading them from the database", f"{read:.1f} s", "", "", "")


def _hashing(entries: list[StoredEntry]) -> float:
    """Return the seconds that hashing the same bytes takes, and nothing else."""
    began = time.perf_counter()
    for entry in entries:
        sha256(b"\x00" + entry.body).digest()
    return time.perf_counter() - began


def _verifying(entries: list[StoredEntry], notes: list[str], key: SignerKey) -> float:
    began = time.perf_counter()
    verify_entries(entries, notes, key.verifier)
    return time.perf_counter() - began
