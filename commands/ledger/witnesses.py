"""`estafette ledger witnesses`: who cosigned what, and what contradicts the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rich.console import RenderableType
from sqlalchemy import Connection, Row

from commands.ledger.publishing import as_integrator
from commands.terminal.installation import settings_here
from commands.terminal.options import AsJson
from commands.terminal.output import fields, lines, show, table
from ledger.checkpoint import parse
from ledger.cosignature import add, cosigners, witness_key
from runtime.keys import ledger_verifier
from storage.log import ledger as log
from storage.log import node_alarms, witnessing

ALARM = (
    "The ledger signed two histories. It has stopped growing. Keep both checkpoints:"
    " each is signed by the ledger's own key, and the first was held by the agency's"
    " witness. Ask the witnesses for theirs before you believe either."
)


def witnesses(json: AsJson = False) -> None:
    """Show who cosigned the log, which checkpoint counts, and every contradiction.

    A checkpoint counts when as many agencies' witnesses cosigned it as
    ESTAFETTE_WITNESSES_NEEDED says (2, unless set). A witness that holds a checkpoint
    which the log contradicts is shown with both, as evidence. What agencies' nodes
    raised the alarm about is listed: receipts that the log lacks, and silence.
    """
    settings = settings_here()
    needed = settings.witnesses_needed
    with as_integrator(settings) as connection:
        known = _witnesses(connection)
        size, names = _counting(connection, ledger_verifier(settings).name, needed)
        against = [_contradiction(row) for row in witnessing.contradictions(connection)]
        latest = log.latest_checkpoint(connection)
        told = [_told(row) for row in node_alarms.told(connection)]
    grown = parse(latest).size if latest else 0
    document = {
        "size": grown,
        "needed": needed,
        "counts": size,
        "cosigned_by": names,
        "witnesses": known,
        "contradictions": against,
        "node_alarms": told,
    }
    shapes = [
        fields(
            ("last checkpoint", f"covers {grown} entries"),
            ("counts", _said(size, names, needed)),
        ),
        table(
            "Witnesses",
            "agency|cosigned|when|holds|refused",
            [tuple(each.values()) for each in known],
        ),
        table(
            "Alarms of nodes",
            "agency|what|receipt|since|told|over",
            [tuple(each.values()) for each in told],
        ),
        *_shown(against),
    ]
    show(document, *shapes, as_json=json)


def _witnesses(connection: Connection) -> list[dict[str, Any]]:
    cosigned = witnessing.cosigned_sizes(connection)
    return [
        {
            "agency": row.agency_id,
            "cosigned": cosigned.get(row.agency_id, (0, None))[0],
            "at": cosigned.get(row.agency_id, (0, None))[1],
            "holds": parse(row.seen).size if row.seen else 0,
            "refused": row.refused,
        }
        for row in witnessing.known(connection)
    ]


def _counting(
    connection: Connection, origin: str, needed: int
) -> tuple[int, list[str]]:
    """Return the largest size that counts, and who cosigned it; 0 and nobody."""
    size = witnessing.largest_of(connection, needed)
    if size is None:
        return 0, []
    note = add(
        log.checkpoint_of(connection, size), witnessing.cosignatures(connection, size)
    )
    rows = witnessing.known(connection)
    keys = {
        row.agency_id: witness_key(origin, row.agency_id, row.key)
        for row in rows
        if row.key
    }
    believed = set(cosigners(note, keys.values()))
    names = [agency for agency, key in keys.items() if key.name in believed]
    return (size, names) if len(names) >= needed else (0, names)


def _said(size: int, names: list[str], needed: int) -> str:
    if not size:
        return f"none: no checkpoint is cosigned by {needed} witnesses"
    return f"the one of {size} entries, cosigned by {', '.join(names)}"


def _contradiction(row: Row[Any]) -> dict[str, str | datetime]:
    return {
        "agency": row.agency_id,
        "at": row.at,
        "seen": row.seen,
        "held": row.held,
    }


def _told(row: Row[Any]) -> dict[str, object]:
    return {
        "agency": row.agency_id,
        "what": row.kind,
        "receipt": row.leaf.hex(),
        "since": row.since,
        "told": row.told_at,
        "over": row.over_at,
    }


def _shown(against: list[dict[str, Any]]) -> list[RenderableType]:
    if not against:
        return []
    notes = [
        lines(
            f"\n{each['agency']} saw:\n{each['seen']}\nThe ledger says now:\n"
            f"{each['held']}"
        )
        for each in against
    ]
    return [lines(f"\nALARM. {ALARM}"), *notes]
