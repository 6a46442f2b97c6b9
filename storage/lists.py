"""Pages of lists: in the order of a clock or a stage, from one row to the next.

Row-level security decides what there is. No order uses anything that is sealed, and a
page goes on after the id of a row, which tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Connection,
    Row,
    Text,
    any_,
    bindparam,
    func,
    literal,
    select,
)

from models.cases import CaseRecord
from models.deadlines import DeadlineState
from models.handoffs import OPEN_STATES, HandoffRecord
from models.ids import AgencyId, CaseId
from models.pages import Window
from models.values import Value
from storage import tables as t
from storage.among import among
from storage.cases import SHOWN, case_of
from storage.handoffs import handoff_of
from storage.paging import Key, Listed, in_order, page_of

_OWN = func.my_cases().table_valued("case_id")
_BY_CLOCK: Key = (t.case_file.c.next_due, t.case_file.c.id)
_BY_STAGE: Key = (t.case_file.c.stage, *_BY_CLOCK)
_BY_TERM: Key = (
    func.coalesce(t.handoff.c.due_on, date.max),
    t.handoff.c.offered_at,
    t.handoff.c.id,
)
_BY_TIME: Key = (t.timeline.c.at, t.timeline.c.recorded_at, t.timeline.c.id)
_BY_NEWS: Key = (t.notice.c.at, t.notice.c.id)
_BY_ENTRY: Key = (t.register_entry.c.entered_at, t.register_entry.c.id)
_RUNNING = (
    select(t.deadline)
    .where(
        among(t.deadline.c.case_id, "cases"),
        t.deadline.c.state == DeadlineState.RUNNING,
    )
    .order_by(t.deadline.c.due_on.desc(), t.deadline.c.id.desc())
)

_CASES_OF_AGENCY = select(*SHOWN).where(t.case_file.c.agency_id == bindparam("agency"))
# From the namings: their number does not grow with that of all cases.
_OWN_CASES = select(*SHOWN).where(t.case_file.c.id.in_(select(_OWN.c.case_id)))
_IN_STAGE = t.case_file.c.stage == bindparam("stage")
_OWN_IN_STAGE = _OWN_CASES.where(_IN_STAGE)
_OF_AGENCY_IN_STAGE = _CASES_OF_AGENCY.where(_IN_STAGE)
# An array: `in` is not compiled once.
_IS_OPEN = t.handoff.c.state == any_(literal(sorted(OPEN_STATES), ARRAY(Text)))
_INBOX = select(t.handoff).where(t.handoff.c.asked == bindparam("agency"))
_OPEN_INBOX = _INBOX.where(_IS_OPEN)
_ASKED = select(t.handoff).where(t.handoff.c.asker == bindparam("agency"))
_OPEN_ASKED = _ASKED.where(_IS_OPEN)
_NOTICES = select(t.notice).where(among(t.notice.c.function, "functions"))
INBOX = in_order(_OPEN_INBOX, _BY_TERM)
"""The first page of `inbox_page`, without those that are closed."""
NEWEST = in_order(_NOTICES, _BY_NEWS, down=True)
"""The first page of `notices_page`."""
_REGISTER = select(t.register_entry).where(
    t.register_entry.c.keeper == bindparam("agency")
)
_STORY = select(t.timeline).where(t.timeline.c.case_id == bindparam("case"))
STORY = _STORY.order_by(*_BY_TIME)


class CasesWanted(Value):
    """Which cases to list.

    Attributes:
        of_agency: a whole agency, for those who see all its cases; else the cases
            that the officer is named for.
        stage: only cases in this stage.
        by_stage: in the order of stages, and within a stage of what is due first.
    """

    window: Window
    of_agency: AgencyId | None = None
    stage: str | None = None
    by_stage: bool = False


class CaseDue(NamedTuple):
    """A case with the clock that is due first, if one runs that binds its agency.

    `appeal_open`: an appeal is pending, or may be without being known here yet.
    """

    case: CaseRecord
    appeal_open: bool
    clock: str | None
    due_on: date | None


def cases_page(connection: Connection, wanted: CasesWanted) -> list[CaseDue]:
    """Return a page of cases with what is due first."""
    key = _BY_STAGE if wanted.by_stage else _BY_CLOCK
    if wanted.stage is None:
        query = _OWN_CASES if wanted.of_agency is None else _CASES_OF_AGENCY
    else:
        query = _OWN_IN_STAGE if wanted.of_agency is None else _OF_AGENCY_IN_STAGE
    asked = {"agency": wanted.of_agency, "stage": wanted.stage}
    rows = page_of(connection, Listed(query, key, asked), wanted.window)
    of_items = [r.id for r in rows if r.next_clock is None and r.next_due != date.max]
    known = _first_known(connection, of_items) if of_items else {}
    return [_case_due(row, known.get((row.id, row.agency_id))) for row in rows]


def inbox_page(
    connection: Connection, agency: AgencyId, window: Window, *, closed: bool
) -> list[HandoffRecord]:
    """Return a page of what an agency was asked, first due on top."""
    listed = Listed(_INBOX if closed else _OPEN_INBOX, _BY_TERM, {"agency": agency})
    return [handoff_of(row) for row in page_of(connection, listed, window)]


def asked_page(
    connection: Connection, agency: AgencyId, window: Window, *, closed: bool
) -> list[HandoffRecord]:
    """Return a page of what an agency asked others, first due on top."""
    listed = Listed(_ASKED if closed else _OPEN_ASKED, _BY_TERM, {"agency": agency})
    return [handoff_of(row) for row in page_of(connection, listed, window)]


def notices_page(
    connection: Connection, functions: Sequence[str], window: Window
) -> list[Any]:
    """Return a page of the notices for these functions, newest first."""
    listed = Listed(_NOTICES, _BY_NEWS, {"functions": functions}, down=True)
    return page_of(connection, listed, window)


def register_page(
    connection: Connection, agency: AgencyId, window: Window
) -> list[Any]:
    """Return a page of the register that an agency keeps, newest first."""
    listed = Listed(_REGISTER, _BY_ENTRY, {"agency": agency}, down=True)
    return page_of(connection, listed, window)


def story_page(connection: Connection, case: CaseId, window: Window) -> list[Any]:
    """Return a page of a case's story, oldest first."""
    return page_of(connection, Listed(_STORY, _BY_TIME, {"case": case}), window)


def _first_known(
    connection: Connection, cases: list[UUID]
) -> dict[tuple[UUID, str], Row[Any]]:
    """Return the terms that are due first of those that the connection may see."""
    found = connection.execute(_RUNNING, {"cases": cases})
    return {(row.case_id, row.agency_id): row for row in found}


def _case_due(row: Any, known: Row[Any] | None) -> CaseDue:
    """Return a case with its first term: as it says itself, or else as is `known`."""
    return CaseDue(
        case=case_of(row),
        appeal_open=row.appeal_open,
        clock=known.clock if known else row.next_clock,
        due_on=known.due_on if known else row.next_due if row.next_clock else None,
    )
