"""The page of notices: what is new, by which ways it comes, and what was sent."""

from __future__ import annotations

from datetime import datetime

from acts.desk import Desk
from acts.notices import SHOWN
from acts.pages.lists import NoticeLine, read_notices
from models.agencies import Reader
from models.pages import Window
from models.posting import ParcelLine, Way
from models.values import Value
from storage import posting, ways
from storage.at_once import Asked, ask
from storage.sessions import acting

_ASKED: Asked = (
    ("seen", ways.SEEN_UNTIL),
    ("ways", ways.OWN),
    ("sent", posting.LINES),
)


class Post(Value):
    """A page of notices; all of them were seen until `seen_until`, None for never."""

    notices: tuple[NoticeLine, ...]
    seen_until: datetime | None
    ways: tuple[Way, ...]
    sent: tuple[ParcelLine, ...]


def show_post(desk: Desk, reader: Reader, window: Window) -> Post:
    """Return a page of the notices for an officer, newest first: one read."""
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = read_notices(desk, connection, reader, window)
        rows = ask(connection, _ASKED, {"parcels": SHOWN})
    return Post(
        notices=tuple(found),
        seen_until=rows["seen"][0].until if rows["seen"] else None,
        ways=tuple(map(ways.way_of, rows["ways"])),
        sent=tuple(map(posting.line_of, rows["sent"])),
    )
