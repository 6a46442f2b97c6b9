"""What outsiders may be told of a case: rows for those who are told, no others."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from models.agencies import AgencyKind, OfficerFunction
from models.cases import CaseRecord, Existence
from models.ids import AgencyId, CaseId
from models.law.secrecy import Telling
from models.secrecy import Secrecy
from storage import tables as t

_ROW = t.existence.c
_FIND = select(t.existence).where(
    _ROW.case_id == bindparam("case"), _ROW.told == bindparam("kind")
)

_NAME = text("select set_config('app.entry', :entry, true)")


def conceal(connection: Connection, case: CaseRecord, telling: Telling | None) -> None:
    """Write anew what is told of a case; without a telling nobody is told anything."""
    connection.execute(delete(t.existence).where(_ROW.case_id == case.id))
    if telling is None or not telling.told:
        return
    stub = telling.mode is Secrecy.STUB
    rows = [
        {
            "case_id": case.id,
            "told": kind,
            "mode": telling.mode,
            "agency_id": case.agency,
            "contact": telling.contact,
            "route": case.route if stub else None,
            "pack_version": case.pack_version if stub else None,
            "stage": case.stage if stub else None,
        }
        for kind in telling.told
    ]
    connection.execute(insert(t.existence), rows)


def follow(connection: Connection, case: CaseRecord) -> None:
    """Write the stage that a stub tells."""
    connection.execute(
        update(t.existence)
        .where(_ROW.case_id == case.id, _ROW.mode == Secrecy.STUB)
        .values(stage=case.stage)
    )


def find(
    connection: Connection, case: UUID, kind: AgencyKind, *, asked: UUID
) -> Existence | None:
    """Return what an agency of this kind may be told of a case.

    One look into one index, which holds nothing of a hidden case and nothing of one
    that never was: both take the same way. The wall shows the one case that the entry
    `asked` of an earlier transaction asks about: nobody can list what there is.
    """
    connection.execute(_NAME, {"entry": str(asked)})
    row = connection.execute(_FIND, {"case": case, "kind": kind}).first()
    if row is None:
        return None
    return Existence(
        case=CaseId(row.case_id),
        mode=Secrecy(row.mode),
        agency=AgencyId(row.agency_id),
        contact=OfficerFunction(row.contact),
        route=row.route,
        stage=row.stage,
    )
