"""The log of the command line: a file, because standard error belongs to the answer."""

from __future__ import annotations

import atexit
import os
import tempfile
import traceback
from functools import cache
from pathlib import Path
from typing import TextIO

import structlog

from runtime.logging import configure_logging
from runtime.paths import DataDirectory, data_directory

_NAME = "commands.log"


def open_logbook() -> Path:
    """Send this process's log to its file and return where that is."""
    path = _place()
    configure_logging(json=True, level="WARNING", stream=_opened(path))
    return path


def log_unexpected(error: BaseException) -> Path:
    """Write down where an error nobody foresaw came from, and return the file.

    Messages are left out: those of libraries quote the values they stumbled on.
    """
    path = open_logbook()
    chain = [error, *causes(error)]
    structlog.get_logger().error(
        "command_failed",
        errors=[f"{type(each).__module__}.{type(each).__qualname__}" for each in chain],
        frames=[
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ],
    )
    return path


def causes(error: BaseException) -> list[BaseException]:
    """Return the errors behind an error, the nearest first."""
    cause = error.__cause__ or error.__context__
    return [cause, *causes(cause)] if cause is not None else []


@cache
def _opened(path: Path) -> TextIO:
    """Open a log for adding, once and until the end; nobody else may read it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    log = os.fdopen(descriptor, "a")
    atexit.register(log.close)
    return log


def _place() -> Path:
    directory = DataDirectory(data_directory()).logs
    try:
        # Where there is no data directory, a command that fails makes none.
        directory.mkdir(mode=0o700, exist_ok=True)
        path = directory / _NAME
        if os.access(path if path.exists() else directory, os.W_OK):
            return path
    except OSError:
        pass  # not ours to write in: a private file elsewhere will do
    descriptor, name = tempfile.mkstemp(prefix="estafette-", suffix=".log")
    os.close(descriptor)
    return Path(name)
