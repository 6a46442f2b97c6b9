"""What programs ask beside the pages: past the guards that are for browsers.

Cookies and origins are of browsers. The API reads neither: a token in a header is all
that it believes, and no page of another site can send one.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Beside:
    """Hands what is under these paths to the API, and all else on to the pages."""

    def __init__(self, app: ASGIApp, *, api: ASGIApp, paths: tuple[str, ...]) -> None:
        self._pages = app
        self._api = api
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the one or the other."""
        ours = scope["type"] == "http" and scope["path"].startswith(self._paths)
        await (self._api if ours else self._pages)(scope, receive, send)
