"""How an officer hears of notices outside the pages, and which were seen.

An address is the officer's own word; nobody else sets or sees it. A program with an
account chooses a webhook in the same way; the operator says to which hosts it may lead.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from acts.desk import Desk
from models.agencies import Officer
from models.errors import InvalidInput, NotFound
from models.ids import OfficerId
from models.posting import Language, ParcelLine, Way, WayKind
from storage import posting
from storage import ways as kept
from storage.sessions import acting

# What stands for other words in a header (RFC 2047) stands in no address: what it hides
# may be a line of its own, or nothing.
_MAIL = re.compile(
    r"(?!.*=\?)[^\s@<>,;:\"'()\[\]\\]+@(?:[a-z0-9-]+\.)*[a-z0-9-]+", re.I
)
_LONGEST = 254
"""Characters of an address; RFC 5321 has no room for more."""

SHOWN = 50
"""Deliveries that are shown, the newest."""


def by_mail(desk: Desk, officer: Officer, address: str, language: Language) -> Way:
    """Let an officer hear by mail that something waits, in a language.

    The address takes the place of the one before.

    Raises:
        InvalidInput: that is no address.
    """
    if len(address) > _LONGEST or not _MAIL.fullmatch(address):
        raise InvalidInput(
            f"`{address}` is no mail address", help="write it as name@example.org"
        )
    return _enter(desk, officer, WayKind.MAIL, address, language)


def by_webhook(desk: Desk, officer: Officer, address: str) -> Way:
    """Let a program hear of notices at an address; docs/formats/notice.md.

    Raises:
        InvalidInput: that is no such address.
    """
    if len(address) > _LONGEST or not _is_of_webhook(address):
        raise InvalidInput(
            f"`{address}` is no address of a webhook",
            help="write it as https://host/path, without a name or a password",
        )
    return _enter(desk, officer, WayKind.WEBHOOK, address, "en")


def _is_of_webhook(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = parts.scheme in ("https", "http") and parts.hostname and "@" not in address
    return bool(plain) and not parts.fragment


def ways(desk: Desk, officer: Officer) -> list[Way]:
    """Return an officer's own ways."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return kept.all_of(connection)


def stop(desk: Desk, officer: Officer, way: UUID) -> None:
    """Forget a way, its address and what was sent by it.

    Raises:
        NotFound: the officer has no such way.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        if not kept.end(connection, way):
            raise NotFound(
                f"you have no way `{str(way)[:8]}`",
                help="list yours with `estafette notice ways`",
            )


def sent(desk: Desk, officer: Officer) -> list[ParcelLine]:
    """Return what became of the newest deliveries to an officer."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return posting.lines(connection, SHOWN)


def again(desk: Desk, officer: Officer) -> int:
    """Let everything that was given up be sent anew; return how many deliveries."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return posting.again(connection, datetime.now(UTC))


def note_seen(desk: Desk, officer: Officer, until: datetime) -> None:
    """Note that an officer has seen all notices until an instant of legal time."""
    until = min(until, desk.clock.now())
    with acting(desk.database, desk.acting(officer)) as connection:
        kept.note_seen(connection, officer.id, until)


def _enter(
    desk: Desk, officer: Officer, kind: WayKind, address: str, language: Language
) -> Way:
    way = Way(
        id=uuid4(),
        officer=OfficerId(officer.id),
        kind=kind,
        address=address,
        language=language,
    )
    with acting(desk.database, desk.acting(officer)) as connection:
        kept.enter(connection, way)
    return way
