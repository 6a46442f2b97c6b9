"""Case keys on their way from one agency's node to another's."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import tables as t
from vault.values import Delivery

_STORE = insert(t.key_delivery).on_conflict_do_nothing()
_PROMOTE = (
    update(t.key_delivery)
    .where(
        t.key_delivery.c.case_key_id.in_(
            select(t.item_key.c.case_key_id)
            .join(t.item, t.item.c.id == t.item_key.c.item_id)
            .where(t.item.c.act_id == bindparam("act"))
        )
    )
    .values(live=True)
)
_WAITING = (
    select(t.key_delivery)
    .where(
        t.key_delivery.c.receiver == bindparam("receiver"),
        t.key_delivery.c.live,
        ~t.key_delivery.c.broken,
    )
    .order_by(t.key_delivery.c.case_key_id)
    .limit(bindparam("most"))
)


def store(
    connection: Connection,
    act: UUID,
    deliveries: Sequence[Delivery],
    *,
    live: bool = False,
) -> None:
    """Store deliveries together with the act that first used their keys.

    Until a node knows that one is stored it repeats it, so the first one wins. What is
    `live` its receiver may have at once, because no record of an act is waited for.
    """
    if deliveries:
        connection.execute(
            _STORE,
            [
                {
                    "case_key_id": d.case_key_id,
                    "case_id": UUID(d.case_id),
                    "giver": d.giver,
                    "receiver": d.receiver,
                    "scope": d.scope,
                    "epoch": d.epoch,
                    "sealed_key": d.sealed_key,
                    "act_id": act,
                    "live": live,
                    "broken": False,
                }
                for d in deliveries
            ],
        )


def promote(connection: Connection, act: UUID) -> None:
    """Let receivers have the keys under which the items of a recorded act lie.

    Until then a delivery would tell that somebody meant to write to them.
    """
    connection.execute(_PROMOTE, {"act": act})


def drop_held(connection: Connection, act: UUID) -> None:
    """Delete the case keys that only an act which never leaves would have brought."""
    row = t.key_delivery.c
    connection.execute(delete(t.key_delivery).where(row.act_id == act, ~row.live))


def expected(connection: Connection) -> set[str]:
    """Return the agencies whose nodes have to take case keys or deliver them again."""
    row = t.key_delivery.c
    takes = select(row.receiver).where(row.live, ~row.broken)
    makes = select(row.giver).where(row.broken)
    return set(connection.execute(takes.union(makes)).scalars())


def waiting(connection: Connection, receiver: str, most: int) -> list[Delivery]:
    """Return deliveries to a receiver that the connection may see, at most so many."""
    found = connection.execute(_WAITING, {"receiver": receiver, "most": most})
    return [
        Delivery(
            case_key_id=row.case_key_id,
            giver=row.giver,
            receiver=row.receiver,
            case_id=str(row.case_id),
            scope=row.scope,
            epoch=row.epoch,
            sealed_key=row.sealed_key,
        )
        for row in found
    ]


def settle(connection: Connection, receiver: str, case_keys: Sequence[str]) -> None:
    """Delete deliveries that a receiver is done with.

    A stored copy could bring a key back that was destroyed meanwhile.
    """
    _delete(connection, t.key_delivery.c.receiver == receiver, case_keys)


def note_broken(
    connection: Connection, receiver: str, case_keys: Sequence[str]
) -> None:
    """Write down that deliveries do not open for their receiver."""
    row = t.key_delivery.c
    connection.execute(
        update(t.key_delivery)
        .where(row.receiver == receiver, row.live, row.case_key_id.in_(case_keys))
        .values(broken=True)
    )


def broken(
    connection: Connection, giver: str, most: int
) -> Sequence[Row[str, str, bytes]]:
    """Return what a giver must deliver again: key id, receiver, its statement."""
    row = t.key_delivery.c
    query = (
        select(row.case_key_id, row.receiver, t.agency.c.statement)
        .join(t.agency, t.agency.c.id == row.receiver)
        .where(row.giver == giver, row.broken)
        .order_by(row.case_key_id)
        .limit(most)
    )
    return connection.execute(query).all()


def replace(connection: Connection, giver: str, case_key: str, sealed: bytes) -> None:
    """Put what its giver delivered again in the place of what did not open."""
    row = t.key_delivery.c
    connection.execute(
        update(t.key_delivery)
        .where(row.giver == giver, row.broken, row.case_key_id == case_key)
        .values(sealed_key=sealed, broken=False)
    )


def give_up(connection: Connection, giver: str, case_keys: Sequence[str]) -> None:
    """Delete what does not open and has no giver with the key any more."""
    row = t.key_delivery.c
    _delete(connection, (row.giver == giver) & row.broken, case_keys)


def drop_due(connection: Connection, case: UUID, agency: str, scope: str) -> None:
    """Delete deliveries of keys that are due for destruction."""
    connection.execute(
        delete(t.key_delivery).where(
            t.key_delivery.c.case_id == case,
            t.key_delivery.c.receiver == agency,
            t.key_delivery.c.scope == scope,
        )
    )


def _delete(
    connection: Connection, own: ColumnElement[bool], case_keys: Sequence[str]
) -> None:
    if case_keys:
        connection.execute(
            delete(t.key_delivery).where(
                own, t.key_delivery.c.case_key_id.in_(case_keys)
            )
        )
