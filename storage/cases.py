"""Case rows and the lines of a case's story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, union_all, update

from models.errors import Conflict, NotFound
from models.ids import AgencyId, CaseId
from models.values import Value
from storage import tables as t

_ENTER = insert(t.case_file)
_FIND = select(t.case_file).where(t.case_file.c.id == bindparam("case"))
_LOCK = _FIND.with_for_update()
_ROUTE = union_all(
    select(t.case_file.c.route, t.case_file.c.pack_version).where(
        t.case_file.c.id == bindparam("case")
    ),
    select(t.handoff.c.route, t.handoff.c.pack_version).where(
        t.handoff.c.case_id == bindparam("case")
    ),
).limit(1)
_MOVE = update(t.case_file).where(
    t.case_file.c.id == bindparam("case"),
    t.case_file.c.version == bindparam("version_before"),
    t.case_file.c.stage == bindparam("stage_before"),
)


class CaseRecord(Value):
    """A case as the record knows it."""

    id: CaseId
    route: str
    pack_version: date
    pack_digest: str
    agency: AgencyId
    stage: str
    version: int
    activity: str
    permit_regime: bool
    opened_on: date
    closed_on: date | None = None
    outcome: str | None = None


def enter(connection: Connection, case: CaseRecord) -> None:
    """Insert a new case row."""
    values = case.model_dump(mode="python")
    values["agency_id"] = values.pop("agency")
    connection.execute(_ENTER, values)


def lock(connection: Connection, case: UUID) -> CaseRecord | None:
    """Return a case and let no other act move it meanwhile."""
    row = connection.execute(_LOCK, {"case": case}).first()
    return None if row is None else _case(row)


def find(connection: Connection, case: UUID) -> CaseRecord | None:
    """Return a case that the connection may see."""
    row = connection.execute(_FIND, {"case": case}).first()
    return None if row is None else _case(row)


def no_such_case(case: UUID) -> NotFound:
    """Return the one error for a case that is absent or hidden."""
    return NotFound(
        f"there is no case `{str(case)[:8]}` for you",
        help="list yours with `estafette case list`",
    )


def route_of(connection: Connection, case: UUID) -> tuple[str, date] | None:
    """Return route and pack version of a case the connection may see, or was asked."""
    row = connection.execute(_ROUTE, {"case": case}).first()
    return None if row is None else (row.route, row.pack_version)


def visible(connection: Connection) -> list[CaseRecord]:
    """Return the cases that the connection may see, oldest first."""
    query = select(t.case_file).order_by(t.case_file.c.opened_on, t.case_file.c.id)
    return [_case(row) for row in connection.execute(query)]


def move(connection: Connection, before: CaseRecord, after: CaseRecord) -> None:
    """Write `after` if the row still has the state and version of `before`.

    Raises:
        Conflict: somebody else moved the case.
    """
    values = {
        "case": before.id,
        "version_before": before.version,
        "stage_before": before.stage,
        "stage": after.stage,
        "version": after.version,
        "closed_on": after.closed_on,
        "outcome": after.outcome,
    }
    result = connection.execute(_MOVE, values)
    if result.rowcount != 1:
        raise Conflict("the case moved on meanwhile", help="look again and retry")


def timeline(connection: Connection, case: UUID) -> Sequence[Row[tuple[object, ...]]]:
    """Return the lines of a case's story that the connection may see, in order."""
    query = (
        select(t.timeline)
        .where(t.timeline.c.case_id == case)
        .order_by(t.timeline.c.at, t.timeline.c.recorded_at)
    )
    return connection.execute(query).all()


def _case(row: Row[tuple[object, ...]]) -> CaseRecord:
    return CaseRecord(
        id=CaseId(row.id),
        route=row.route,
        pack_version=row.pack_version,
        pack_digest=row.pack_digest,
        agency=AgencyId(row.agency_id),
        stage=row.stage,
        version=row.version,
        activity=row.activity,
        permit_regime=row.permit_regime,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        outcome=row.outcome,
    )
