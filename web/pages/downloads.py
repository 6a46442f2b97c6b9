"""Files that a browser saves: named, and never shown as a page."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response, StreamingResponse


def saved(name: str, kind: str, body: Iterable[bytes] | bytes) -> Response:
    """Return a file; `name` is ours, so that it needs no quoting."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if isinstance(body, bytes):
        return Response(body, media_type=kind, headers=headers)
    return StreamingResponse(body, media_type=kind, headers=headers)
