"""A fail-closed read of 1 KB against the same rows, taken without asking anybody.

The read is the product's own: ruling, release and ledger entry are committed, then body
and key come out against that release and are opened at the reader's node. The other
side takes the same rows in a transaction of its own, as a role that no wall stops: it
writes nothing, so its commit waits for no disk. What such a commit costs alone, of one
record in the log of the database, stands beside the two.
"""

from __future__ import annotations

import asyncio
from statistics import median

from rich.table import Table
from sqlalchemy import Engine, select, text

from acts import cases
from acts.cases import OwnMaterial
from acts.items.reading import read_item
from bench.cases.clients import open_offices
from bench.cases.papers import fact_of
from bench.cases.route import HANDLER, MAYOR, Offices, Play
from bench.servers import full_workers
from bench.targets import verdict
from bench.timing import percentile, take_turns
from models.clock import legal_day
from models.ids import CaseId, ItemId
from models.items import ItemKind
from runtime.roles import Role
from runtime.settings import Settings
from storage import items
from storage import tables as t
from storage.engine import connect, transaction
from storage.sessions import acting

_TIMES, _QUICK = 1_000, 100
_MOST_TIMES, _MOST_MS = 8.0, 10.0
_WRITE = text("select pg_logical_emit_message(true, 'bench', 'x')")


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how long both sides take."""
    with full_workers(settings, 1):
        offices, item = asyncio.run(_prepare(settings))
    desk = offices.today
    reader = offices.reader(HANDLER)
    record = connect(settings.database(Role.RECORD), pool=1)
    found = take_turns(
        {
            "read": lambda: read_item(desk, reader, item),
            "rows": lambda: _rows(record, item, reader.officer.agency),
            "commit": lambda: _commit(record),
        },
        _QUICK if quick else _TIMES,
    )
    record.dispose()
    desk.database.dispose()
    return _table(found)


async def _prepare(settings: Settings) -> tuple[Offices, ItemId]:
    offices = await open_offices(settings)
    desk = offices.today
    play = Play(offices)
    case = await play.open()
    material = OwnMaterial(
        source="src.3", body=b"x" * 1024, handling=fact_of(legal_day(desk.clock.now()))
    )
    await cases.add_item(desk, offices.officers[HANDLER], case, material)
    return offices, _fact(offices, case)


def _fact(offices: Offices, case: CaseId) -> ItemId:
    desk = offices.today
    with acting(desk.database, desk.acting(offices.officers[MAYOR])) as connection:
        known = items.known_to(connection, "anderlecht", case)
    return next(each.item for each in known if each.kind is ItemKind.FACT)


def _rows(record: Engine, item: ItemId, agency: str) -> object:
    query = (
        select(t.item, t.item_body, t.item_key)
        .join(t.item_body, t.item_body.c.item_id == t.item.c.id)
        .join(t.item_key, t.item_key.c.item_id == t.item.c.id)
        .where(t.item.c.id == item, t.item_key.c.agency_id == agency)
    )
    with transaction(record) as connection:
        return connection.execute(query).one()


def _commit(record: Engine) -> None:
    with transaction(record) as connection:
        connection.execute(_WRITE)


def _table(found: dict[str, list[float]]) -> Table:
    read, rows = median(found["read"]), median(found["rows"])
    late = percentile(found["read"], 95)
    reads = f"{len(found['read'])} reads"
    table = Table(title="Fail-closed read of 1 KB", caption=reads)
    headings = (
        "read p50",
        "p95",
        "target",
        "rows p50",
        "times",
        "target",
        "commit p50",
    )
    for heading in headings:
        table.add_column(heading, justify="right")
    table.add_row(
        f"{read:.2f} ms",
        f"{late:.2f} ms",
        verdict(late, _MOST_MS),
        f"{rows:.2f} ms",
        f"[bold]{read / rows:.1f}[/bold]",
        verdict(read / rows, _MOST_TIMES),
        f"{median(found['commit']):.2f} ms",
    )
    return table
