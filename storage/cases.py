"""Case rows, designations and the lines of a case's story."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    insert,
    or_,
    select,
    union_all,
    update,
)

from models.errors import Conflict
from models.ids import AgencyId, CaseId, OfficerId
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
_DESIGNATE = insert(t.designation)
_NAMED = (
    select(t.designation.c.id)
    .where(
        t.designation.c.case_id == bindparam("case"),
        t.designation.c.officer_id == bindparam("officer"),
        t.designation.c.from_day <= bindparam("day"),
        or_(
            t.designation.c.until_day.is_(None),
            t.designation.c.until_day >= bindparam("day"),
        ),
    )
    .limit(1)
)
_NAMED_EXACTLY = _NAMED.where(
    t.designation.c.handoff_id.is_not_distinct_from(bindparam("handoff"))
)
_NAMED_FOR_CASE_OR = _NAMED.where(
    or_(
        t.designation.c.handoff_id.is_(None),
        t.designation.c.handoff_id == bindparam("handoff"),
    )
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


class Naming(Value):
    """An officer named for a case, or for one handoff of it."""

    case: CaseId
    agency: AgencyId
    officer: OfficerId
    from_day: date
    until_day: date | None = None
    handoff: UUID | None = None


def designate(connection: Connection, naming: Naming) -> None:
    """Name an officer; naming twice does no harm."""
    if is_designated(connection, naming, exact=True):
        return
    values = {
        "id": uuid4(),
        "case_id": naming.case,
        "handoff_id": naming.handoff,
        "agency_id": naming.agency,
        "officer_id": naming.officer,
        "from_day": naming.from_day,
        "until_day": naming.until_day,
    }
    connection.execute(_DESIGNATE, values)


def is_designated(
    connection: Connection, naming: Naming, *, exact: bool = False
) -> bool:
    """Tell whether an officer is named for the case or the handoff on `from_day`.

    With `exact`, a naming for the whole case does not stand in for the handoff's.
    """
    query = _NAMED_EXACTLY if exact else _NAMED_FOR_CASE_OR
    values = {
        "case": naming.case,
        "officer": naming.officer,
        "day": naming.from_day,
        "handoff": naming.handoff,
    }
    return connection.execute(query, values).first() is not None


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
