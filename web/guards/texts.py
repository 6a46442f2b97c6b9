"""Addresses, and what forms bring, are made of text that can be kept and sent on.

Browsers send nothing else; whoever writes requests by hand can. It is refused here for
all pages at once, before anything is looked up, sealed or repeated in an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.datastructures import FormData, UploadFile
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import InvalidInput
from models.texts import is_text
from web.faults import fault_page


class Addresses:
    """Refuses an address with something in it that is no text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                _check((request.url.path, *_said(request)))
            except InvalidInput as refused:
                await fault_page(request, refused, 400)(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def check_form(request: Request) -> None:
    """Refuse the form of a page that takes its fields one by one; it is read already.

    Raises:
        InvalidInput: as for `check_fields`.
    """
    route = request.scope["route"]
    if isinstance(route, APIRoute) and route.body_field is not None:
        check_fields(await request.form())


def check_fields(given: FormData) -> None:
    """Refuse a form with a name or a value in it that is no text.

    What documents hold is looked at where they are sealed.

    Raises:
        InvalidInput: nothing can be kept, looked for or shown under it.
    """
    for name, value in given.multi_items():
        said = value.filename if isinstance(value, UploadFile) else value
        _check((name, said or ""))


def _said(request: Request) -> Iterable[str]:
    return (each for pair in request.query_params.multi_items() for each in pair)


def _check(words: Iterable[str]) -> None:
    if not all(map(is_text, words)):
        raise InvalidInput(
            "there are characters in this that no text has, so nothing was done",
            help="go back, and type it again",
        )
