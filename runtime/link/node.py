"""The loop of a node that speaks to coordination across the link."""

from __future__ import annotations

import asyncio
from itertools import count

import structlog

from models.errors import NotSignedIn, Unavailable, VaultFailure
from runtime.link.client import LinkClient
from runtime.link.files import LinkFiles
from vault.duties import Duties
from vault.node import Node
from vault.watching import BLIND, Watching

_PAUSE, _LONGEST = 0.5, 30.0  # seconds
_HOUR = 7200  # turns

log = structlog.get_logger()


class NodeLoop:
    """Looks for work twice a second, and less often while nobody answers."""

    def __init__(
        self,
        node: Node,
        files: LinkFiles,
        address: str,
        watching: Watching = BLIND,
    ) -> None:
        self._node = node
        self._watching = watching
        self._files = files
        self._address = address
        self._pause = _PAUSE

    async def run(self) -> None:
        """Do the node's duties for ever."""
        while True:
            try:
                await self._while_it_answers()
            except (Unavailable, NotSignedIn, VaultFailure) as error:
                # A certificate may be renewed meanwhile: it is read anew each time.
                log.warning(
                    "coordination_lost", reason=error.message, pause=self._pause
                )
            await self._judge()
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, _LONGEST)

    async def _while_it_answers(self) -> None:
        client = LinkClient(self._address, self._files)
        duties = Duties(self._node, client, self._watching)
        try:
            for turn in count():
                if turn % _HOUR == 0:
                    await asyncio.to_thread(duties.publish)
                    log.info("coordination_found")
                    self._pause = _PAUSE
                await asyncio.to_thread(duties.once)
                await asyncio.sleep(_PAUSE)
        finally:
            client.close()

    async def _judge(self) -> None:
        """Raise the alarm about what is missing, though nobody answers."""
        try:
            await asyncio.to_thread(self._watching.judge)
        except Unavailable as error:
            log.warning("receipts_wait", reason=error.message)
