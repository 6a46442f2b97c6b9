"""What an agency's node polls for: keys on their way to it, and orders."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import Connection, Engine, Row

from activities.recording.evidence import write_line
from models.clock import LegalClock
from models.errors import KeyUnknown, Unavailable
from models.events import Entry, EventKind, Operation
from storage import deliveries, directory, evidence, retention
from storage.engine import transaction
from vault.node import Node
from vault.values import Delivery, DestructionReceipt, Recipient

_PAUSE = 0.5

log = structlog.get_logger()


class NodeWork:
    """Carries out the work of every node this process plays."""

    def __init__(
        self, database: Engine, nodes: Mapping[str, Node], clock: LegalClock
    ) -> None:
        self._database = database
        self._nodes = nodes
        self._clock = clock

    async def run(self) -> None:
        """Publish what the nodes' keys are now, then poll for ever."""
        await asyncio.to_thread(self._publish)
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("nodes_wait", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self) -> None:
        """Carry out what waits, agency by agency."""
        waiting = self._waiting()
        for agency in self._nodes:
            if agency in waiting:
                self._work(self._nodes[agency])

    def _publish(self) -> None:
        """Make the directory true again if a crash came between rotation and commit."""
        with transaction(self._database) as connection:
            for agency, node in self._nodes.items():
                key = node.public_keys().delivery
                directory.publish_delivery_key(connection, agency, key)

    def _waiting(self) -> set[str]:
        with transaction(self._database) as connection:
            return deliveries.receivers(connection) | retention.ordered(connection)

    def _work(self, node: Node) -> None:
        with transaction(self._database) as connection:
            done, broken = deliveries.collect(connection, node, lock=True)
            deliveries.forget(connection, done)
            for delivery in broken:
                self._redeliver(connection, node, delivery)
            orders = retention.open_orders(connection, node.agency)
            if orders:
                self._destroy(connection, node, orders)

    def _redeliver(
        self, connection: Connection, node: Node, delivery: Delivery
    ) -> None:
        """Let the giver deliver again, to the key that the receiver uses now."""
        receiver = Recipient(node.agency, node.public_keys().delivery)
        try:
            fresh = self._nodes[delivery.giver].redeliver(
                delivery.case_key_id, receiver
            )
        except KeyUnknown:
            deliveries.forget(connection, [delivery.case_key_id])
        else:
            deliveries.replace(connection, fresh)

    def _destroy(
        self, connection: Connection, node: Node, orders: Sequence[Row[Any]]
    ) -> None:
        """Destroy what is ordered, then make it final once for all orders."""
        receipts = [_carry_out(node, order) for order in orders]
        if any(receipt.delivery_key_ids for receipt in receipts):
            # While the delivery key lives, a stored copy of a delivery opens again.
            fresh = node.rotate_delivery_key()
            directory.publish_delivery_key(connection, node.agency, fresh.delivery)
            node.retire_delivery_keys()
        if not all(receipt.is_final for receipt in receipts):
            # Until then, an older copy of the keyring holds what was destroyed.
            node.renew()
        for order in orders:
            self._fulfil(connection, order, _carry_out(node, order))

    def _fulfil(
        self, connection: Connection, order: Row[Any], receipt: DestructionReceipt
    ) -> None:
        retention.fulfil(connection, order.id, receipt)
        entry = Entry(
            id=uuid4(),
            nonce=evidence.nonce(),
            kind=EventKind.KEYS_DESTROYED,
            operation=Operation.ERASURE,
            at=self._clock.now(),
            recorded_at=datetime.now(UTC),
            case=order.case_id,
            agency=order.agency_id,
            detail=order.scope,
        )
        write_line(connection, entry, evidence.append(connection, entry, None), "")


def _carry_out(node: Node, order: Row[Any]) -> DestructionReceipt:
    return node.destroy(str(order.case_id), order.scope, order.holder)
