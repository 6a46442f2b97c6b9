"""The relay: resends every act that nobody confirmed, under its own id.

It also tells the process of a case which terms were met by the receipt of a node.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine

from activities.process import CaseProcess
from activities.recording.refusals import give_up
from activities.services import Services
from models.errors import EstafetteError, TransitionNotAllowed, Unavailable
from models.process import ActPointer
from models.recalls import MetTerm
from storage import intents, recalls
from storage.engine import transaction

UNSETTLED_AFTER = timedelta(seconds=15)
_PAUSE = 2.0

log = structlog.get_logger()


class Relay:
    """Makes sure that record and process agree on every act."""

    def __init__(self, services: Services, process: CaseProcess) -> None:
        self._services = services
        self._process = process

    async def run(self) -> None:
        """Relay for ever."""
        while True:
            try:
                await self.once()
            except Unavailable as error:
                log.warning("relay_waits", reason=error.message)
            await asyncio.sleep(_PAUSE)

    async def once(self) -> int:
        """Resend what waits too long; return how many acts were settled."""
        before = datetime.now(UTC) - UNSETTLED_AFTER
        pointers = await asyncio.to_thread(_unsettled, self._services.database, before)
        settled = await asyncio.gather(*(self._resend(each) for each in pointers))
        await self._tell_of_receipts()
        return sum(settled)

    async def _tell_of_receipts(self) -> None:
        for met in await asyncio.to_thread(_untold, self._services.database):
            await self._process.terms_met(met.case, [met.term])
            await asyncio.to_thread(_note_told, self._services.database, met)

    async def _resend(self, pointer: ActPointer) -> bool:
        try:
            await self._process.send(pointer)
            await asyncio.to_thread(self._settle, pointer)
        except TransitionNotAllowed as error:
            await asyncio.to_thread(self._conclude, pointer, error)
        except Unavailable:
            return False
        except Exception as error:  # one act must never stop the others
            log.error("relay_failed", act=str(pointer.act), error=type(error).__name__)
            return False
        log.info("act_relayed", act=str(pointer.act), kind=pointer.kind)
        return True

    def _conclude(self, pointer: ActPointer, error: EstafetteError) -> None:
        """Refuse what came when the process was over."""
        with transaction(self._services.database) as connection:
            give_up(connection, pointer, error)
            intents.settle(connection, pointer.act, datetime.now(UTC))

    def _settle(self, pointer: ActPointer) -> None:
        with transaction(self._services.database) as connection:
            intents.settle(connection, pointer.act, datetime.now(UTC))


def _unsettled(database: Engine, before: datetime) -> list[ActPointer]:
    with transaction(database) as connection:
        return list(intents.unsettled(connection, before))


def _untold(database: Engine) -> list[MetTerm]:
    with transaction(database) as connection:
        return recalls.untold(connection)


def _note_told(database: Engine, met: MetTerm) -> None:
    with transaction(database) as connection:
        recalls.note_told(connection, met.order)
