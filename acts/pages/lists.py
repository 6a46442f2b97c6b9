"""The lists that an officer works from; each page is one read, ruled on and logged."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Bench, Ruled
from acts.pages.one_handoff import inside
from acts.pages.overview import StoryLine, awaited, story_line, view_of
from acts.pages.showing import Showing, log_page
from acts.pages.withdrawn import ItemsPage, taken_back
from models.agencies import Officer, OfficerFunction, Reader
from models.cases import CaseRecord
from models.decisions import AppealWait
from models.errors import InvalidInput
from models.handoffs import HandoffRecord
from models.ids import CaseId, ItemId
from models.notices import NoticeKind
from models.pages import Query, Window
from models.people import Glass
from models.retention import DestructionDay
from models.values import Value
from storage import cases, items, lists, retention
from storage.cases import no_such_case
from storage.lists import CasesWanted
from storage.people import glass
from storage.sessions import acting

FIRST = Window()
# For whom the walls open every case of the agency: by law, and for oversight.
_SEE_ALL = frozenset({OfficerFunction.MAYOR, OfficerFunction.SUPERVISOR})


class CaseLine(Value):
    """One row of a list: the case, what is due first, and what its appeals wait for.

    `destruction` is the next day on which the agency's own data of the case end, told
    where no term runs.
    """

    case: CaseRecord
    next_clock: str | None = None
    next_due: date | None = None
    waits_for: AppealWait | None = None
    destruction: DestructionDay | None = None


class NoticeLine(Value):
    """A reminder or escalation: what is due, never what it is about."""

    id: UUID
    at: datetime
    kind: NoticeKind
    clock: str
    detail: str
    case: UUID
    handoff: UUID | None
    due_on: date | None


class Inbox(Value):
    """What an agency was asked, first due on top, and the newest notices.

    `reviews` are emergencies that wait for a supervisor, or the officer's own.
    """

    handoffs: tuple[HandoffRecord, ...]
    notices: tuple[NoticeLine, ...]
    reviews: tuple[Glass, ...] = ()

    @property
    def rows(self) -> list[UUID]:
        """Return the ids of all of it, as they are logged."""
        parts = (self.handoffs, self.notices, self.reviews)
        return [each.id for part in parts for each in part]


def list_cases(
    desk: Desk,
    reader: Reader,
    window: Window = FIRST,
    *,
    stage: str | None = None,
    by_stage: bool = False,
) -> list[CaseLine]:
    """Return a page of an officer's cases, by what is due first or by stage.

    Raises:
        InvalidInput: no route has that stage.
    """
    _check_stage(desk, stage)
    officer = reader.officer
    wanted = wanted_of(officer, window, stage=stage, by_stage=by_stage)
    order = "by stage" if by_stage else "by clock"
    words = [Query.CASES, order, *([f"in {stage}"] if stage else [])]
    with acting(desk.database, desk.acting(officer)) as connection:
        found = case_lines(desk, connection, wanted)
        showing = Showing(query=" ".join(words), rows=[line.case.id for line in found])
        log_page(desk, connection, reader, showing)
    return found


def wanted_of(
    officer: Officer,
    window: Window,
    *,
    stage: str | None = None,
    by_stage: bool = False,
) -> CasesWanted:
    """Return which cases an officer's list has."""
    sees_all = bool(_SEE_ALL & officer.functions)
    return CasesWanted(
        window=window,
        of_agency=officer.agency if sees_all else None,
        stage=stage,
        by_stage=by_stage,
    )


def case_lines(
    desk: Desk, connection: Connection, wanted: CasesWanted
) -> list[CaseLine]:
    """Return a page of cases, each with what its appeals wait for."""
    found = lists.cases_page(connection, wanted)
    without_term = [each.case for each in found if each.clock is None]
    days: dict[CaseId, DestructionDay] = {}
    for agency in {each.agency for each in without_term}:
        ids = [each.id for each in without_term]
        days |= retention.next_days(connection, agency, ids)
    return [
        CaseLine(
            case=each.case,
            next_clock=each.clock,
            next_due=each.due_on,
            waits_for=awaited(desk, view_of(desk, connection, each.case))
            if each.appeal_open
            else None,
            destruction=days.get(each.case.id),
        )
        for each in found
    ]


def inbox(
    desk: Desk, reader: Reader, window: Window = FIRST, *, closed: bool = False
) -> Inbox:
    """Return a page of what waits for an agency, with the newest notices on the first.

    Notices are for the functions of the officer who looks.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = _inbox(connection, reader, window, closed=closed)
        showing = Showing(query=Query.INBOX, rows=found.rows)
        log_page(desk, connection, reader, showing)
    return found


def _inbox(
    connection: Connection, reader: Reader, window: Window, *, closed: bool = False
) -> Inbox:
    agency = reader.officer.agency
    page = lists.inbox_page(connection, agency, window, closed=closed)
    asked = tuple(inside(connection, page))
    if window.after is not None:
        return Inbox(handoffs=asked, notices=())
    newest = _notices(connection, reader, Window(limit=window.limit))
    reviews = tuple(glass.reviews(connection, agency))
    return Inbox(handoffs=asked, notices=tuple(newest), reviews=reviews)


def asked_by_us(
    desk: Desk, reader: Reader, window: Window = FIRST, *, closed: bool = False
) -> list[HandoffRecord]:
    """Return a page of what an agency asked others, as far as the reader has part."""
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        found = lists.asked_page(connection, officer.agency, window, closed=closed)
        rows = [each.id for each in found]
        log_page(desk, connection, reader, Showing(query=Query.ASKED, rows=rows))
    return found


def notices(desk: Desk, reader: Reader, window: Window = FIRST) -> list[NoticeLine]:
    """Return a page of the notices for an officer, newest first."""
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        return read_notices(desk, connection, reader, window)


def list_items(
    desk: Desk, reader: Reader, case: CaseId, window: Window = FIRST
) -> ItemsPage:
    """Return a page of the items of a case that the reader may read, oldest first.

    An agency that was asked has those that came with its questions.

    Raises:
        NotFound: the case is absent or hidden.
    """
    officer = reader.officer
    with acting(desk.database, desk.acting(officer)) as connection:
        if cases.route_of(connection, case) is None:
            raise no_such_case(case)
        held = items.known_to(connection, officer.agency, case)
        ruled = _within(Bench(desk, connection, reader).readable(held), window)
        first = window.after is None
        gone = taken_back(desk, connection, reader, held) if first else ()
        rows = [each.id for each in gone]
        showing = Showing(query=Query.ITEMS, case=case, rows=rows, items=ruled)
        log_page(desk, connection, reader, showing)
    return ItemsPage(items=tuple(each.known for each in ruled), taken_back=gone)


def list_story(
    desk: Desk, reader: Reader, case: CaseId, window: Window = FIRST
) -> list[StoryLine]:
    """Return a page of a case's story, oldest first.

    Raises:
        NotFound: the case is absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        if cases.route_of(connection, case) is None:
            raise no_such_case(case)
        found = [story_line(r) for r in lists.story_page(connection, case, window)]
        rows = [each.id for each in found]
        showing = Showing(query=Query.STORY, case=case, rows=rows)
        log_page(desk, connection, reader, showing)
    return found


def _check_stage(desk: Desk, stage: str | None) -> None:
    """Let nothing but words of a pack reach the log."""
    known = {each.code for pack in desk.packs.packs for each in pack.stages}
    if stage is not None and stage not in known:
        raise InvalidInput(
            f"no route has a stage `{stage}`",
            help=f"choose one of {', '.join(sorted(known))}",
        )


def _within(ruled: list[Ruled], window: Window) -> list[Ruled]:
    """Return the rows of a window; a row that is not there has none after it."""
    first = 0
    if window.after is not None:
        ids = [each.known.item for each in ruled]
        if window.after not in ids:
            return []
        first = ids.index(ItemId(window.after)) + 1
    return ruled[first : first + window.limit]


def read_notices(
    desk: Desk, connection: Connection, reader: Reader, window: Window
) -> list[NoticeLine]:
    """Do the same as `notices`, in a transaction that is open already."""
    found = _notices(connection, reader, window)
    rows = [each.id for each in found]
    log_page(desk, connection, reader, Showing(query=Query.NOTICES, rows=rows))
    return found


def _notices(
    connection: Connection, reader: Reader, window: Window
) -> list[NoticeLine]:
    functions = sorted(reader.officer.functions)
    return [notice_line(r) for r in lists.notices_page(connection, functions, window)]


def notice_line(row: Any) -> NoticeLine:
    """Return the notice that a row holds."""
    return NoticeLine(
        id=row.id,
        at=row.at,
        kind=NoticeKind(row.kind),
        clock=row.clock,
        detail=row.detail,
        case=row.case_id,
        handoff=row.handoff_id,
        due_on=row.due_on,
    )
