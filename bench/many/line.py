"""Pages, of a thousand cases and of a million: they must cost the same."""

from __future__ import annotations

import asyncio
from itertools import product
from statistics import median

from rich.table import Table

from bench.cases.clients import open_offices
from bench.cases.route import HANDLER, MAYOR, Offices, Play
from bench.many.growing import grow
from bench.many.pages import CLIENTS, PAGES, ask_pages, open_browsers
from bench.servers import full_workers
from bench.targets import verdict
from bench.timing import percentile
from models.ids import CaseId
from runtime.settings import Settings
from web.pages.paging import ROWS

_SIZES, _QUICK = (1_000, 1_000_000), (1_000, 10_000)
_MOST_MS, _MOST_GROWTH = 100.0, 1.5
_READS_FOR = 0.5  # seconds
_OFFICERS = {"handler": HANDLER, "mayor": MAYOR}
_HOW = {"read": _READS_FOR, "at once": 0.0}  # seconds before the next one


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how long pages take, for each number of cases."""
    with full_workers(settings, 1):
        offices, case, pages = asyncio.run(_prepare(settings))
    table, first, there = _table(), dict[str, float](), 1
    with open_browsers(settings, offices, _OFFICERS.values()) as browsers:
        for size in _QUICK if quick else _SIZES:
            grow(settings, case, there=there, size=size)
            there = size
            for page, name, how in product(pages, _OFFICERS, _HOW):
                asking = browsers[_OFFICERS[name]]
                found = ask_pages(asking, pages[page], reads_for=_HOW[how])
                what, late = f"{page}, {name}, {how}", percentile(found, 95)
                growth = late / first.setdefault(what, late)
                _line(table, what, size, found, growth)
    offices.today.database.dispose()
    return table


async def _prepare(settings: Settings) -> tuple[Offices, CaseId, dict[str, str]]:
    """Return the offices, a case to make others from, and the pages to measure.

    One is of a case that was decided: six questions were asked for it.
    """
    offices = await open_offices(settings)
    decided = Play(offices)
    request = await decided.come_to_decision()
    pages = {
        "list": "/cases",
        "home": "/",
        "case": f"/cases/{decided.case}",
        "decision": f"/cases/{decided.case}/decision",
        "question": f"/handoffs/{request}",
    }
    return offices, await Play(offices).open(), pages


def _table() -> Table:
    table = Table(
        title=f"Pages; a list has {ROWS} cases",
        caption=f"{CLIENTS} clients, {PAGES} pages each, which are read for"
        f" {_READS_FOR:g} s in the mean, or asked for at once after the one before",
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
        f"{median(found):.0f} ms",
        f"{late:.0f} ms",
        verdict(late, _MOST_MS),
        f"[bold]{growth:.2f}[/bold]",
        verdict(growth, _MOST_GROWTH),
    )
