"""The results as tables."""

from __future__ import annotations

import os
from collections.abc import Sequence
from statistics import median

from rich.table import Table

from bench.cases.clients import Run
from bench.cases.rate import Line, Shape

_PARTS = ("Temporal", "PostgreSQL", "workers", "clients")


def ratios(lines: list[Line], shape: Shape) -> Table:
    """Return cases per second of both sides, and what they are of each other."""
    table = Table(
        title="Full cases per second against bare Temporal",
        caption=f"{len(shape.script)} acts and {shape.events} events of history a case",
    )
    for heading in ("workers", "full", "bare", "ratio", "lowest", "highest", "target"):
        table.add_column(heading, justify="right")
    for line in lines:
        found = [pair.ratio for pair in line.pairs]
        table.add_row(
            str(line.workers),
            f"{line.full:.2f}/s",
            f"{line.bare:.2f}/s",
            f"[bold]{line.ratio:.2f}[/bold]",
            f"{min(found):.2f}",
            f"{max(found):.2f}",
            f"{line.target:.1f} {'[green]met' if line.met else '[yellow]not met'}",
        )
    return table


def processor_time(lines: list[Line], shape: Shape) -> Table:
    """Return where the processor time of an act goes, and how much of all it was."""
    table = Table(
        title="Processor time of one act, in ms",
        caption="use: what all this took of the machine's processors meanwhile",
    )
    for heading in ("workers", "side", *_PARTS, "sum", "use"):
        table.add_column(heading, justify="right")
    for line in lines:
        sides = {
            "full": [p.full for p in line.pairs],
            "bare": [p.bare for p in line.pairs],
        }
        for side, runs in sides.items():
            table.add_row(str(line.workers), side, *_times(runs, len(shape.script)))
    return table


def _times(runs: Sequence[Run], acts: int) -> list[str]:
    parts = [median(run.spent.get(part, 0.0) for run in runs) / acts for part in _PARTS]
    use = median(sum(run.spent.values()) / 1000 * run.pace for run in runs)
    times = [f"{each:.1f}" for each in [*parts, sum(parts)]]
    return [*times, f"{use / (os.cpu_count() or 1):.0%}"]
