"""Which part of what was started here used how much processor time. Linux only."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
# What a command line contains, and the part that it belongs to; the first one counts.
_PARTS = (
    ("temporal server", "Temporal"),
    ("postgres", "PostgreSQL"),
    ("estafette-worker", "workers"),
    ("bench.cases.bare", "workers"),
    ("spawn_main", "clients"),
)


@dataclass(frozen=True)
class _Process:
    parent: int
    command: str
    seconds: float


def used() -> dict[str, float]:
    """Return the seconds used so far by our descendants, by part; empty elsewhere."""
    found = {pid: each for pid in _pids() if (each := _read(pid)) is not None}
    total: dict[str, float] = defaultdict(float)
    for pid, process in found.items():
        if _is_ours(pid, found):
            total[_part(process.command)] += process.seconds
    return total


def _pids() -> list[int]:
    if not _PROC.exists():
        return []
    return [int(each.name) for each in _PROC.iterdir() if each.name.isdigit()]


def _read(pid: int) -> _Process | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
        command = (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return None
    # The second field is a name in brackets and may hold blanks.
    fields = stat[stat.rindex(")") + 2 :].split()
    # proc(5): utime, stime, and those of children that were waited for
    ticks = sum(int(each) for each in fields[11:15])
    words = command.replace(b"\0", b" ").decode(errors="replace")
    return _Process(int(fields[1]), words, ticks / _TICKS)


def _is_ours(pid: int, found: dict[int, _Process]) -> bool:
    parent = found[pid].parent
    if parent == os.getpid():
        return True
    return parent in found and _is_ours(parent, found)


def _part(command: str) -> str:
    return next((part for sign, part in _PARTS if sign in command), "others")
