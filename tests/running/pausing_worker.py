"""A worker that stops between the database's commit and the process's note of it.

    python -m tests.running.pausing_worker FILE

Once the record of an item has committed, it writes the act's id to FILE and waits to
be killed. Everything else it does as the real worker does.
"""

import sys
import time
from pathlib import Path

from temporalio import activity

import worker
from activities.records import Records
from models.process import ActPointer, Outcome

_record = Records.record


@activity.defn(name="record")
def record_and_stop(self, pointer: ActPointer) -> Outcome:  # type: ignore[no-untyped-def]
    """Record, and let nobody hear of it."""
    outcome = _record(self, pointer)
    if pointer.kind == "item.add":
        Path(sys.argv[1]).write_text(str(pointer.act))
        time.sleep(600)
    return outcome


if __name__ == "__main__":
    Records.record = record_and_stop  # type: ignore[method-assign]
    worker.main([])
