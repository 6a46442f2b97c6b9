"""Twin records at coordination: what agencies' nodes say, and whose side is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Connection, Engine

from models.clock import stamp
from models.errors import CiphertextInvalid, InvalidInput, Unavailable
from models.twins import PATIENCE, Twin, TwinRefused
from storage.engine import transaction
from storage.log import twins
from vault.trust import Trust
from vault.twins import check_signed

_PAUSE = 5.0
# Clocks of two machines differ.
_AHEAD = timedelta(minutes=5)

log = structlog.get_logger()


class MissingTwins:
    """Raises the alarm about sides that are missing, once about each.

    Time counts only while this runs: after a restart nodes sign before it judges.
    """

    def __init__(self, database: Engine, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._began = now()

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("twins_wait", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self) -> None:
        """Look once."""
        now = self._now()
        if now - self._began < PATIENCE:
            return
        with transaction(self._database) as connection:
            for row in twins.missing(connection, now - PATIENCE):
                if row.alarmed_at is None:
                    log.error(
                        "twin_missing",
                        agency=row.agency_id,
                        handoff=str(row.handoff_id),
                        change=row.change,
                        since=row.since,
                        refused=row.refused,
                    )
                    twins.note_alarm(connection, row, now)


def hear(
    connection: Connection, agency: str, said: Sequence[Twin], trust: Trust
) -> None:
    """Keep what an agency signed, each once.

    Raises:
        CiphertextInvalid: it is not signed by this agency.
        InvalidInput: it is about another change than the one that was offered.
    """
    now = datetime.now(UTC)
    for twin in said:
        row = twins.owed(connection, twin) if twin.agency == agency else None
        if row is None:
            continue  # taken before, by an earlier report or another process
        offered = (row.change, stamp(row.at), row.leaf)
        if (twin.change, twin.at, twin.leaf) != offered:
            raise InvalidInput("a twin record is about another change")
        if twin.signed_at > stamp(now + _AHEAD):
            raise CiphertextInvalid("a twin record is signed in the future")
        check_signed(twin, trust)
        twins.keep(connection, twin, now)
        if row.alarmed_at is not None:
            handoff, change = str(row.handoff_id), row.change
            log.warning("twin_came", agency=agency, handoff=handoff, change=change)


def hear_refusals(
    connection: Connection, agency: str, said: Sequence[TwinRefused]
) -> None:
    """Keep what an agency's node does not sign, and why."""
    for refused in said:
        twins.note_refused(connection, agency, refused)
        handoff, reason = str(refused.handoff), refused.reason
        log.error("twin_refused", agency=agency, handoff=handoff, reason=reason)
