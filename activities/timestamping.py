"""Has one checkpoint a day timestamped by an authority; nothing waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import structlog
from cryptography import x509
from sqlalchemy import Engine

from ledger.timestamp import question, verify_timestamp
from models.clock import legal_day
from models.errors import EntryAltered, Unavailable
from storage.engine import transaction
from storage.log import timestamps

# Seconds between two looks; an authority that is down is asked again after them.
_PAUSE = 60.0

Ask = Callable[[bytes], bytes]
"""Sends a TimeStampReq and returns the reply: `Unavailable` if there is none."""

log = structlog.get_logger()


class Timestamps:
    """Asks an authority once a day, by the machine's clock: legal time is not asked.

    `authorities` are the certificates under which replies are believed.
    """

    def __init__(
        self,
        database: Engine,
        ask: Ask,
        authorities: Sequence[x509.Certificate],
        *,
        witnesses: int,
    ) -> None:
        self._database = database
        self._ask = ask
        self._authorities = authorities
        self._witnesses = witnesses

    async def run(self) -> None:
        """Look for ever whether the day has its timestamp."""
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Unavailable as error:
                log.warning("timestamp_waits", reason=error.message)
            except EntryAltered as error:
                log.error("timestamp_refused", reason=error.message)
            await asyncio.sleep(_PAUSE)

    def once(self, now: datetime | None = None) -> bool:
        """Have a checkpoint stamped if the day has no stamp yet; say whether one was.

        No transaction is open while the authority is asked.

        Raises:
            Unavailable: authority or database do not answer.
            EntryAltered: what came is no stamp of it.
        """
        day = legal_day(now or datetime.now(UTC))
        found = self._due(day)
        if found is None:
            return False
        size, note = found
        asked = question(note)
        reply = self._ask(asked.query)
        said = verify_timestamp(reply, note, self._authorities, nonce=asked.nonce)
        with transaction(self._database) as connection:
            timestamps.keep(connection, day, size, reply, datetime.now(UTC))
        log.info("checkpoint_timestamped", size=size, at=said.isoformat())
        return True

    def _due(self, day: date) -> tuple[int, str] | None:
        with transaction(self._database) as connection:
            last = timestamps.latest(connection)
            if last and last.day >= day:
                return None
            found = timestamps.to_stamp(connection, self._witnesses)
        grown = found is not None and (last is None or found[0] > last.size)
        return found if grown else None
