"""Lists and pages, of a thousand cases and of a million: they must cost the same."""

from __future__ import annotations

import asyncio
from functools import partial
from statistics import median

from rich.table import Table

from bench.cases.clients import open_offices
from bench.cases.route import HANDLER, MAYOR, Offices, Play
from bench.many.growing import grow
from bench.many.lists import CLIENTS, PAGES, ask_lists
from bench.many.pages import ask_pages, open_browsers
from bench.servers import full_workers
from bench.targets import verdict
from bench.timing import percentile
from models.ids import CaseId
from runtime.settings import Settings

_SIZES, _QUICK = (1_000, 1_000_000), (1_000, 10_000)
_MOST_MS, _MOST_GROWTH = 100.0, 1.5
_READS_FOR = 0.5  # seconds

_OFFICERS = (HANDLER, MAYOR)


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how long lists and pages take, for each number of cases."""
    with full_workers(settings, 1):
        offices, case = asyncio.run(_prepare(settings))
    table, first, there = _table(), dict[str, float](), 1
    with open_browsers(settings, offices, _OFFICERS) as browsers:
        for size in _QUICK if quick else _SIZES:
            grow(settings, case, there=there, size=size)
            there = size
            for officer in _OFFICERS:
                ask = partial(ask_pages, browsers[officer])
                asked = {
                    "list": ask_lists(settings, offices, officer),
                    "home": ask("/"),
                    "home, read": ask("/", reads_for=_READS_FOR),
                    "case": ask(f"/cases/{case}"),
                    "case, read": ask(f"/cases/{case}", reads_for=_READS_FOR),
                }
                for what, found in asked.items():
                    late = percentile(found, 95)
                    growth = late / first.setdefault(f"{what}, {officer}", late)
                    _line(table, f"{what}, {officer}", size, found, growth)
    offices.today.database.dispose()
    return table


async def _prepare(settings: Settings) -> tuple[Offices, CaseId]:
    offices = await open_offices(settings)
    return offices, await Play(offices).open()


def _table() -> Table:
    table = Table(
        title="Lists of 50 cases, and pages",
        caption=f"{CLIENTS} clients at once, {PAGES} requests each; where pages are"
        f" read, each for {_READS_FOR:g} s in the mean",
    )
    for heading in ("what", "cases", "p50", "p95", "target", "growth", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _line(
    table: Table, what: str, size: int, found: list[float], growth: float
) -> None:
    late = percentile(found, 95)
    table.add_row(
        what,
        f"{size:,}",
        f"{median(found):.1f} ms",
        f"{late:.1f} ms",
        verdict(late, _MOST_MS),
        f"[bold]{growth:.2f}[/bold]",
        verdict(growth, _MOST_GROWTH),
    )
