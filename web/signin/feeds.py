"""Addresses of officers' calendars: made, shown once and ended.

A calendar program sends no token and proves nothing, so the address is the secret. The
database knows its hash only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from acts.seat import Seat
from models.errors import NotFound
from models.feeds import LASTS, Feed
from storage.people import feeds
from storage.sessions import acting
from web.installation import Installation
from web.signin.seals import hash_of, is_sealed, new_token, seal


def make(here: Installation, seat: Seat) -> tuple[str, datetime]:
    """Make an officer's address; return its token, and until when it counts.

    It takes the place of the one before, which ends at once.
    """
    token = new_token()
    feed = Feed(
        token=hash_of(token),
        officer=seat.officer,
        agency_kind=seat.agency_kind,
        ends_at=datetime.now(UTC) + LASTS,
    )
    sealed = feed.model_copy(update={"seal": seal(here, _said(feed))})
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        feeds.enter(connection, sealed)
    return token, feed.ends_at


def ends_at(seat: Seat) -> datetime | None:
    """Return until when an officer's address counts; None if there is none."""
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        return feeds.ends_at(connection, seat.officer.id)


def end(seat: Seat) -> None:
    """End an officer's address at once."""
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        feeds.end(connection, seat.officer.id)


def found(here: Installation, token: str) -> Feed:
    """Return what is behind an address.

    Raises:
        NotFound: nothing that counts, that these pages wrote and that is served here.
    """
    feed = feeds.find(here.desk.database, hash_of(token), datetime.now(UTC))
    ours = here.desk.own in (None, feed.officer.agency)
    if not (
        ours and feed.officer.functions and is_sealed(here, _said(feed), feed.seal)
    ):
        raise NotFound("there is no such address")
    return feed


def _said(feed: Feed) -> Sequence[str]:
    """Return what the seal of an address holds fast."""
    ends = feed.ends_at.astimezone(UTC).isoformat()
    return "calendar", feed.token.hex(), feed.officer.id, ends
