"""What is in use, as the log said it last: whatever differs becomes an entry."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert

from models.kinds.installation import InUse
from storage import tables as t
from storage.log import evidence

# A dump that is restored makes another database, a base backup another timeline.
_DATABASE = text(
    "select system_identifier, timeline_id, d.oid"
    " from pg_control_system(), pg_control_checkpoint(), pg_database d"
    " where d.datname = current_database()"
)


def note(connection: Connection, event: InUse, name: str = "") -> str | None:
    """Write that something is in use, unless the log said so last; return the receipt.

    `name` tells things of one kind apart. Of many processes that note the same, at
    once or one after the other, one writes an entry.
    """
    entry = evidence.new_entry(event)
    row = insert(t.in_use).values(
        agency_id=entry.agency, kind=entry.kind, name=name, value=entry.detail
    )
    changed = row.on_conflict_do_update(
        index_elements=["agency_id", "kind", "name"],
        set_={"value": row.excluded.value},
        where=t.in_use.c.value != row.excluded.value,
    ).returning(t.in_use.c.kind)
    if connection.execute(changed).first() is None:
        return None
    return evidence.append(connection, entry, None)


def database(connection: Connection) -> str:
    """Return what tells this database from any other, and from its own backups."""
    row = connection.execute(_DATABASE).one()
    return "cluster {} timeline {} database {}".format(*row)
