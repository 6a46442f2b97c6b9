"""Requests that change something come from our own pages, or from no browser.

Browsers say where a request comes from (Fetch Metadata, and Origin before it), and no
page of another site can make them say otherwise; docs/decisions/0048. Where a request
leads on to is a page of ours too.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def from_elsewhere(headers: Headers) -> bool:
    """Tell whether a browser says that another site led it here."""
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def inside(onward: str) -> str:
    """Return where to go on to, if that is a page of ours; else home.

    A link to us must not lead on to another site (no open redirect).
    """
    ours = onward.startswith("/") and not onward.startswith(("//", "/\\"))
    return onward if ours else "/"


class OwnOrigin:
    """Refuses what another site lets a browser send."""

    def __init__(self, app: ASGIApp, *, address: str) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            if not self._ours(Headers(scope=scope)):
                said = "this came from another site, so nothing was done\n"
                await PlainTextResponse(said, status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        # Whoever says neither is no browser, and carries no cookie against its will;
        # but then it has to name us.
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") == self._address
