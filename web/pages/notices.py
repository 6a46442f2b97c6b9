"""Notices for an officer: what is new, by which way they come, what was sent."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from pydantic import AwareDatetime
from starlette.responses import RedirectResponse, Response

from acts import notices
from acts.pages.post import show_post
from models.errors import EstafetteError, Unavailable
from models.posting import Language, WayKind
from web import formats
from web.door import Door, Visit
from web.faults import status_of
from web.forms.fields import Choice, Field, Filled, Kind, faults_of
from web.forms.receiving import filled_in
from web.languages import LANGUAGES, words
from web.pages.paging import After, onward, window_after
from web.permissions import Permission
from web.views.notices import shown

router = APIRouter()

# Before it nothing was seen here; what is near the ends of the calendar is not read.
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)

Reading = Annotated[Visit, Depends(Door(Permission.NOTICES_READ, keyless=True))]

_FIELDS = (
    Field(
        "address",
        words("Your mail address"),
        help=words("Nobody else sees it. A mail says that something waits, no more."),
    ),
    Field(
        "language",
        words("Language of the mails"),
        Kind.ONE,
        choices=tuple(Choice(each, formats.language(each)) for each in LANGUAGES),
    ),
)


@router.get("/notices", response_model=None)
def my_notices(visit: Reading, after: After = None) -> Response:
    """Show a page of notices, the ways they come by, and what was sent."""
    return _page(visit, after=after)


@router.post("/notices/seen", response_model=None)
def seen(visit: Reading, until: Annotated[AwareDatetime, Form(ge=_FIRST)]) -> Response:
    """Note that somebody has seen what was shown; what came since stays new."""
    notices.note_seen(visit.seat.desk, visit.seat.officer, until)
    return _recorded()


@router.post("/notices/mail", response_model=None)
async def by_mail(request: Request, visit: Reading) -> Response:
    """Let somebody hear by mail."""
    filled = await filled_in(request)
    return await asyncio.to_thread(_by_mail, visit, filled)


@router.post("/notices/stop", response_model=None)
def stop(visit: Reading, way: Annotated[UUID, Form()]) -> Response:
    """Forget a way."""
    notices.stop(visit.seat.desk, visit.seat.officer, way)
    return _recorded()


def _by_mail(visit: Visit, filled: Filled) -> Response:
    seat, faults = visit.seat, faults_of(_FIELDS, filled)
    if faults:
        return _page(visit, filled, faults)
    address = filled.text("address")
    language = cast(Language, filled.text("language"))  # as `faults_of` has found
    try:
        notices.by_mail(seat.desk, seat.officer, address, language)
    except Unavailable:
        raise
    except EstafetteError as refused:
        return _page(visit, filled, refused=refused)
    return _recorded()


def _page(
    visit: Visit,
    filled: Filled | None = None,
    faults: dict[str, str] | None = None,
    *,
    refused: EstafetteError | None = None,
    after: UUID | None = None,
) -> Response:
    seat = visit.seat
    post = show_post(seat.desk, seat.reader(), window_after(after))
    values = {
        "found": shown(post.notices, post.seen_until),
        "newest": after is None,
        "onward": onward("/notices", [each.id for each in post.notices]),
        "mine": post.ways,
        "mail": WayKind.MAIL,
        "sent": post.sent,
        "fields": _FIELDS,
        "filled": filled or Filled({"language": [visit.language]}),
        "faults": faults or {},
        "refused": refused,
        "done": visit.request.query_params.get("done", ""),
    }
    status = status_of(refused) if refused else 422 if faults else 200
    return visit.page("notices.html", values, status=status)


def _recorded() -> Response:
    return RedirectResponse("/notices?done=recorded", status_code=303)
