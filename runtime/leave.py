"""The one way our programs end once they have used the Temporal client."""

import logging
import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """Flush what was written and end the process with this exit code.

    Interpreter shutdown is skipped on purpose. The Temporal client runs threads of
    its own; about one exit in seven was seen to abort (signal 6) while Python took
    its modules apart under them, which turned success into exit code 134.
    Nothing of ours relies on exit handlers: everything that must last is committed,
    and servers we started are stopped before this is called.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        _flush(stream)
    os._exit(code)


def _flush(stream: object) -> None:
    try:
        stream.flush()  # type: ignore[attr-defined]  # None when there is no console
    except (AttributeError, OSError, ValueError):
        pass  # a closed pipe must not change the exit code
