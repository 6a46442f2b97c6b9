"""Throw-away servers for tests: where they may lie, how to ask them one thing."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[2]

_OWNER = """
import signal, sys
from pathlib import Path
from runtime.embedded.ending import asked_like_ctrl_c
from runtime.embedded.stack import Stack
# Tests that run in the background of a shell inherit that it is passed over.
signal.signal(signal.SIGINT, signal.default_int_handler)
with asked_like_ctrl_c():
    try:
        with Stack(Path(sys.argv[1])) as stack:
            print(*stack.pids().values(), flush=True)
            stack.wait()
    except KeyboardInterrupt:  # asked before it began to wait
        pass
"""


@contextmanager
def open_place() -> Iterator[Path]:
    """Lend a directory that the database account can walk to, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="estafette-"))
    try:
        yield made
    finally:
        shutil.rmtree(made)


def do(url: str, statement: str) -> None:
    """Run one statement as this role and commit."""
    with psycopg.connect(url) as connection:
        connection.execute(statement.encode())


def one(url: str, query: str) -> object:
    """Return the first value of the first row."""
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


@contextmanager
def stack_owner(place: Path) -> Iterator[tuple["subprocess.Popen[str]", list[int]]]:
    """Run a process that owns a stack; lend it with the pids of its children."""
    command = [sys.executable, "-c", _OWNER, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, text=True) as owner:
        try:
            assert owner.stdout is not None
            yield owner, [int(pid) for pid in owner.stdout.readline().split()]
        finally:
            owner.kill()
