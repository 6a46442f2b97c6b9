"""Writing the directory, and into the log that it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import Insert, insert

from models.agencies import Agency, Officer, Oversight
from models.kinds.directory import AgencyEntered, OfficerEntered, OversightEntered
from models.values import Value
from storage import tables as t
from storage.log import evidence


class Entered(Value):
    """What was not in the directory before."""

    agencies: tuple[Agency, ...]
    officers: tuple[Officer, ...]
    oversight: tuple[Oversight, ...]


def enter(
    connection: Connection,
    agencies: Iterable[Agency],
    officers: Iterable[Officer],
    oversight: Iterable[Oversight] = (),
    *,
    at: datetime,
) -> Entered:
    """Enter what the directory does not have yet; what is there stays as it is."""
    return Entered(
        agencies=tuple(a for a in agencies if _enter_agency(connection, a, at)),
        officers=tuple(o for o in officers if _enter_officer(connection, o, at)),
        oversight=tuple(o for o in oversight if _enter_oversight(connection, o, at)),
    )


def _enter_agency(connection: Connection, body: Agency, at: datetime) -> bool:
    if not _is_new(connection, insert(t.agency).values(**body.model_dump())):
        return False
    event = AgencyEntered(at=at, agency=body.id, detail=body.kind)
    evidence.append(connection, evidence.new_entry(event), None)
    return True


def _enter_officer(connection: Connection, person: Officer, at: datetime) -> bool:
    functions = sorted(person.functions)
    row = insert(t.officer).values(
        id=person.id,
        agency_id=person.agency,
        functions=functions,
        service_number=person.service_number,
    )
    if not _is_new(connection, row):
        return False
    event = OfficerEntered(at=at, agency=person.agency, detail=" ".join(functions))
    evidence.append(connection, evidence.new_entry(event), None, named=person.id)
    return True


def _enter_oversight(connection: Connection, each: Oversight, at: datetime) -> bool:
    row = insert(t.oversight).values(
        auditor_id=each.auditor, agency_id=each.agency, article=each.article
    )
    if not _is_new(connection, row):
        return False
    event = OversightEntered(
        at=at, agency=each.agency, recipients=(each.auditor,), article=each.article
    )
    evidence.append(connection, evidence.new_entry(event), None)
    return True


def _is_new(connection: Connection, row: Insert) -> bool:
    """Write a row unless it is there; say whether it was not."""
    written = row.on_conflict_do_nothing().returning(*row.table.primary_key)
    return connection.execute(written).first() is not None
