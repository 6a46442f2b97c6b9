"""The terms that run in an officer's cases and questions, as one page."""

from __future__ import annotations

from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.deadlines import DeadlineRecord
from models.pages import LARGEST_PAGE, Query
from storage import deadlines
from storage.sessions import acting


def running_terms(
    desk: Desk, reader: Reader, query: Query = Query.CALENDAR
) -> list[DeadlineRecord]:
    """Return the terms that bind an officer's agency and that the officer may see.

    First due on top, as many as a page holds; the page is logged, under a word that
    says by which way it was asked for.
    """
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        found = deadlines.of_agency(connection, officer.agency, LARGEST_PAGE)
        rows = [each.id for each in found]
        log_page(desk, connection, reader, Showing(query=query, rows=rows))
    return found
