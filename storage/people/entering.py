"""Writing the directory, and into the log that it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import Insert, insert

from models.agencies import Agency, Officer, Oversight
from models.kinds.directory import AgencyEntered, OfficerEntered, OversightEntered
from storage import tables as t
from storage.log import evidence


def enter(
    connection: Connection,
    agencies: Iterable[Agency],
    officers: Iterable[Officer],
    *,
    at: datetime,
) -> None:
    """Enter agencies and officers that the directory does not have yet."""
    for body in agencies:
        if _is_new(connection, insert(t.agency).values(**body.model_dump())):
            event = AgencyEntered(at=at, agency=body.id, detail=body.kind)
            evidence.append(connection, evidence.new_entry(event), None)
    for person in officers:
        _enter_officer(connection, person, at)


def watch(
    connection: Connection, overseers: Iterable[Oversight], *, at: datetime
) -> None:
    """Enter who watches over whom, where the directory does not say so yet."""
    for each in overseers:
        row = insert(t.oversight).values(
            auditor_id=each.auditor, agency_id=each.agency, article=each.article
        )
        if _is_new(connection, row):
            event = OversightEntered(
                at=at,
                agency=each.agency,
                recipients=(each.auditor,),
                article=each.article,
            )
            evidence.append(connection, evidence.new_entry(event), None)


def _enter_officer(connection: Connection, person: Officer, at: datetime) -> None:
    functions = sorted(person.functions)
    row = insert(t.officer).values(
        id=person.id,
        agency_id=person.agency,
        functions=functions,
        service_number=person.service_number,
    )
    if _is_new(connection, row):
        event = OfficerEntered(at=at, agency=person.agency, detail=" ".join(functions))
        entry = evidence.new_entry(event)
        evidence.append(connection, entry, None, named=person.id)


def _is_new(connection: Connection, row: Insert) -> bool:
    """Write a row unless it is there; say whether it was not."""
    written = row.on_conflict_do_nothing().returning(*row.table.primary_key)
    return connection.execute(written).first() is not None
