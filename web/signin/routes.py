"""The pages of signing in and out."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from models.errors import NotFound, NotSignedIn
from storage.engine import transaction
from storage.people import directory, feeds, signing_in
from storage.sessions import acting
from web.door import Door, Public, Visit, installation
from web.elsewhere import check_agency
from web.guards.limits import address_of
from web.guards.origin import inside
from web.naming import naming_for
from web.permissions import Permission
from web.rendering import page
from web.signin import personas, sessions
from web.signin.provider import Proven, Provider

router = APIRouter()

Language = Annotated[str, Depends(Public())]
Proving = Annotated[Visit, Depends(Door(Permission.SESSION_PROVE, keyless=True))]
Leaving = Annotated[Visit, Depends(Door(Permission.SESSION_END, keyless=True))]


@router.get("/sign-in", response_model=None)
def sign_in(
    request: Request,
    language: Language,
    onward: Annotated[str, Query(alias="next")] = "/",
) -> HTMLResponse:
    """Show the ways to sign in."""
    here = installation(request)
    known = personas.all_of_them(here.desk.database) if here.personas else []
    own = here.desk.own
    values = {
        "own": own,
        "today": here.desk.today,
        "clock_pages": here.clock_pages,
        "naming": naming_for(here, language),
        "personas": [each for each in known if own in (None, each[0].id)],
        "others": [
            (agency, here.pages[agency.id])
            for agency, _ in known
            if agency.id in here.pages and agency.id != own
        ],
        "provider": here.provider is not None,
        "onward": inside(onward),
    }
    return page("sign_in.html", language, values)


@router.post("/sign-in/persona", response_model=None)
def as_persona(
    request: Request,
    language: Language,
    officer: Annotated[str, Form()],
    onward: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Play an officer of the demo."""
    here = installation(request)
    personas.check(here)
    proven = Proven(officer=officer, strength=personas.STRENGTH, session="")
    return _enter(request, proven, onward)


@router.get("/sign-in/provider", response_model=None)
async def to_provider(
    request: Request,
    language: Language,
    onward: Annotated[str, Query(alias="next")] = "/",
    strong: bool = False,
) -> RedirectResponse:
    """Send the browser to the provider."""
    request.app.state.attempts.note(address_of(request))
    request.session["onward"] = inside(onward)
    request.session["strong"] = strong
    return await _provider(request).send(request, _back(request), strong=strong)


@router.get("/sign-in/return", response_model=None)
async def back_from_provider(request: Request, language: Language) -> RedirectResponse:
    """Take the browser back, with what the provider says."""
    request.app.state.attempts.note(address_of(request))
    strong = bool(request.session.pop("strong", False))
    onward = request.session.pop("onward", "/")
    proven = await _provider(request).receive(request, strong=strong)
    return await asyncio.to_thread(_enter, request, proven, onward)


@router.get("/proven", response_model=None)
def proven(visit: Proving) -> HTMLResponse:
    """Tell who gave a stronger proof in another window to go back to the first."""
    return visit.page("proven.html", {})


@router.post("/sign-out", response_model=None)
def sign_out(request: Request, visit: Leaving) -> RedirectResponse:
    """Forget this browser."""
    signing_in.end(visit.seat.desk.database, visit.signed_in.token)
    return _left(request)


@router.post("/sign-out/everywhere", response_model=None)
def sign_out_everywhere(request: Request, visit: Leaving) -> RedirectResponse:
    """Forget every browser of this officer, and the address of their calendar."""
    seat = visit.seat
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        signing_in.end_all(connection, seat.officer.id)
        feeds.end(connection, seat.officer.id)
    return _left(request)


def _enter(request: Request, proven: Proven, onward: str) -> RedirectResponse:
    here = installation(request)
    database = here.desk.database
    try:
        with transaction(database) as connection:
            officer = directory.in_office(connection, proven.officer)
            agency = directory.agency(connection, officer.agency)
    except NotFound:
        raise NotSignedIn(
            "the directory does not know you",
            help="ask whoever keeps the directory of your agency to enter you",
        ) from None
    check_agency(here, officer)
    old = sessions.found(here, request)
    if old is not None:
        signing_in.end(database, old.token)
    token = sessions.begin(here, proven, officer, agency)
    answer = RedirectResponse(inside(onward), status_code=303)
    sessions.hand_over(answer, token, here)
    return answer


def _left(request: Request) -> RedirectResponse:
    answer = RedirectResponse("/sign-in", status_code=303)
    sessions.take_back(answer, installation(request))
    return answer


def _provider(request: Request) -> Provider:
    found = installation(request).provider
    if found is None:
        raise NotFound("there is no such page")
    return found


def _back(request: Request) -> str:
    return f"{installation(request).address}/sign-in/return"
