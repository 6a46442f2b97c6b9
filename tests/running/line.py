"""A served link over real TLS on loopback, with offices behind it."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands.demo.authority import DemoAuthority
from runtime.embedded.temporal import LOOPBACK, free_port
from runtime.link.client import LinkClient
from runtime.link.files import LinkFiles
from runtime.link.server import LinkServer
from tests.running.offices import Offices, open_offices
from vault.certificates import Use


@dataclass
class Line:
    """A served link, and what both ends are certified by."""

    offices: Offices
    authority: DemoAuthority
    coordination: LinkFiles
    place: Path
    port: int

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def files(self, agency: str, use: Use = Use.CLIENT) -> LinkFiles:
        """Return the certificates of an agency's node, made when first asked for."""
        files = LinkFiles(self.place / f"{agency}-{use}")
        self.authority.certify(files, agency, use)
        return files

    def client(self, agency: str) -> LinkClient:
        return LinkClient(self.address, self.files(agency))

    def ask(self, agency: str, *request: Any, **more: Any) -> tuple[int, str, bytes]:
        """Ask with an agency's certificate; return status, kind and content."""
        context = self.files(agency).client()
        connection = http.client.HTTPSConnection(
            "localhost", self.port, context=context
        )
        with closing(connection):
            connection.request(*request, **more)
            answer = connection.getresponse()
            return answer.status, answer.headers["Content-Type"], answer.read()


@contextmanager
def open_line(place: Path) -> Iterator[Line]:
    """Serve a link, with certificates and keyrings in `place`."""
    authority = DemoAuthority(place / "authority")
    files = LinkFiles(place / "coordination")
    authority.certify(files, "coordination", Use.SERVER, hosts=("localhost",))
    authority.be_believed(files.root)
    (place / "offices").mkdir()
    with open_offices(place / "offices") as offices:
        port = free_port()
        server = LinkServer(files, f"{LOOPBACK}:{port}", offices.orders)
        with running(server):
            yield Line(offices, authority, files, place, port)


class running:  # noqa: N801  # used like a function
    """Runs a server in a thread of its own."""

    def __init__(self, server: LinkServer) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._server._server._server.should_exit = True
        self._thread.join()

    def _run(self) -> None:
        self._loop.run_until_complete(self._server.run())
        self._loop.close()
