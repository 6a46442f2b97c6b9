"""What the trail names, and whom an auditor watches over."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, func, select

from models.ids import AgencyId, OfficerId
from storage import tables as t


def watched_officers(connection: Connection) -> list[OfficerId]:
    """Return the officers of the agencies that the auditor watches over, by id."""
    found = func.watched_officers().table_valued("officer_id")
    query = select(found.c.officer_id).order_by(found.c.officer_id)
    return [OfficerId(each) for each in connection.execute(query).scalars()]


def watched_agencies(connection: Connection) -> list[AgencyId]:
    """Return the agencies whose entries the auditor sees, by id."""
    found = func.my_audits().table_valued("agency_id")
    query = select(found.c.agency_id).order_by(found.c.agency_id)
    return [AgencyId(each) for each in connection.execute(query).scalars()]


def names_officer(connection: Connection, officer: str) -> bool:
    """Tell whether an entry that the auditor sees still names an officer."""
    query = select(t.salt.c.leaf).where(t.salt.c.officer_id == officer).limit(1)
    return connection.execute(query).first() is not None


def has_entry(connection: Connection, entry: UUID) -> bool:
    """Tell whether there is an entry that the auditor sees."""
    query = select(t.entry.c.seq).where(t.entry.c.entry_id == entry)
    return connection.execute(query).first() is not None
