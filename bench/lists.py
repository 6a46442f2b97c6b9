"""A page of 50 cases out of ever more, asked for by 16 clients at once.

The page is the product's own: row-level security, the clock that is due first in each
case, and the ledger entry with what was shown. Whoever leads the agency sees all its
cases; a handler is named for some hundreds of them, however many there are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from statistics import median

from rich.table import Table
from sqlalchemy import Engine, text

from acts.desk import Desk
from acts.pages.lists import list_cases
from bench.cases.clients import open_offices
from bench.cases.route import HANDLER, MAYOR, Offices, Play
from bench.servers import full_workers
from bench.targets import verdict
from bench.timing import percentile, timed
from models.ids import CaseId
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction

_CLIENTS, _PAGES = 16, 40  # each client asks for so many pages
_SIZES, _QUICK = (1_000, 1_000_000), (1_000, 10_000)
_NAMED = 300  # cases that the handler works on
_MOST_MS, _MOST_GROWTH = 100.0, 1.5

# More cases like the one that was opened, each with a term, and an officer who is
# named for it: the handler for the first of them, somebody else for the rest.
_GROW = """
with born as (
    insert into case_file (id, route, pack_version, pack_digest, agency_id, stage,
        version, activity, permit_regime, opened_on, next_due, secrecy)
    select gen_random_uuid(), route, pack_version, pack_digest, agency_id, stage,
        version, activity, permit_regime, opened_on, opened_on + n % 400, secrecy
    from case_file, generate_series(1, :more) n where id = :case
    returning id, agency_id, next_due
), numbered as (
    select *, row_number() over (order by id) + :there as n from born
), named as (
    insert into designation (id, case_id, agency_id, officer_id, from_day)
    select gen_random_uuid(), id, agency_id,
        case when n <= :named then :handler else 'anderlecht/other-' || n % 500 end,
        date '2024-01-01'
    from numbered
)
insert into deadline (id, case_id, agency_id, clock, state, started_on, due_on, ends_at,
    extended, counting)
select gen_random_uuid(), numbered.id, numbered.agency_id, d.clock, d.state,
    d.started_on, next_due, d.ends_at, d.extended, d.counting
from numbered, deadline d where d.case_id = :case and d.handoff_id is null
"""


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how long a page takes, for each size."""
    with full_workers(settings, 1):
        offices, case = asyncio.run(_prepare(settings))
    record = connect(settings.database(Role.RECORD), statement_ms=600_000, pool=1)
    owner = connect(settings.database(Role.OWNER), statement_ms=600_000, pool=1)
    acts = connect(settings.database(Role.ACTS), pool=_CLIENTS)
    desk = replace(offices.today, database=acts)
    table = _table()
    first: dict[str, float] = {}
    there = 1
    for size in _QUICK if quick else _SIZES:
        _grow(record, owner, case, there, size)
        there = size
        for officer in (HANDLER, MAYOR):
            found = _ask(desk, offices, officer)
            late = percentile(found, 95)
            first.setdefault(officer, late)
            _line(table, officer, size, found, late / first[officer])
    for database in (record, owner, acts, offices.today.database):
        database.dispose()
    return table


async def _prepare(settings: Settings) -> tuple[Offices, CaseId]:
    offices = await open_offices(settings)
    return offices, await Play(offices).open()


def _grow(record: Engine, owner: Engine, case: CaseId, there: int, size: int) -> None:
    values = {
        "case": case,
        "more": size - there,
        "there": there,
        "named": _NAMED,
        "handler": HANDLER,
    }
    with transaction(record) as connection:
        connection.execute(text(_GROW), values)
    with transaction(owner) as connection:  # only the owner may
        connection.execute(text("analyze"))


def _ask(desk: Desk, offices: Offices, officer: str) -> list[float]:
    page = _page_of(desk, offices, officer)
    assert len(page()) == 50  # type: ignore[arg-type]

    def client(_: int) -> list[float]:
        return [timed(page) for _ in range(_PAGES)]

    with ThreadPoolExecutor(_CLIENTS) as clients:
        return list(chain.from_iterable(clients.map(client, range(_CLIENTS))))


def _page_of(desk: Desk, offices: Offices, name: str) -> Callable[[], object]:
    reader = offices.reader(name)
    return lambda: list_cases(desk, reader)


def _table() -> Table:
    table = Table(
        title="A page of 50 cases",
        caption=f"{_CLIENTS} clients at once, {_PAGES} pages each",
    )
    for heading in ("officer", "cases", "p50", "p95", "target", "growth", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _line(
    table: Table, officer: str, size: int, found: list[float], growth: float
) -> None:
    late = percentile(found, 95)
    table.add_row(
        officer,
        f"{size:,}",
        f"{median(found):.1f} ms",
        f"{late:.1f} ms",
        verdict(late, _MOST_MS),
        f"[bold]{growth:.2f}[/bold]",
        verdict(growth, _MOST_GROWTH),
    )
