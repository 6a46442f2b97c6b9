"""Ids by how they start, handed to a program: a list of what there is for somebody."""

from __future__ import annotations

from uuid import UUID

from acts.desk import Desk
from acts.looking_up import starting_in
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.pages import Query
from storage.sessions import acting, always_on_the_beat


def ids_starting(desk: Desk, reader: Reader, what: str, start: str) -> list[UUID]:
    """Return a few ids that start so; with few digits all could be learned, so logged.

    What is hidden may start as what is shown does: the answer comes on the beat.

    Raises:
        InvalidInput: an id cannot start so.
        NotFound: none does that the officer may know of.
    """
    with (
        always_on_the_beat(),
        acting(desk.database, desk.acting(reader.officer)) as connection,
    ):
        found = starting_in(connection, what, start)
        log_page(desk, connection, reader, Showing(query=Query.STARTS, rows=found))
    return found
