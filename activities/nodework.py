"""What an agency's node polls for: keys on their way to it, and orders."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import Connection, Engine, Row

from activities.recording.evidence import write_line
from models.clock import LegalClock
from models.errors import Unavailable
from models.events import Entry, EventKind, Operation
from storage import deliveries, evidence, retention
from storage.engine import transaction
from vault.node import Node

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
        """Poll for ever."""
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

    def _waiting(self) -> set[str]:
        with transaction(self._database) as connection:
            return deliveries.receivers(connection) | retention.ordered(connection)

    def _work(self, node: Node) -> None:
        with transaction(self._database) as connection:
            deliveries.forget(connection, deliveries.collect(connection, node))
            for order in retention.open_orders(connection, node.agency):
                self._destroy(connection, node, order)

    def _destroy(self, connection: Connection, node: Node, order: Row[Any]) -> None:
        receipt = node.destroy(str(order.case_id), order.scope, order.holder)
        retention.fulfil(
            connection,
            order.id,
            {"keys": len(receipt.case_key_ids), "signature": receipt.signature.hex()},
        )
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
