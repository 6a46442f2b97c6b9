"""`python -m bench [LINE...] [--quick]`: every measurement, or some; one table each.

Ratios are taken side by side in one run; absolute figures describe this machine.
`--pairs` and `--cases` say how often and how much is played for the line `cases`.
"""

from __future__ import annotations

import argparse
import os

from rich.console import Console

from bench import ledger, lists, reads, rulings, sealing, secrecy
from bench.cases import line
from bench.servers import servers
from runtime.logging import configure_logging

# What needs no other measurement's rows comes first; `lists` fills the tables.
_LINES = {
    "rulings": rulings.measure,
    "sealing": sealing.measure,
    "reads": reads.measure,
    "secrecy": secrecy.measure,
    "ledger": ledger.measure,
    "lists": lists.measure,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = ["cases", *_LINES]
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--pairs", type=int, help="pairs of runs, with each number")
    parser.add_argument("--cases", type=int, help="cases of each client in a run")
    asked = parser.parse_args()
    if unknown := set(asked.lines) - set(known):
        parser.error(f"there is no line {min(unknown)}: choose of {', '.join(known)}")
    configure_logging(level="ERROR")
    console = Console(width=110)
    console.print(f"[dim]{os.cpu_count()} processors[/dim]")
    for name in asked.lines or known:
        with console.status(f"measuring {name} ..."), servers() as settings:
            if name == "cases":
                tables = line.measure(settings, line.wanted(asked))
            else:
                tables = [_LINES[name](settings, quick=asked.quick)]
        console.print(*tables, sep="\n")


if __name__ == "__main__":
    main()
