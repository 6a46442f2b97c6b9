"""The pages of a world, served as they are in earnest, and browsers without scripts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx2
import uvicorn

from runtime.embedded.temporal import free_port
from serving.desk import Patient
from tests.running.world import World
from web.app import build_app
from web.installation import Installation
from web.signin.provider import Provider


class Site:
    """Pages that are served at an address of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address

    @contextmanager
    def browser(self) -> Iterator[httpx2.Client]:
        """Lend a browser that keeps cookies and follows no redirect by itself."""
        said = {"origin": self.address}
        with httpx2.Client(base_url=self.address, headers=said, timeout=30) as client:
            yield client


@contextmanager
def served(
    world: World,
    provider: Callable[[str], Provider] | None = None,
    *,
    address: str = "http://localhost",
) -> Iterator[Site]:
    """Serve the pages of a world; `provider` is made for where browsers come back."""
    port = free_port()
    here = Installation(
        desk=replace(world.desk, process=Patient(world.settings)),
        address=f"{address}:{port}",
        secret="a secret of the tests, long enough for any check",
        provider=provider(f"{address}:{port}") if provider else None,
        personas=provider is None,
    )
    config = uvicorn.Config(
        build_app(here), host="localhost", port=port, log_config=None, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive()
        yield Site(f"http://localhost:{port}")
    finally:
        server.should_exit = True
        thread.join()


def play(client: httpx2.Client, officer: str) -> httpx2.Response:
    """Sign in as an officer of the demo."""
    return client.post("/sign-in/persona", data={"officer": officer})
