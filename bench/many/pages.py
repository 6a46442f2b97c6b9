"""Pages as browsers get them: over HTTP, from the product's own processes.

Officers are signed in by rows, as the provider's answer would sign them in. Each of 16
browsers keeps its connection; half of them come to either process. Browsers ask anew
at once, which finds what the machine can bear at most; or as people do, who read what
they asked for: up to a second, which is little.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, count
from random import Random
from time import sleep

from bench.cases.route import Offices
from bench.servers import WEB_SECRET, web_processes
from bench.timing import timed
from runtime.settings import Settings
from web.installation import Installation
from web.signin import sessions
from web.signin.provider import Proven

CLIENTS, PAGES = 16, 40  # each client asks for so many pages
_PROCESSES = 2


class Browser:
    """A browser in which somebody is signed in.

    It does no more than it must, as it runs on the processors that are measured.
    """

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self._connection = socket.socket()

    def connect(self) -> None:
        """Connect, anew after a pause: servers end what was idle for long."""
        self._connection.close()
        self._connection = socket.create_connection(("localhost", self._port))
        self._answers = self._connection.makefile("rb")

    def get(self, path: str) -> None:
        """Get a page, whole."""
        lines = f"GET {path} HTTP/1.1", "host: localhost", f"cookie: {self._cookie}"
        self._connection.sendall("\r\n".join((*lines, "", "")).encode())
        if not (status := self._answers.readline()):
            raise ConnectionError("the server ended the connection")
        while (line := self._answers.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        text = self._answers.read(length)
        assert status.split()[1] == b"200", text


@contextmanager
def open_browsers(
    settings: Settings, offices: Offices, officers: Iterable[str]
) -> Iterator[dict[str, list[Browser]]]:
    """Lend browsers for each officer, and serve pages to them meanwhile."""
    with web_processes(settings, _PROCESSES) as ports:
        yield {
            each: [Browser(ports[n % _PROCESSES], cookie) for n in range(CLIENTS)]
            for each in officers
            for cookie in [_cookie(offices, each)]
        }


def ask_pages(
    browsers: Sequence[Browser], path: str, *, reads_for: float
) -> list[float]:
    """Return the milliseconds of each page that the browsers asked for.

    `reads_for` is how many seconds somebody reads a page for, in the mean.
    """

    def ask(browser: Browser, seed: int) -> list[float]:
        get, chance = partial(browser.get, path), Random(seed)
        browser.connect()
        get()
        found = []
        for _ in range(PAGES):
            sleep(chance.uniform(0, 2 * reads_for))
            found.append(timed(get))
        return found

    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(chain.from_iterable(clients.map(ask, browsers, count())))


def _cookie(offices: Offices, name: str) -> str:
    here = Installation(offices.today, "https://localhost", WEB_SECRET, str)
    officer = offices.officers[name]
    proven = Proven(officer=name, strength="", session="")
    token = sessions.begin(here, proven, officer, offices.agencies[officer.agency])
    return f"{sessions.cookie_name(secure=True)}={token}"
