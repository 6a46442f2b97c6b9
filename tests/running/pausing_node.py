"""A worker that stops around the moment a node gives a recalled item back.

    python -m tests.running.pausing_node FILE before|after

Before or after the keyring closes the item, it writes the item's id to FILE and waits
to be killed: the order and its receipt have not been committed then.
"""

import sys
import time
from pathlib import Path
from typing import Any

import worker
from vault import duties
from vault.node import Node
from vault.values import RecallReceipt

_close = duties._close


def close_and_stop(node: Node, order: Any) -> RecallReceipt:
    """Let nobody hear of the receipt."""
    file, moment = sys.argv[1:]
    if moment == "after":
        _close(node, order)
    Path(file).write_text(str(order.item_id))
    time.sleep(600)
    raise AssertionError("nobody killed this worker")


if __name__ == "__main__":
    duties._close = close_and_stop
    worker.main([])
