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
        self._socket = take_port(listen, variable)
        self._server = _Server(config)

    async def run(self) -> None:
        """Serve."""
        await self._server.serve([self._socket])


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def take_port(listen: str, variable: str) -> socket.socket:
    """Return a socket that listens on `host:port`, as `variable` says.

    Raises:
        NotConfigured: the address cannot be used.
    """
    host, _, port = listen.rpartition(":")
    try:
        found = socket.create_server((host, int(port)))
    except (OSError, ValueError, OverflowError) as error:
        raise NotConfigured(
            f"nothing can listen on `{listen}`: {error}",
            help=f"set {variable} to HOST:PORT with a free port",
        ) from error
    # Head and body of an answer leave as two pieces, and the second would wait for the
    # client to confirm the first: up to 40 ms. Connections inherit this.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found
