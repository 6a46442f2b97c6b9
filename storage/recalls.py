"""Items that their originators take back: who holds them, and who gave them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from models.control import RecallGround
from models.deadlines import DeadlineState
from models.ids import AgencyId, CaseId, DeadlineId, HandoffId, ItemId
from models.items import ItemHeader, ItemState
from models.recalls import Holding, MetTerm, Recall, RecallLine
from models.retention import OrderState
from storage import tables as t
from vault.values import RecallReceipt

KIND = "recall_item"
_OPEN = select(t.node_order).where(
    t.node_order.c.kind == KIND, t.node_order.c.state == OrderState.OPEN
)


def holdings(connection: Connection, item: UUID) -> list[Holding]:
    """Return who holds an item, as far as the connection may know of it."""
    query = (
        select(
            t.audience.c.agency_id,
            t.audience.c.scope,
            t.audience.c.handoff_id.label("serves"),
        )
        .join(t.item, t.item.c.id == t.audience.c.item_id)
        .where(t.audience.c.item_id == item)
        .order_by(t.audience.c.agency_id)
    )
    return [
        Holding(
            agency=AgencyId(row.agency_id),
            scope=row.scope,
            handoff=None if row.serves is None else HandoffId(row.serves),
        )
        for row in connection.execute(query)
    ]


def excerpts(connection: Connection, case: UUID, item: ItemId) -> list[ItemId]:
    """Return the live items that are excerpts of an item, or excerpts of these."""
    query = select(t.item.c.header, t.item.c.state).where(
        t.item.c.case_id == case, t.item.c.state != ItemState.STAGED
    )
    rows = connection.execute(query).all()
    headers = [(ItemHeader.model_validate_json(row.header), row.state) for row in rows]
    related, before = {item}, 0
    while len(related) > before:
        before = len(related)
        related |= {h.item for h, _ in headers if h.excerpt_of in related}
    return [
        header.item
        for header, state in headers
        if state == ItemState.LIVE and header.item in related - {item}
    ]


def take_back(connection: Connection, item: UUID, originator: str) -> None:
    """Let nobody but its originator read an item, and nobody find it by a number."""
    connection.execute(
        update(t.item).where(t.item.c.id == item).values(state=ItemState.RECALLED)
    )
    connection.execute(
        delete(t.item_key).where(
            t.item_key.c.item_id == item, t.item_key.c.agency_id != originator
        )
    )
    tokens = delete(t.number_token).where(t.number_token.c.item_id == item)
    connection.execute(tokens)


def order(connection: Connection, recall: Recall, holder: Holding) -> None:
    """Tell a holder's node to open an item no more."""
    connection.execute(
        insert(t.node_order).values(
            id=uuid4(),
            agency_id=holder.agency,
            case_id=recall.case,
            kind=KIND,
            scope=holder.scope,
            holder=holder.agency,
            item_id=recall.item,
            state=OrderState.OPEN,
            ordered_at=recall.at,
            ground=recall.ground,
        )
    )


def open_orders(connection: Connection, agency: str, most: int) -> Sequence[Row[Any]]:
    """Return the items that an agency's node has not given back, oldest order first."""
    row = t.node_order.c
    query = (
        _OPEN.where(row.agency_id == agency)
        .order_by(row.ordered_at, row.id)
        .limit(most)
    )
    return connection.execute(query).all()


def lock_order(connection: Connection, agency: str, order: UUID) -> Row[Any] | None:
    """Return and lock a recall order of this agency that is open; else None."""
    row = t.node_order.c
    query = _OPEN.where(row.id == order, row.agency_id == agency)
    return connection.execute(query.with_for_update()).first()


def fulfil(
    connection: Connection, order: UUID, receipt: RecallReceipt, at: datetime
) -> None:
    """Write down a node's verified and final receipt: the item is given back."""
    whole = asdict(receipt) | {"signature": receipt.signature.hex()}
    connection.execute(
        update(t.node_order)
        .where(t.node_order.c.id == order)
        .values(state=OrderState.DONE, receipt=whole, done_at=at, untold=True)
    )


def end_term(connection: Connection, agency: str, item: UUID) -> list[DeadlineId]:
    """Let the term stop in which an agency had to give an item back."""
    query = (
        update(t.deadline)
        .where(
            t.deadline.c.agency_id == agency,
            t.deadline.c.item_id == item,
            t.deadline.c.state == DeadlineState.RUNNING,
        )
        .values(state=DeadlineState.MET)
        .returning(t.deadline.c.id)
    )
    return [DeadlineId(row.id) for row in connection.execute(query)]


def untold(connection: Connection) -> list[MetTerm]:
    """Return the terms met by receipts of which their processes have not heard."""
    query = (
        select(t.node_order.c.id, t.deadline.c.case_id, t.deadline.c.id.label("term"))
        .join(
            t.deadline,
            and_(
                t.deadline.c.agency_id == t.node_order.c.agency_id,
                t.deadline.c.item_id == t.node_order.c.item_id,
            ),
        )
        .where(t.node_order.c.untold)
    )
    return [
        MetTerm(order=row.id, case=CaseId(row.case_id), term=DeadlineId(row.term))
        for row in connection.execute(query)
    ]


def note_told(connection: Connection, order: UUID) -> None:
    """Note that the process of its case heard of an order that was carried out."""
    connection.execute(
        update(t.node_order).where(t.node_order.c.id == order).values(untold=False)
    )


def lines(
    connection: Connection, item: UUID | None, *, case: UUID | None = None
) -> list[RecallLine]:
    """Return what the connection may know of recalls: of an item, of a case, or all."""
    order = t.node_order.c
    columns = (
        order.id, order.item_id, order.case_id, order.agency_id, order.ground,
        order.state,
    )  # fmt: skip
    query = select(*columns, order.ordered_at, order.done_at, order.receipt).where(
        order.kind == KIND
    )
    if item is not None:
        query = query.where(order.item_id == item)
    if case is not None:
        query = query.where(order.case_id == case)
    query = query.order_by(order.ordered_at, order.item_id, order.agency_id)
    return [
        RecallLine(
            id=row.id,
            item=ItemId(row.item_id),
            case=CaseId(row.case_id),
            agency=AgencyId(row.agency_id),
            ground=RecallGround(row.ground),
            state=OrderState(row.state),
            ordered_at=row.ordered_at,
            done_at=row.done_at,
            signature=(row.receipt or {}).get("signature", ""),
        )
        for row in connection.execute(query)
    ]
