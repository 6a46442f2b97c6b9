"""The document that describes the API, as it is handed to anybody who asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class Description:
    """Made when it is first asked for, and kept.

    Making it takes seconds. Pages are made meanwhile: one thread, which is none of
    theirs, makes it, and whoever asks until then waits without one.
    """

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        self._make = make
        self._made = b""
        self._one_at_a_time = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Return the document."""
        async with self._one_at_a_time:
            if not self._made:
                self._made = await asyncio.to_thread(self._written)
        return Response(self._made, media_type=JSONResponse.media_type)

    def _written(self) -> bytes:
        return bytes(JSONResponse(self._make()).body)
