"""The nodes that this very process plays, in the embedded set-up all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from sqlalchemy import Engine

from activities.orders import AgencyOrders
from models.clock import LegalClock
from models.errors import Unavailable
from storage import deliveries, retention
from storage.engine import transaction
from vault.duties import Duties
from vault.node import Node

_PAUSE = 0.5

log = structlog.get_logger()


class NodeWork:
    """Does the duties of every node that this process plays."""

    def __init__(
        self, database: Engine, nodes: Mapping[str, Node], clock: LegalClock
    ) -> None:
        self._database = database
        self._nodes = nodes
        self._clock = clock

    async def run(self) -> None:
        """Publish what the nodes' keys are now, then look for work for ever."""
        await asyncio.to_thread(self._publish)
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("nodes_wait", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self) -> None:
        """Do what waits, agency by agency."""
        waiting = self._waiting()
        for agency in self._nodes:
            if agency in waiting:
                self._work_alone(agency)

    def _work_alone(self, agency: str) -> None:
        """Let a node that does not answer hold no other one up."""
        try:
            self._duties(agency).once()
        except Unavailable as error:
            log.warning("node_waits", agency=agency, reason=error.message)

    def _publish(self) -> None:
        for agency in self._nodes:
            self._duties(agency).publish()

    def _waiting(self) -> set[str]:
        with transaction(self._database) as connection:
            return deliveries.expected(connection) | retention.ordered(connection)

    def _duties(self, agency: str) -> Duties:
        orders = AgencyOrders(self._database, agency, self._clock)
        return Duties(self._nodes[agency], orders)
