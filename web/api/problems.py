"""What a program is told when something goes wrong: a problem (RFC 9457).

`type` never changes: it is made of the class of an error of `models.errors`, or of the
phrase of an HTTP status. docs/reference/problems.md lists all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from models import errors as e
from models.faults import said as wrong_with
from models.faults import to_mend
from models.signing_in import PROVEN_FOR
from web.faults import route_of, status_of

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:estafette:problem:"
OF_HTTP = {400: "BadRequest", 405: "MethodNotAllowed", 413: "ContentTooLarge"}
"""What HTTP itself has words for; they change, our types do not."""

MOST_FAULTS = 100
"""Fields that one problem names: a body may hold as many wrong values as values."""

UNFORESEEN = e.EstafetteError("something failed that nobody foresaw", help="try again")

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")

log = structlog.get_logger()


class FieldFault(BaseModel):
    """One field that does not hold: where it stands, and what is wrong with it."""

    field: str
    detail: str


class Problem(BaseModel):
    """A problem as RFC 9457 has it, with members of our own.

    Attributes:
        type: the kind of problem; it never changes.
        title: the kind in words.
        status: the HTTP status.
        detail: what is wrong this time.
        code: the class of the error, as the command line and the log name it.
        help: what to do about it.
        details: structured facts, such as `article` and `alternative`.
        faults: the fields that do not hold, the first hundred of them.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    help: str = ""
    details: dict[str, Any] = {}
    faults: list[FieldFault] = []


def _problem_of(error: e.EstafetteError, status: int, **more: Any) -> Problem:
    """Return the problem that an error of ours is."""
    return Problem(
        type=type_of(error.code),
        title=title_of(error.code),
        status=status,
        detail=error.message,
        code=error.code,
        help=error.help,
        details=_plain(error.details),
        **more,
    )


def type_of(code: str) -> str:
    """Return the kind of problem that stands for a class of errors."""
    return PREFIX + _WORD.sub("-", code).lower()


def title_of(code: str) -> str:
    """Return the name of a class of errors in words."""
    return _WORD.sub(" ", code).lower()


def api_status(error: e.EstafetteError) -> int:
    """Return the HTTP status; whoever shows no token that counts is told to."""
    return 401 if isinstance(error, e.NotSignedIn) else status_of(error)


def attach(api: FastAPI) -> None:
    """Let the API say all its faults as problems."""
    api.add_exception_handler(e.EstafetteError, _ours)
    api.add_exception_handler(HTTPException, _of_http)
    api.add_exception_handler(RequestValidationError, _of_form)
    api.add_exception_handler(Exception, _unforeseen)


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return a problem as an answer."""
    return JSONResponse(
        problem.model_dump(mode="json", exclude_defaults=True),
        problem.status,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def too_large(request: Request, error: e.InvalidInput) -> JSONResponse:
    """Return the answer to a request that carries too much."""
    return answer(_problem_of_http(413, error.message, error.help))


def refused(request: Request, error: e.EstafetteError) -> JSONResponse:
    """Return the answer that an error of ours is."""
    status, headers = api_status(error), {}
    if isinstance(error, e.NotSignedIn):
        headers = {"www-authenticate": _challenge(error)}
    if isinstance(error, e.TooMany):
        headers = {"retry-after": str(error.details["seconds"])}
    return answer(_problem_of(error, status), headers)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, e.EstafetteError)  # noqa: S101 - as it was attached
    return refused(request, error)


async def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - as it was attached
    status = error.status_code
    if status == 404:
        return answer(_problem_of(e.NotFound("there is no such resource"), status))
    said = str(error.detail) if status == 413 else ""  # that one is our own
    return answer(_problem_of_http(status, said), error.headers)


def _problem_of_http(status: int, detail: str = "", help: str = "") -> Problem:
    code = OF_HTTP.get(status, OF_HTTP[400])
    title = title_of(code)
    return Problem(
        type=type_of(code),
        title=title,
        status=status,
        detail=detail or title,
        code=code,
        help=help,
    )


async def _of_form(request: Request, error: Exception) -> JSONResponse:
    # What was sent stays out of the answer and of the log.
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as it was attached
    wrong = e.InvalidInput(
        "what was sent does not hold", help="correct what `faults` names"
    )
    return answer(_problem_of(wrong, 422, faults=_faults(error.errors())))


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    log.error("api_failed", error=type(error).__qualname__, route=route_of(request))
    return answer(_problem_of(UNFORESEEN, 500))


def _faults(found: Sequence[Any]) -> list[FieldFault]:
    return [
        FieldFault(field=".".join(map(str, each["loc"])), detail=wrong_with(each))
        for each in to_mend(found)[:MOST_FAULTS]
    ]


def _challenge(error: e.NotSignedIn) -> str:
    """Return what to do about a token (RFC 6750), or about a weak proof (RFC 9470)."""
    said = 'Bearer realm="estafette"'
    if isinstance(error, e.NotProven):
        wanted = error.details["acr_values"]
        seconds = int(PROVEN_FOR.total_seconds())
        return (
            f'{said}, error="insufficient_user_authentication",'
            f' acr_values="{wanted}", max_age="{seconds}"'
        )
    return said + (', error="invalid_token"' if error.details.get("shown") else "")


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return details as JSON has them."""
    return {
        name: sorted(each) if isinstance(each, set | frozenset) else each
        for name, each in details.items()
        if name != "shown"
    }
