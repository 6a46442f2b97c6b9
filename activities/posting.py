"""Notices leave by mail and webhook: at least once, and for whoever may know alone.

A parcel is claimed, looked at in its officer's name, sent, and only then noted as sent.
Whoever dies in between leaves a claim that ends; the parcel goes again, under its id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy import Connection, Engine

from models.errors import NotFound, NotPermitted, Unavailable
from models.posting import Parcel, Way, WayKind
from storage import posting
from storage.engine import transaction
from storage.people import directory
from storage.sessions import Acting, acting

_PAUSE = 2.0
_LEASE = timedelta(minutes=2)
_TIDY = timedelta(hours=1)

log = structlog.get_logger()


class Post(Protocol):
    """Carries parcels by one kind of way."""

    def carry(self, way: Way, parcel: Parcel) -> None:
        """Carry a parcel to where a way leads.

        Raises:
            Unavailable: it did not arrive, or nobody can tell; try again.
            NotPermitted: it may not go there, or nobody there wants it.
        """


@dataclass(frozen=True)
class Sight:
    """Two looks at the same database: as the record step, and under the walls."""

    record: Engine
    acts: Engine


class Posting:
    """Sends notices by the ways that officers chose."""

    def __init__(self, sight: Sight, posts: Mapping[WayKind, Post]) -> None:
        self._sight = sight
        self._posts = posts
        self._tidied = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Send for ever."""
        while True:
            try:
                await self.once()
            except Unavailable as error:
                log.warning("posting_waits", reason=error.message)
            await asyncio.sleep(_PAUSE)

    async def once(self, now: datetime | None = None) -> int:
        """Send what is due; return how many parcels were taken.

        Raises:
            Unavailable: the database does not answer.
        """
        now = now or datetime.now(UTC)
        parcels = await asyncio.to_thread(self._claim, now)
        by_way: dict[Way, list[Parcel]] = {}
        for parcel in parcels:
            by_way.setdefault(parcel.way, []).append(parcel)
        await asyncio.gather(
            *(asyncio.to_thread(self._send, *each, now) for each in by_way.items())
        )
        return len(parcels)

    def _claim(self, now: datetime) -> list[Parcel]:
        with transaction(self._sight.record) as connection:
            posting.spread(connection, now)
            if now - self._tidied > _TIDY:
                posting.forget(connection, now - posting.KEPT)
                self._tidied = now
            return posting.claim(connection, now, _LEASE)

    def _send(self, way: Way, parcels: Sequence[Parcel], now: datetime) -> None:
        known = self._known(way, parcels)
        with transaction(self._sight.record) as connection:
            staying = [each for each in parcels if each.notice not in known]
            posting.note_withheld(connection, staying)
        going = [each for each in parcels if each.notice in known]
        # One mail says that something waits, however much does.
        together = [going] if way.kind is WayKind.MAIL else [[each] for each in going]
        for batch in filter(None, together):
            fault = self._carry(way, batch[0])
            with transaction(self._sight.record) as connection:
                _note(connection, batch, fault, now)
            if fault is not None:  # no address: it is somebody's
                log.warning("notice_not_sent", way=str(way.id), reason=fault.message)

    def _known(self, way: Way, parcels: Sequence[Parcel]) -> set[UUID]:
        """Return the notices that the wall shows to the officer of a way now."""
        with transaction(self._sight.record) as connection:
            try:
                officer = directory.in_office(connection, way.officer)
            except NotFound:
                return set()
        with acting(self._sight.acts, Acting(officer=officer)) as connection:
            return posting.visible(connection, [each.notice for each in parcels])

    def _carry(self, way: Way, parcel: Parcel) -> Unavailable | NotPermitted | None:
        post = self._posts.get(way.kind)
        if post is None:
            return Unavailable(f"nothing is sent by {way.kind} here")
        try:
            post.carry(way, parcel)
        except (Unavailable, NotPermitted) as fault:
            return fault
        except Exception as error:  # one officer's address ends nothing for the others
            log.error("post_failed", error=type(error).__qualname__, way=str(way.id))
            return Unavailable("something failed that nobody foresaw")
        return None


def _note(
    connection: Connection,
    parcels: Sequence[Parcel],
    fault: Unavailable | NotPermitted | None,
    now: datetime,
) -> None:
    if fault is None:
        posting.note_sent(connection, parcels, now)
    elif isinstance(fault, NotPermitted):
        posting.note_refused(connection, parcels, fault.message)
    else:
        posting.note_failed(connection, parcels, now, fault.message)
