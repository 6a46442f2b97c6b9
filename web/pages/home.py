"""Home: what blocks one's cases today, and what others wait for."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from acts.pages.naming import names_of_cases
from acts.pages.today import show_today
from acts.seat import Seat
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.packs import Pack, PackStatus
from models.pages import Window
from web.door import Door, Visit
from web.permissions import Permission
from web.views.cases import rows_of
from web.views.navigation import front_of
from web.views.notices import shown

router = APIRouter()

_FIRST = Window(limit=10)
"""What is due first; the lists have the rest."""

Reading = Annotated[Visit, Depends(Door(Permission.CASES_READ, keyless=True))]


@router.get("/", response_model=None)
def home(
    visit: Reading, names: bool = False, done: Literal["", "recorded", "stored"] = ""
) -> Response:
    """Show the officer's cases by clock, the inbox and the newest notices.

    Names are opened only if asked: that is a read of its own, which the log says.
    Who works on no case at all begins elsewhere.
    """
    seat = visit.seat
    if (front := front_of(seat.officer.functions)) != "/":
        return RedirectResponse(front, status_code=303)
    found = show_today(seat.desk, seat.reader(), _FIRST)
    named = {}
    if names and visit.may_open_names:
        reader = seat.reader(ReadReason.FOLLOWING_UP)
        named = names_of_cases(
            seat.desk, reader, [line.case.id for line in found.cases]
        )
    news = shown(found.inbox.notices, found.seen_until)
    values = {
        "new": [each for each in news if each.new],
        "cases": rows_of(found.cases, seat, named),
        "named": names,
        "inbox": found.inbox,
        "waiting": found.waiting,
        "packs": seat.desk.packs,
        "opens": _may_open(seat) if visit.has_keys else (),
        "drafts": found.drafts if visit.has_keys else (),
        "done": done,
    }
    return visit.page("home.html", values)


def _may_open(seat: Seat) -> list[Pack]:
    """Return the routes on which the officer may open a case today."""
    begun = [each for each in seat.desk.packs.packs if each.version <= seat.today]
    current = {seat.desk.packs.current(each.id, seat.today).digest for each in begun}
    return [
        pack
        for pack in begun
        if pack.digest in current
        and pack.status is PackStatus.IN_FORCE
        and pack.lead is seat.agency_kind
        and seat.officer.functions & set(pack.act(ActKind.CASE_OPEN).by)
    ]
