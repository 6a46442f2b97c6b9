"""HTTP servers of ours: each takes its port at once, and leaves signals to us."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn

from models.errors import NotConfigured


class HttpServer:
    """Serves until it is cancelled."""

    def __init__(self, config: uvicorn.Config, listen: str, variable: str) -> None:
        """Take the port; `listen` is `host:port`, as `variable` says.

        Raises:
            NotConfigured: the address cannot be used.
        """
        self._socket = _bound(listen, variable)
        self._server = _Server(config)

    async def run(self) -> None:
        """Serve."""
        await self._server.serve([self._socket])


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _bound(listen: str, variable: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    try:
        return socket.create_server((host, int(port)))
    except (OSError, ValueError, OverflowError) as error:
        raise NotConfigured(
            f"nothing can listen on `{listen}`: {error}",
            help=f"set {variable} to HOST:PORT with a free port",
        ) from error
