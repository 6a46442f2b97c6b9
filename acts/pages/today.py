"""What an officer's first page shows: what is due first, what is new, what waits."""

from __future__ import annotations

from datetime import datetime

from acts.desk import Desk
from acts.opening_drafts import still_kept
from acts.pages.lists import CaseLine, Inbox, case_lines, notice_line, wanted_of
from acts.pages.one_handoff import inside
from acts.pages.showing import Showing, log_page
from acts.pages.waiting import WaitingAct, waiting_of
from models.agencies import Reader
from models.opening_drafts import OpeningDraft
from models.pages import Query, Window
from models.values import Value
from storage import intents, lists, opening_drafts, ways
from storage.at_once import Asked, ask
from storage.handoffs import handoff_of
from storage.people import glass
from storage.sessions import acting

_ASKED: Asked = (
    ("handoffs", lists.INBOX),
    ("notices", lists.NEWEST),
    ("reviews", glass.REVIEWS),
    ("seen", ways.SEEN_UNTIL),
    ("waiting", intents.OWN_WAITING),
    ("drafts", opening_drafts.OF_OFFICER),
)


class Today(Value):
    """What is due first of an officer's cases and of the inbox, and what is their own.

    `seen_until`: until when they have seen notices, in legal time; None for never.
    """

    cases: tuple[CaseLine, ...]
    inbox: Inbox
    seen_until: datetime | None
    waiting: tuple[WaitingAct, ...]
    drafts: tuple[OpeningDraft, ...]


def show_today(desk: Desk, reader: Reader, window: Window) -> Today:
    """Return what is due first, of each as many as the window holds: one read."""
    officer = reader.officer
    asking = {
        "agency": officer.agency,
        "functions": sorted(officer.functions),
        "most": window.limit,
    }
    with acting(desk.database, desk.acting(officer)) as connection:
        cases = case_lines(desk, connection, wanted_of(officer, window))
        rows = ask(connection, _ASKED, asking)
        asked = [handoff_of(row) for row in rows["handoffs"]]
        inbox = Inbox(
            handoffs=tuple(inside(connection, asked)),
            notices=tuple(map(notice_line, rows["notices"])),
            reviews=tuple(map(glass.glass_of, rows["reviews"])),
        )
        shown = [*(line.case.id for line in cases), *inbox.rows]
        log_page(desk, connection, reader, Showing(query=Query.DUE_FIRST, rows=shown))
    drafts = map(opening_drafts.draft_of, rows["drafts"])
    return Today(
        cases=tuple(cases),
        inbox=inbox,
        seen_until=rows["seen"][0].until if rows["seen"] else None,
        waiting=tuple(waiting_of(rows["waiting"])),
        drafts=tuple(still_kept(desk, drafts)),
    )
