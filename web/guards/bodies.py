"""How much a request may carry: bounded before anything of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import InvalidInput
from policies.documents import DOCUMENTS
from web.faults import fault_page

OF_ANYBODY = 10_000
"""Bytes of a form that is for anybody: to sign in, or to choose a language."""

SMALL = 1_000_000
"""Bytes of a request that carries no document."""

LARGE = DOCUMENTS.largest * 4 // 3 + SMALL
"""Bytes of one that may: a document, in base64 if it comes in JSON, and words."""

VALUES = 100_000
"""Values of a body in JSON. It is read in one go, and meanwhile no other request of the
process is answered; commas in texts count too, so a long text comes as a document."""

FIELDS = 1_000
"""Fields of a form that brings no documents. It too is read in one go, and whoever
sends it need not be signed in."""

# Before each value but the first stands one of these.
_BEFORE_VALUES = (b",", b"[", b"{")
# Where documents come in, and bundles to be verified.
_LARGE_WITHIN = ("/acts/", "/api/", "/audit/verify")
_FOR_ANYBODY = ("/sign-in/", "/language")
_FORM = "application/x-www-form-urlencoded"
# A browser reads an answer only when it has sent all, so what is too large is read and
# let fall; whoever sends more than this is cut off.
_LET_FALL = 1 << 30


Refused = Callable[[Request, InvalidInput], Response]


def page_of(request: Request, error: InvalidInput) -> Response:
    """Return the page that says what is too large."""
    return fault_page(request, error, 413)


class Bodies:
    """Refuses what is larger than any form may be; `refused` says so.

    Where bodies are `json`, also what holds more values than anything asked for; and
    elsewhere a form of more fields than any has.
    """

    def __init__(
        self, app: ASGIApp, *, refused: Refused = page_of, json: bool = False
    ) -> None:
        self._app = app
        self._refused = refused
        self._json = json

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what it carries, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most, headers = _most(scope["path"]), Headers(scope=scope)
        if _declared(headers) > most:
            await _let_fall(receive)
            refused = self._refused(Request(scope), _too_large(most))
            await refused(scope, receive, send)
            return
        receive = _counted(receive, len, most, _too_large(most))
        if self._json:
            receive = _counted(receive, _values, VALUES, _TOO_MANY)
        elif _FORM in headers.get("content-type", "").lower():
            receive = _counted(receive, _fields, FIELDS, _TOO_MANY_FIELDS)
        await self._app(scope, receive, send)


def _most(path: str) -> int:
    if path.startswith(_FOR_ANYBODY):
        return OF_ANYBODY
    return LARGE if any(at in path for at in _LARGE_WITHIN) else SMALL


def _declared(headers: Headers) -> int:
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def _counted(
    receive: Receive, count: Callable[[bytes], int], most: int, refusal: InvalidInput
) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += count(message.get("body", b""))
        if read > most:
            if message.get("more_body", False):  # else nothing comes, for ever
                await _let_fall(receive)
            raise HTTPException(413, refusal.message)
        return message

    return counted


def _values(part: bytes) -> int:
    return sum(map(part.count, _BEFORE_VALUES))


def _fields(part: bytes) -> int:
    return part.count(b"&")


async def _let_fall(receive: Receive) -> None:
    read, more = 0, True
    while more and read < _LET_FALL:
        message = await receive()
        read += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def _too_large(most: int) -> InvalidInput:
    if most < SMALL:
        return InvalidInput(
            f"this is larger than {most // 1_000} kB in all, so nothing was done"
        )
    megabytes = min(most, DOCUMENTS.largest) // 1_000_000
    return InvalidInput(
        f"this is larger than {megabytes} MB in all, so nothing was done",
        help="all that is sent at once shares this room: send less, or leave out"
        " pictures",
    )


_TOO_MANY = InvalidInput(
    f"this holds more than {VALUES} values, so nothing was done: send a long text as a"
    " document"
)
_TOO_MANY_FIELDS = InvalidInput(
    f"this holds more than {FIELDS} fields, so nothing was done"
)
