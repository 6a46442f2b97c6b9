"""The nodes that this very process plays, in the embedded set-up all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count

import structlog
from sqlalchemy import Engine

from activities.orders import AgencyOrders
from models.clock import LegalClock
from models.errors import NotConfigured, Unavailable, VaultFailure
from storage import deliveries, retention
from storage.engine import transaction
from storage.log import twins, witnessing
from vault.duties import Duties
from vault.node import Node
from vault.trust import Trust
from vault.watching import BLIND, Watching

_PAUSE = 0.5
_HOUR = 7200  # turns

log = structlog.get_logger()


class NodeWork:
    """Does the duties of every node that this process plays."""

    def __init__(
        self,
        database: Engine,
        nodes: Mapping[str, Node],
        clock: LegalClock,
        trust: Callable[[], Trust],
        watching: Mapping[str, Watching],
    ) -> None:
        self._database = database
        self._nodes = nodes
        self._clock = clock
        self._trust = trust
        self._watching = watching

    async def run(self) -> None:
        """Look for work for ever; at first and each hour, publish the nodes' keys."""
        for turn in count():
            try:
                if turn % _HOUR == 0:
                    await asyncio.to_thread(self._publish)
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("nodes_wait", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self) -> None:
        """Do what waits, agency by agency."""
        asking = {agency for agency in self._nodes if self._asks(agency)}
        waiting = asking | self._waiting()
        for agency in self._nodes:
            if agency in waiting:
                self._work_alone(agency)

    def _asks(self, agency: str) -> bool:
        """Judge what is missing; say whether there is something to ask or to tell."""
        watching = self._watching.get(agency, BLIND)
        with _left_waiting(agency):
            watching.judge()
            return watching.waits()
        return False

    def _work_alone(self, agency: str) -> None:
        """Let a node that does not answer hold no other one up."""
        with _left_waiting(agency):
            self._duties(agency).once()

    def _publish(self) -> None:
        for agency in self._nodes:
            with _left_waiting(agency):
                self._duties(agency).publish()

    def _waiting(self) -> set[str]:
        with transaction(self._database) as connection:
            asked = deliveries.expected(connection) | retention.ordered(connection)
            asked |= witnessing.waiting(connection)
            return asked | twins.waiting(connection)

    def _duties(self, agency: str) -> Duties:
        orders = AgencyOrders(self._database, agency, self._clock, self._trust)
        watching = self._watching.get(agency, BLIND)
        return Duties(self._nodes[agency], orders, watching)


@contextmanager
def _left_waiting(agency: str) -> Iterator[None]:
    """Go on with other agencies where one is away, or has no certificate that holds."""
    try:
        yield
    except (Unavailable, VaultFailure, NotConfigured) as error:
        log.warning("node_waits", agency=agency, reason=error.message)
