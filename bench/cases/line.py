"""The line `cases`: pairs of runs with two workers and with one."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass

from rich.table import Table

from bench.cases import tables
from bench.cases.clients import Load
from bench.cases.rate import Line, alternate, rehearse
from bench.servers import bare_workers, full_workers
from runtime.settings import Settings

# Worker processes, and the share of bare Temporal's cases per second to reach.
_TARGETS = ((2, 0.8), (1, 0.6))
_FULL, _QUICK = (12, 5), (4, 1)  # cases of each client in a run, and pairs of runs


@dataclass(frozen=True)
class Wanted:
    """How much is played in a run, and how many pairs of runs."""

    load: Load
    pairs: int


def wanted(asked: argparse.Namespace) -> Wanted:
    """Return what the arguments ask for."""
    cases, pairs = _QUICK if asked.quick else _FULL
    load = Load(clients=2, at_once=4, cases=asked.cases or cases)
    return Wanted(load, asked.pairs or pairs)


def measure(settings: Settings, wanted: Wanted) -> list[Table]:
    """Play, and return the ratios and where the processor time went."""
    with full_workers(settings, 1), bare_workers(settings, 1):
        shape = asyncio.run(rehearse(settings))
    lines = [Line(workers, target, []) for workers, target in _TARGETS]
    for _ in range(wanted.pairs):
        for each in lines:
            each.pairs.append(alternate(settings, wanted.load, shape, each.workers))
    ratios = tables.ratios(lines, shape)
    ratios.caption = (
        f"{ratios.caption}; {wanted.pairs} pairs of runs, alternating,"
        f" {wanted.load.total} cases each, by {wanted.load.clients} client processes"
        f" with {wanted.load.at_once} cases at a time"
    )
    return [ratios, tables.processor_time(lines, shape)]
