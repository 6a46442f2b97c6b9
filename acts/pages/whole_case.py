"""All that the page of a case shows, which comes in one trip from the database."""

from __future__ import annotations

from typing import NamedTuple

from acts.desk import Desk
from acts.next_steps import WhatNext, next_of
from acts.pages import overview
from acts.pages.overview import CaseOverview
from acts.pages.waiting import WaitingAct, waiting_of
from acts.people import PEOPLE, CasePeople, people_of
from models.agencies import Reader
from models.ids import CaseId
from storage import intents
from storage.at_once import Asked
from storage.case_view import CaseView
from storage.people import directory
from storage.sessions import acting

_ALSO: Asked = (
    *PEOPLE,
    ("waiting", intents.OWN_WAITING_ON_CASE),
    ("kinds", directory.KINDS),
)


class WholeCase(NamedTuple):
    """A case, what can be done on it now, who works on it, and own acts that wait.

    `view` is what the record knows of it, with all its parts.
    """

    view: CaseView
    found: CaseOverview
    onward: WhatNext
    workers: CasePeople
    waiting: list[WaitingAct]


def show_whole_case(desk: Desk, reader: Reader, case: CaseId) -> WholeCase:
    """Return a case with all that stands on its page: one read.

    Raises:
        NotFound: absent or hidden.
    """
    officer = reader.officer
    with acting(desk.database, desk.acting(officer, case)) as connection:
        read = overview.show(desk, connection, reader, case, _ALSO)
        rows, found = read.rows, read.overview
        return WholeCase(
            view=read.view,
            found=found,
            onward=next_of(desk, officer, read.view, directory.kinds_of(rows["kinds"])),
            workers=people_of(case, found.designated, rows),
            waiting=waiting_of(rows["waiting"]),
        )
