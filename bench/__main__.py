"""`python -m bench [--quick]`: every measurement, one table each.

`--pairs` and `--cases` say how often and how much is played.
"""

from __future__ import annotations

import argparse
import asyncio
import os

from rich.console import Console
from rich.progress import Progress

from bench import tables
from bench.cases_per_second import Line, Shape, alternate, rehearse
from bench.clients import Load
from bench.servers import bare_workers, full_workers, servers
from runtime.logging import configure_logging
from runtime.settings import Settings

# Worker processes, and the share of bare Temporal's cases per second to reach.
_TARGETS = ((2, 0.8), (1, 0.6))
_FULL, _QUICK = (12, 5), (4, 1)  # cases of each client in a run, and pairs of runs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--pairs", type=int, help="pairs of runs, with each number")
    parser.add_argument("--cases", type=int, help="cases of each client in a run")
    asked = parser.parse_args()
    cases, pairs = _QUICK if asked.quick else _FULL
    load = Load(clients=2, at_once=4, cases=asked.cases or cases)
    pairs = asked.pairs or pairs
    configure_logging(level="ERROR")
    console = Console()
    console.print("starting PostgreSQL and Temporal, playing a case of each kind ...")
    with servers() as settings:
        with full_workers(settings, 1), bare_workers(settings, 1):
            shape = asyncio.run(rehearse(settings))
        lines = _measure(settings, console, load, shape, pairs)
    console.print(tables.ratios(lines, shape))
    console.print(tables.processor_time(lines, shape))
    console.print(
        f"{pairs} pairs of runs, alternating, {load.total} cases each, by"
        f" {load.clients} client processes with {load.at_once} cases at a time.\n"
        f"Absolute figures describe this machine ({os.cpu_count()} processors, and"
        " whatever else it did meanwhile); the ratio is what counts."
    )


def _measure(
    settings: Settings, console: Console, load: Load, shape: Shape, pairs: int
) -> list[Line]:
    lines = [Line(workers, target, []) for workers, target in _TARGETS]
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("playing cases", total=pairs * len(lines))
        for _ in range(pairs):
            for line in lines:
                pair = alternate(settings, load, shape, line.workers)
                line.pairs.append(pair)
                progress.advance(task)
    return lines


if __name__ == "__main__":
    main()
