"""What the log takes: entries as the product writes them, each under an id of its own.

Whoever took over the connection of the business code can stage what it likes under the
name of the agency it claims. What lies beside the log is shown by the ids in it, so
none may come twice; and what is no entry, or is spelled in a way of its own, would stop
whoever reads the log later.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy import Connection

from ledger.spelled import entry_id
from storage.log import refused
from storage.log.refused import Refused

TAKEN = "its id is that of another entry"
NONE = "it is no entry"

log = structlog.get_logger()


def admit(
    connection: Connection, rows: Sequence[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    """Return the (body, leaf) that the log takes; keep the others aside, with an alarm.

    They stop nothing: else anybody could stop the log.
    """
    ids = [entry_id(body) for body, _ in rows]
    taken = refused.ordered(connection, [each for each in ids if each])
    admitted, others = [], []
    for entry, (body, leaf) in zip(ids, rows, strict=True):
        if entry is None or entry in taken:
            others.append(Refused(leaf, body, TAKEN if entry else NONE))
            log.error("entry_refused", leaf=leaf.hex(), reason=others[-1].reason)
            continue
        taken.add(entry)
        admitted.append((body, leaf))
    refused.keep(connection, others)
    return admitted
