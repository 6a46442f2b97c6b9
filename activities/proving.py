"""What coordination answers to nodes that look for receipts, and what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy import Connection

from ledger.proofs import inclusion_proof
from ledger.tiles import tree_over
from models.errors import EntryAltered
from models.link import Inclusion, Inclusions, InclusionWanted, NodeAlarm
from storage.log import ledger, node_alarms

log = structlog.get_logger()


def prove(connection: Connection, wanted: InclusionWanted) -> Inclusions:
    """Return the proof of each leaf that stands in the tree of the size asked about.

    Which size that is says the node: it holds the checkpoint, and believes no other.
    """
    tree = tree_over(partial(ledger.hashes, connection))
    places = ledger.places(connection, wanted.leaves)
    try:
        found = [
            Inclusion(
                leaf=leaf,
                place=place,
                proof=tuple(inclusion_proof(place, wanted.size, tree)),
            )
            for leaf, place in places.items()
            if place < wanted.size
        ]
    except EntryAltered as error:
        # A node cosigned more entries than there are: its alarm is the right answer.
        log.error("log_shorter_than_cosigned", reason=error.message)
        return Inclusions()
    return Inclusions(found=tuple(found))


def hear_alarms(connection: Connection, agency: str, told: Sequence[NodeAlarm]) -> None:
    """Keep what a node raised the alarm about, and say so in the log."""
    for alarm in told:
        node_alarms.note(connection, agency, alarm, datetime.now(UTC))
        tell = log.warning if alarm.over else log.error
        leaf, kind = alarm.leaf.hex(), alarm.kind.value
        tell("node_alarm", agency=agency, kind=kind, leaf=leaf, over=alarm.over)
