"""How the owner of the servers is asked to end, from its first moment on."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def asked_like_ctrl_c() -> Iterator[None]:
    """Make SIGTERM and the terminal's end raise KeyboardInterrupt too.

    Entered before the servers start: a request to end that comes while they do must
    stop those already running, not kill their owner. Main thread only.
    """
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {n: signal.signal(n, signal.default_int_handler) for n in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
