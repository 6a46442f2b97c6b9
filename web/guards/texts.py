"""Addresses, and what forms bring, are made of text that can be kept and sent on.

Browsers send nothing else; whoever writes requests by hand can. It is refused here for
all pages at once, before anything is looked up, sealed or repeated in an answer. So is
a form in another code than UTF-8, before anything of it is read: who sends it names the
code, and some take minutes to read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from fastapi import Request
from fastapi.routing import APIRoute
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import InvalidInput
from models.texts import is_text
from web.faults import fault_page


class Texts:
    """Refuses an address with something that is no text, and a form not in UTF-8."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                _check((scope["path"], *_said(request)))
            except InvalidInput as refused:
                await fault_page(request, refused, 400)(scope, receive, send)
                return
            if not _is_in_utf_8(request):
                await fault_page(request, _no_text(), 422)(scope, receive, send)
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


def _is_in_utf_8(request: Request) -> bool:
    """Tell whether a form is in UTF-8, as it is if nothing else is named."""
    kind = request.headers.get("content-type", "")
    _, named = parse_options_header(kind)  # as the parser of forms reads it
    code = named.get(b"charset", b"utf-8").decode("latin-1")
    try:
        return codecs.lookup(code).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _check(words: Iterable[str]) -> None:
    if not all(map(is_text, words)):
        raise _no_text()


def _no_text() -> InvalidInput:
    return InvalidInput(
        "there are characters in this that no text has, so nothing was done",
        help="go back, and type it again",
    )
