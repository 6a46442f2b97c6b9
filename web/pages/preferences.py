"""What somebody prefers: the language, so far."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse

from models.posting import Language
from web.door import Public, installation
from web.guards.origin import inside
from web.languages import COOKIE

router = APIRouter()

_YEAR = 31_536_000


@router.post("/language", response_model=None)
def choose_language(
    request: Request,
    before: Annotated[str, Depends(Public())],
    language: Annotated[Language, Form()],
    onward: Annotated[str, Form()] = "/",
) -> RedirectResponse:
    """Remember a language in this browser."""
    answer = RedirectResponse(inside(onward), status_code=303)
    answer.set_cookie(
        COOKIE,
        language,
        max_age=_YEAR,
        secure=installation(request).secure,
        httponly=True,
        samesite="lax",
    )
    return answer
