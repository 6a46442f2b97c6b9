"""What must be destroyed when, and the orders that nodes carry out for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from models.ids import AgencyId, CaseId
from models.retention import DestructionDay, DueRecord, DueState, OrderState
from storage import tables as t
from storage.among import among
from storage.audits.papers import DueKeys
from vault.values import DestructionReceipt

KIND = "destroy_keys"
_DUE = t.retention_due.c
_NEXT_DAYS = (
    select(_DUE.case_id, _DUE.rule, _DUE.due_on)
    .where(
        among(_DUE.case_id, "cases"),
        _DUE.agency_id == bindparam("agency"),
        _DUE.state == DueState.WAITING,
    )
    .order_by(_DUE.due_on.desc(), _DUE.rule.desc())
)

NEXT_DAY = (
    select(_DUE.rule, _DUE.due_on)
    .where(
        _DUE.case_id == bindparam("case"),
        _DUE.agency_id == bindparam("agency"),
        _DUE.state == DueState.WAITING,
    )
    .order_by(_DUE.due_on, _DUE.rule)
    .limit(1)
)
"""The next day on which data of an agency in a case end, if any."""


def next_days(
    connection: Connection, agency: AgencyId, cases: Sequence[UUID]
) -> dict[CaseId, DestructionDay]:
    """Return the next day on which an agency's data end, of cases that have one."""
    values = {"agency": agency, "cases": cases}
    return {
        CaseId(found.case_id): DestructionDay(rule=found.rule, due_on=found.due_on)
        for found in connection.execute(_NEXT_DAYS, values)
    }


def schedule(connection: Connection, due: DueRecord) -> None:
    """Set a day of destruction; an earlier day for the same data wins."""
    same = (
        (t.retention_due.c.case_id == due.case)
        & (t.retention_due.c.agency_id == due.agency)
        & (t.retention_due.c.scope == due.scope)
        & (t.retention_due.c.state == DueState.WAITING)
    )
    row = connection.execute(select(t.retention_due.c.due_on).where(same)).first()
    if row is None:
        connection.execute(
            insert(t.retention_due).values(
                id=due.id,
                case_id=due.case,
                agency_id=due.agency,
                scope=due.scope,
                rule=due.rule,
                due_on=due.due_on,
                state=DueState.WAITING,
            )
        )
    elif due.due_on < row.due_on:
        connection.execute(
            update(t.retention_due).where(same).values(due_on=due.due_on, rule=due.rule)
        )


def holders(connection: Connection, case: UUID, scope: str) -> list[AgencyId]:
    """Return the agencies that hold items of a scope in a case."""
    query = (
        select(t.audience.c.agency_id)
        .where(t.audience.c.case_id == case, t.audience.c.scope == scope)
        .distinct()
    )
    return sorted(AgencyId(row.agency_id) for row in connection.execute(query))


def due(connection: Connection, day: date, case: UUID | None) -> list[UUID]:
    """Return which sets must be destroyed on or before a day, the longest due first."""
    query = select(t.retention_due.c.id).where(
        t.retention_due.c.state == DueState.WAITING, t.retention_due.c.due_on <= day
    )
    if case is not None:
        query = query.where(t.retention_due.c.case_id == case)
    rows = connection.execute(query.order_by(t.retention_due.c.due_on))
    return list(rows.scalars())


def lock(connection: Connection, identifier: UUID) -> Row[Any] | None:
    """Return and lock a set that waits; None when it is destroyed or in other hands."""
    query = select(t.retention_due).where(
        t.retention_due.c.id == identifier,
        t.retention_due.c.state == DueState.WAITING,
    )
    return connection.execute(query.with_for_update(skip_locked=True)).first()


def note_destroyed(connection: Connection, identifier: UUID, day: date) -> None:
    """Write down that due data were destroyed."""
    connection.execute(
        update(t.retention_due)
        .where(t.retention_due.c.id == identifier)
        .values(state=DueState.DESTROYED, destroyed_on=day)
    )


def order_destruction(
    connection: Connection,
    due: Row[Any] | DueKeys,
    agencies: list[AgencyId],
    at: datetime,
) -> None:
    """Tell nodes to destroy the case keys of a scope."""
    for agency in agencies:
        connection.execute(
            insert(t.node_order).values(
                id=uuid4(),
                agency_id=agency,
                case_id=due.case_id,
                kind=KIND,
                scope=due.scope,
                holder=due.agency_id,
                state=OrderState.OPEN,
                ordered_at=at,
            )
        )


def ordered(connection: Connection) -> set[str]:
    """Return the agencies whose nodes have orders to carry out."""
    query = select(t.node_order.c.agency_id).where(
        t.node_order.c.state == OrderState.OPEN
    )
    return {row.agency_id for row in connection.execute(query.distinct())}


def open_orders(connection: Connection, agency: str, most: int) -> Sequence[Row[Any]]:
    """Return orders of destruction that a node has not carried out, oldest first."""
    row = t.node_order.c
    query = (
        select(t.node_order)
        .where(row.agency_id == agency, row.kind == KIND, row.state == OrderState.OPEN)
        .order_by(row.ordered_at, row.id)
        .limit(most)
    )
    return connection.execute(query).all()


def lock_order(connection: Connection, agency: str, order: UUID) -> Row[Any] | None:
    """Return and lock an order of this agency that is not carried out; else None."""
    row = t.node_order.c
    query = select(t.node_order).where(
        row.id == order,
        row.agency_id == agency,
        row.kind == KIND,
        row.state == OrderState.OPEN,
    )
    return connection.execute(query.with_for_update()).first()


def fulfil(connection: Connection, order: UUID, receipt: DestructionReceipt) -> None:
    """Write down the node's signed and final receipt: the order is carried out."""
    whole = asdict(receipt) | {"signature": receipt.signature.hex()}
    connection.execute(
        update(t.node_order)
        .where(t.node_order.c.id == order)
        .values(state=OrderState.DONE, receipt=whole)
    )


def receipts(
    connection: Connection, case: UUID, holder: str, scope: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return whose nodes signed that the keys of a holder's scope are destroyed."""
    row = t.node_order.c
    query = select(row.agency_id, row.receipt).where(
        row.kind == KIND,
        row.case_id == case,
        row.holder == holder,
        row.scope == scope,
        row.state == OrderState.DONE,
    )
    rows = connection.execute(query.order_by(row.agency_id, row.id))
    return [(found.agency_id, found.receipt) for found in rows]
