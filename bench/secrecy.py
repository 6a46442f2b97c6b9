"""Whether the time of an answer tells a hidden case from one that never was.

Both are asked for equally often in random order, through the product's own look-ups.
With the beat on which *not found* leaves, nobody should tell them apart; without it,
the same figures show what this measurement is able to see.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from unittest.mock import patch
from uuid import UUID, uuid4

from rich.table import Table

from acts import existence
from acts.desk import Desk
from acts.pages import lists, overview
from bench.alike import apart, interleaved, same_kind
from bench.cases.clients import open_offices
from bench.cases.route import Offices, Play
from bench.servers import full_workers
from bench.targets import verdict
from models.agencies import Reader
from models.errors import NotFound
from models.ids import CaseId
from models.pages import Window
from runtime.settings import Settings

_SAMPLES, _QUICK = 2_000, 200
_OUTSIDER = "anderlecht/second"  # of the same agency, and not named for the case
_APART, _CHANCE = 0.05, 0.01


def _list_after(desk: Desk, reader: Reader, case: CaseId) -> object:
    return lists.list_cases(desk, reader, Window(after=case))


_SURFACES = {
    "case exists": existence.ask_whether,
    "case show": overview.show_case,
    "case list --after": _list_after,
}


def measure(settings: Settings, *, quick: bool) -> Table:
    """Return how far hidden and absent are apart on each surface, with the beat."""
    with full_workers(settings, 1):
        offices, case = asyncio.run(_prepare(settings))
    samples = _QUICK if quick else _SAMPLES
    table = _table(samples)
    for name, see in _SURFACES.items():
        ask = _asking(offices, see)
        _line(table, name, "yes", _ask_about(ask, case, samples))
        with _without_beat():
            _line(table, name, "no", _ask_about(ask, case, samples))
    offices.today.database.dispose()
    return table


async def _prepare(settings: Settings) -> tuple[Offices, CaseId]:
    offices = await open_offices(settings)
    return offices, await Play(offices).open()


def _without_beat() -> AbstractContextManager[object]:
    return patch("storage.sessions.BEAT", 1e-9)


def _asking(offices: Offices, see: Callable[..., object]) -> Callable[[UUID], object]:
    reader = offices.reader(_OUTSIDER)

    def ask(name: UUID) -> object:
        try:
            return see(offices.today, reader, CaseId(name))
        except NotFound:
            return None

    return ask


def _ask_about(
    ask: Callable[[UUID], object], hidden: UUID, samples: int
) -> tuple[Sequence[float], Sequence[float]]:
    never = [uuid4() for _ in range(samples)]
    found = interleaved(ask, {"absent": never, "hidden": [hidden] * samples}, at_once=4)
    return found["absent"], found["hidden"]


def _table(samples: int) -> Table:
    table = Table(
        title="A hidden case against one that never was",
        caption=f"{samples:,} questions about each, in random order, by four askers",
    )
    for heading in ("surface", "beat", "medians apart", "target", "KS p", "target"):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _line(
    table: Table, name: str, beat: str, pair: tuple[Sequence[float], Sequence[float]]
) -> None:
    difference, p = apart(*pair), same_kind(*pair)
    targets = verdict(difference, _APART), verdict(p, _CHANCE, at_least=True)
    if beat == "no":
        targets = ("", "")
    table.add_row(name, beat, f"{difference:.2%}", targets[0], f"{p:.3f}", targets[1])
