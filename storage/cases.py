"""Case rows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from models.cases import CaseRecord, MovingCase
from models.deadlines import DeadlineState
from models.decisions import FINAL, DecisionState
from models.errors import Conflict, NotFound
from models.ids import AgencyId, CaseId
from models.secrecy import Secrecy
from storage import compiled
from storage import tables as t

_ENTER = insert(t.case_file)
SHOWN = tuple(column for column in t.case_file.c if column.name != "version")
"""What may be shown of a case: its version counts acts that its lead does not see."""

FIND = select(*SHOWN).where(t.case_file.c.id == bindparam("case"))
_LOCK = FIND.add_columns(t.case_file.c.version).with_for_update()
_HOLD = (
    select(t.case_file.c.id)
    .where(t.case_file.c.id == bindparam("case"))
    .with_for_update()
)
_ROUTE = union_all(
    select(t.case_file.c.route, t.case_file.c.pack_version).where(
        t.case_file.c.id == bindparam("case")
    ),
    select(t.handoff.c.route, t.handoff.c.pack_version).where(
        t.handoff.c.case_id == bindparam("case")
    ),
).limit(1)
_FIRST = (
    select(t.deadline.c.due_on, t.deadline.c.clock)
    .where(
        t.deadline.c.case_id == t.case_file.c.id,
        t.deadline.c.agency_id == t.case_file.c.agency_id,
        t.deadline.c.state == DeadlineState.RUNNING,
    )
    .order_by(t.deadline.c.due_on, t.deadline.c.id)
    .limit(1)
)
_APPEAL_OPEN = or_(
    exists().where(
        t.decision.c.case_id == t.case_file.c.id,
        t.decision.c.state == DecisionState.NOTIFIED,
        t.decision.c.no_appeal_on.is_(None),
    ),
    exists().where(
        t.appeal.c.case_id == t.case_file.c.id,
        t.appeal.c.result.is_(None) | t.appeal.c.result.not_in(FINAL),
    ),
)
_IS_APPEAL_OPEN = select(t.case_file.c.appeal_open).where(
    t.case_file.c.id == bindparam("case")
)
_DUE_NOW = {
    "next_due": func.coalesce(
        _FIRST.with_only_columns(t.deadline.c.due_on).scalar_subquery(), date.max
    ),
    # That an item is taken back is for those who know it: lists ask the walls for that.
    "next_clock": _FIRST.with_only_columns(
        case((t.deadline.c.item_id.is_(None), t.deadline.c.clock))
    ).scalar_subquery(),
}
_MOVE = (
    update(t.case_file)
    .where(
        t.case_file.c.id == bindparam("case"),
        t.case_file.c.version == bindparam("version_before"),
        t.case_file.c.stage == bindparam("stage_before"),
    )
    .values(
        stage=bindparam("stage_after"),
        version=bindparam("version_after"),
        closed_on=bindparam("closed"),
        outcome=bindparam("ended"),
        secrecy=bindparam("hidden"),
        appeal_open=_APPEAL_OPEN,
        **_DUE_NOW,
    )
)

_DUE_AGAIN = (
    update(t.case_file).where(t.case_file.c.id == bindparam("case")).values(_DUE_NOW)
)


def enter(connection: Connection, case: MovingCase) -> None:
    """Insert a new case row."""
    values = case.model_dump(mode="python")
    values["agency_id"] = values.pop("agency")
    connection.execute(_ENTER, {**values, "next_due": date.max})


def lock(connection: Connection, case: UUID) -> MovingCase | None:
    """Return a case and let no other act move it meanwhile."""
    row = connection.execute(_LOCK, {"case": case}).first()
    if row is None:
        return None
    return MovingCase(**vars(case_of(row)), version=row.version)


def hold(connection: Connection, case: UUID) -> None:
    """Let no act move a case meanwhile, without looking at where it stands."""
    connection.execute(_HOLD, {"case": case})


def find(connection: Connection, case: UUID) -> CaseRecord | None:
    """Return a case that the connection may see."""
    row = compiled.execute(connection, FIND, {"case": case}).fetchone()
    return None if row is None else case_of(row)


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


def move(connection: Connection, before: MovingCase, after: MovingCase) -> None:
    """Write `after` if the row still has the state and version of `before`.

    What is due first is taken from the terms as they run now, and whether an appeal is
    open from decisions and appeals.

    Raises:
        Conflict: somebody else moved the case.
    """
    values = {
        "case": before.id,
        "version_before": before.version,
        "stage_before": before.stage,
        "stage_after": after.stage,
        "version_after": after.version,
        "closed": after.closed_on,
        "ended": after.outcome,
        "hidden": after.secrecy,
    }
    result = connection.execute(_MOVE, values)
    if result.rowcount != 1:
        raise Conflict("the case moved on meanwhile", help="look again and retry")


def is_appeal_open(connection: Connection, case: UUID) -> bool:
    """Tell whether an appeal is pending, or may be without being known here yet."""
    return bool(connection.execute(_IS_APPEAL_OPEN, {"case": case}).scalar())


def note_due(connection: Connection, case: UUID) -> None:
    """Take what is due first from the terms as they run now, where no act moved them.

    Hold the case before its terms are changed: an act at the same time counts them too.
    """
    connection.execute(_DUE_AGAIN, {"case": case})


def case_of(row: Any) -> CaseRecord:
    """Return the case that a row holds."""
    return CaseRecord(
        id=CaseId(row.id),
        route=row.route,
        pack_version=row.pack_version,
        pack_digest=row.pack_digest,
        agency=AgencyId(row.agency_id),
        stage=row.stage,
        activity=row.activity,
        permit_regime=row.permit_regime,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        outcome=row.outcome,
        secrecy=Secrecy(row.secrecy),
    )
