"""What a killed owner left running: written down at each start, ended at the next."""

import os
import signal
import time
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from runtime.embedded.lock import ProcessId
from runtime.embedded.private import write_private


@dataclass(frozen=True)
class Registered:
    """A started process and the signal that asks it to stop."""

    process: ProcessId
    stop_signal: int


_REGISTER = TypeAdapter(tuple[Registered, ...])


def write_register(path: Path, entries: tuple[Registered, ...]) -> None:
    """Write down what runs, in the order in which it was started."""
    write_private(path, _REGISTER.dump_json(entries))


def end_orphans(path: Path, *, patience: float = 30) -> None:
    """End, last started first, what a former owner of this directory left running.

    Only for the holder of the directory's lock. On Linux the leash has done most of
    it, but the database may still be closing its files.
    """
    try:
        entries = _REGISTER.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return
    for entry in reversed(entries):
        _end(entry, patience)
    path.unlink()


def _end(entry: Registered, patience: float) -> None:
    if not entry.process.alive:
        return
    _signal(entry.process, entry.stop_signal)
    deadline = time.monotonic() + patience
    while entry.process.alive and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal(entry.process, signal.SIGKILL)


def _signal(process: ProcessId, number: int) -> None:
    if process.alive:
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            pass  # it ended by itself in between
