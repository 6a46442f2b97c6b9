"""`python -m bench [LINE...] [--quick]`: every measurement, or some; one table each.

Ratios are taken side by side in one run; absolute figures describe this machine.
`--pairs` and `--cases` say how often and how much is played for the line `cases`,
`--entries` in how large a log the line `ledger` looks for an item at last.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench import reads, rulings, sealing, secrecy
from bench.cases import line as cases
from bench.ledger import line as ledger
from bench.many import line as many
from bench.servers import servers
from runtime.logging import configure_logging
from runtime.settings import Settings

# What needs no other measurement's rows comes first; `many` fills the tables.
_LINES = {
    "rulings": rulings.measure,
    "sealing": sealing.measure,
    "reads": reads.measure,
    "secrecy": secrecy.measure,
    "many": many.measure,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = ["cases", "ledger", *_LINES]
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--pairs", type=int, help="pairs of runs, with each number")
    parser.add_argument("--cases", type=int, help="cases of each client in a run")
    parser.add_argument("--entries", type=int, default=0, help="entries of the log")
    asked = parser.parse_args()
    if unknown := set(asked.lines) - set(known):
        parser.error(f"there is no line {min(unknown)}: choose of {', '.join(known)}")
    configure_logging(level="ERROR")
    console = Console(width=110)
    console.print(f"[dim]{os.cpu_count()} processors[/dim]")
    for name in asked.lines or known:
        with console.status(f"measuring {name} ..."), servers() as settings:
            tables = _measured(name, settings, asked)
        console.print(*tables, sep="\n")


def _measured(
    name: str, settings: Settings, asked: argparse.Namespace
) -> Sequence[Table]:
    if name == "cases":
        return cases.measure(settings, cases.wanted(asked))
    if name == "ledger":
        return [ledger.measure(settings, quick=asked.quick, entries=asked.entries)]
    return [_LINES[name](settings, quick=asked.quick)]


if __name__ == "__main__":
    main()
