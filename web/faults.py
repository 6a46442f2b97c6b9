"""What is seen when something goes wrong: a clear line, help, and a status."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from models import errors as e
from web.door import Visit, installation
from web.languages import chosen
from web.naming import naming_for
from web.rendering import page

STATUS: dict[type[e.EstafetteError], int] = {
    e.EstafetteError: 500,
    e.InvalidInput: 422,
    e.NotFound: 404,
    e.NotPermitted: 403,
    e.Conflict: 409,
    e.ClockError: 409,
    e.Unavailable: 503,
    e.TooMany: 429,
}

log = structlog.get_logger()


def attach(app: FastAPI) -> None:
    """Let the application say all its faults on pages."""
    app.add_exception_handler(e.EstafetteError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_form)
    app.add_exception_handler(Exception, _unforeseen)


def refused(request: Request, error: e.EstafetteError) -> Response:
    """Return the page of an error, for who is refused before anybody looks."""
    return fault_page(request, error, status_of(error))


def status_of(error: e.EstafetteError) -> int:
    """Return the HTTP status of an error: that of its nearest class."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, e.EstafetteError)  # noqa: S101 - as it was attached
    if isinstance(error, e.NotSignedIn) and not request.url.path.startswith("/sign-in"):
        return RedirectResponse(f"/sign-in?next={_here(request)}", status_code=303)
    return await _answered(request, error, status_of(error))


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as it was attached
    if error.status_code == 404:
        return await _answered(request, e.NotFound("there is no such page"), 404)
    said = str(error.detail)
    if error.status_code != 413:  # that one is our own, with a unit in it
        said = said.lower()
    return await _answered(request, e.InvalidInput(said), error.status_code)


async def _of_form(request: Request, error: Exception) -> Response:
    # What was typed stays out of the answer and of the log.
    return await _answered(request, e.NotFound("there is no such page"), 404)


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.error("page_failed", error=type(error).__qualname__, route=route_of(request))
    said = e.EstafetteError("something failed that nobody foresaw", help="try again")
    return fault_page(request, said, 500)


async def _answered(request: Request, error: e.EstafetteError, status: int) -> Response:
    """Return the page of a fault, for whoever came through the door with the way on.

    What stands around it names agencies, and so asks the database: not on the loop, and
    not where that may be what failed.
    """
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is None or status >= 500:
        return fault_page(request, error, status)
    # Where it was asked for stays out: hidden and absent are one page.
    around = {"place": "", "way_back": "/", **_values(request, error)}
    return await asyncio.to_thread(visit.page, "fault.html", around, status=status)


def fault_page(request: Request, error: e.EstafetteError, status: int) -> Response:
    """Return the page of a fault, as anybody may see it."""
    language = chosen(request)
    naming = naming_for(installation(request), language)
    values = {"naming": naming, **_values(request, error)}
    return page("fault.html", language, values, status=status)


def _values(request: Request, error: e.EstafetteError) -> dict[str, object]:
    return {
        "fault": error,
        "article": error.details.get("article", ""),
        "elsewhere": _elsewhere(request, error),
    }


def route_of(request: Request) -> str:
    """Return the route that was asked for, for the log.

    The path itself stays out: what stands in it can be a secret.
    """
    return getattr(request.scope.get("route"), "path", "")


def _elsewhere(request: Request, error: e.EstafetteError) -> str:
    """Return where the same page is served, if an error says at which address."""
    address = str(error.details.get("address", ""))
    asked = address and request.method == "GET"
    return address + request.url.path if asked else address


def _here(request: Request) -> str:
    """Return where to come back to; only what was asked for, never what was sent."""
    if request.method != "GET":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(f"{request.url.path}{query}", safe="/")
