"""Ids that somebody typed: whole, or how they begin, which is what pages show."""

from __future__ import annotations

import re
from uuid import UUID

from acts.looking_up import starting
from acts.seat import Seat
from models.errors import InvalidInput, NotFound
from web.languages import words

_START = re.compile(r"[0-9a-f]{4,32}")
NO_ID = words("this is no id: give it, or its first 4 characters or more")
NO_SUCH_ID = words("you may see nothing of which the id begins so")
SEVERAL = words("several ids begin so: give more characters")


def id_meant(seat: Seat, what: str, typed: str) -> UUID:
    """Return the id that is meant; a whole one without a look at what there is.

    Args:
        seat: who typed it; only what this officer may see is found by its start.
        what: as `acts.looking_up.starting` names it, such as `case of the trail`.
        typed: 4 hexadecimal digits or more, in capitals or not, with dashes or not.

    Raises:
        InvalidInput: it is no id, or several begin so.
        NotFound: none begins so that the officer may see.
    """
    start = typed.strip().lower().replace("-", "")
    if not _START.fullmatch(start):
        raise InvalidInput(NO_ID)
    if len(start) == 32:
        return UUID(start)
    try:
        found = starting(seat.desk, seat.officer, what, start)
    except NotFound:
        raise NotFound(NO_SUCH_ID) from None
    if len(found) > 1:
        raise InvalidInput(SEVERAL)
    return found[0]
