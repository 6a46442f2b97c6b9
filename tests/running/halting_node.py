"""A node that stops in the middle of an order: keys overwritten, copies still alive.

    python -m tests.running.halting_node FILE --agency ID

Instead of renewing the keyring it writes FILE and waits to be killed.
"""

import sys
import time
from pathlib import Path

import worker
from vault.local_node import LocalNode


def halt(self: LocalNode) -> None:
    """Get no further."""
    Path(sys.argv[1]).touch()
    time.sleep(600)


if __name__ == "__main__":
    LocalNode.renew = halt  # type: ignore[method-assign]
    worker.main(sys.argv[2:])
