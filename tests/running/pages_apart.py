"""Pages of a federated world, served by processes of their own as in the demo."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from commands.demo.pages_apart import start_pages_apart
from runtime.embedded.temporal import LOOPBACK, free_port
from tests.running.site import Site, play
from tests.running.world import World


class PagesApart:
    """The pages of some agencies, each with its keys, and coordination's without."""

    def __init__(self, world: World, sites: dict[str, Site]) -> None:
        self._world = world
        self._sites = sites

    def at(self, agency: str) -> Site:
        """Return an agency's pages; `coordination` has some too."""
        return self._sites[agency]

    def pid(self, agency: str) -> int:
        """Return the process that serves them."""
        name = "web" if agency == "coordination" else f"web-{agency}"
        return self._world.stack.pids()[name]

    @contextmanager
    def playing(self, agency: str, officer: str) -> Iterator[httpx2.Client]:
        """Lend a browser in which an officer is signed in there."""
        with self.at(agency).browser() as browser:
            answer = play(browser, officer)
            assert answer.status_code == 303, answer.text
            yield browser


def pages_of(world: World, *agencies: str) -> PagesApart:
    """Serve the pages of a federated world until it ends."""
    port = free_port()
    address = f"http://localhost:{port}"
    place = {"web_listen": f"{LOOPBACK}:{port}", "web_address": address}
    settings = world.settings.model_copy(update=place)
    ports = {agency: free_port() for agency in agencies}
    served = start_pages_apart(settings, world.stack, ports)
    sites = {"coordination": address} | served
    return PagesApart(world, {name: Site(at) for name, at in sites.items()})
