"""The log at rest: finding who saw an item, proofs, verification."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from statistics import median

from rich.table import Table
from sqlalchemy import Engine

from bench.cases.clients import open_offices
from bench.cases.route import Offices
from bench.ledger.growing import ABOUT, grow
from bench.targets import verdict
from bench.timing import percentile, timed
from ledger.proofs import inclusion_proof
from ledger.signed_note import SignerKey
from ledger.tiles import tree_over
from ledger.verify import StoredEntry, verify_entries
from models.ids import ItemId
from models.pages import Window
from models.trail import Wanted
from runtime.settings import Settings
from storage.engine import transaction
from storage.log import ledger, trail
from storage.sessions import acting

_PROOFS = 300
_MOST_TIMES, _MOST_MS, _MOST_GROWTH = 2.0, 5.0, 1.5
_AUDITOR = "audit/auditor"


@dataclass(frozen=True)
class Sizes:
    """How many entries are put, one lot after another, and how many at last.

    All of the first are verified, in memory; what comes after is only searched.
    """

    verified: tuple[int, ...] = (10_000, 1_000_000)
    searched: int = 0


def measure_at_rest(
    settings: Settings, table: Table, log: Engine, signer: SignerKey, sizes: Sizes
) -> None:
    """Add the rows of all that is asked of a log that lies there."""
    offices = asyncio.run(open_offices(settings))
    first: float | None = None
    for more in sizes.verified:
        size = grow(settings, log, signer, more)
        first = _saw(table, offices, size, first)
    _proofs(table, log, size)
    _verification(table, log, signer)
    if sizes.searched > size:
        size = grow(settings, log, signer, sizes.searched - size)
        _saw(table, offices, size, first)
        _proofs(table, log, size)
    offices.today.database.dispose()


def _saw(table: Table, offices: Offices, size: int, first: float | None) -> float:
    """Add the row of who saw an item; return what others are held against."""
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
    return first


def _who_saw(offices: Offices) -> list[float]:
    """Return the milliseconds of `audit trail --item`, the page's own entry aside."""
    desk, wanted = offices.today, Wanted(item=ItemId(ABOUT))
    with acting(desk.database, desk.acting(offices.officers[_AUDITOR])) as connection:
        ask = partial(trail.page, connection, wanted, Window(limit=50))
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
