"""What every answer tells the browser to refuse."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
_YEAR = 31_536_000
_LASTING = f"public, max-age={_YEAR}, immutable"


class SecureHeaders:
    """Adds the headers; `beyond` are other origins that a form may lead to."""

    def __init__(self, app: ASGIApp, *, secure: bool, beyond: str = "") -> None:
        self._app = app
        headers = _headers(beyond)
        if secure:
            value = f"max-age={_YEAR}; includeSubDomains"
            headers["strict-transport-security"] = value
        # Content stays in no cache, and a page once left does not come back.
        self._private = _raw(headers | {"cache-control": "private, no-store"})
        self._lasting = _raw(headers | {"cache-control": _LASTING})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an answer on with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        lasting = scope["path"].startswith(STATIC)
        headers = self._lasting if lasting else self._private

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = (each for each in message["headers"] if each[0] not in headers)
                message["headers"] = [*said, *headers.items()]
            await send(message)

        await self._app(scope, receive, add)


def _raw(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in headers.items()}


def _headers(beyond: str) -> dict[str, str]:
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the kit draws its icons so
        "connect-src 'self'",
        f"form-action 'self' {beyond}".strip(),
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
    return {
        "content-security-policy": "; ".join(policy),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
