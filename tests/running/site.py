"""The pages of a world, served as they are in earnest, and browsers without scripts."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import httpx2
import uvicorn
from anyio.to_thread import current_default_thread_limiter

from acts.desk import Process
from runtime.embedded.temporal import free_port
from serving.demo_days import let_days_pass
from serving.desk import Patient
from serving.public_keys import public_keys
from serving.web import PAGES_AT_ONCE
from tests.running.world import DAY_SECONDS, PATIENCE, World
from web.api.tokens import PersonaTokens, ProviderKeys, ProviderTokens, Tokens
from web.app import build_app
from web.installation import Installation
from web.signin.provider import Provider

TLS = httpx2.create_ssl_context()
"""Made once: that takes longer than most answers."""

_SECRET = "a secret of the tests, long enough for any check"


class Site:
    """Pages that are served at an address of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address

    @contextmanager
    def browser(self) -> Iterator[httpx2.Client]:
        """Lend a browser that keeps cookies and follows no redirect by itself."""
        with self._client() as client:
            client.headers["origin"] = self.address
            yield client

    @contextmanager
    def program(self, officer: str) -> Iterator[httpx2.Client]:
        """Lend a program that bears a token for an officer of the demo."""
        with self._client("/api/v1") as client:
            client.headers["authorization"] = f"Bearer {self.token(officer)}"
            yield client

    def token(self, officer: str) -> str:
        """Return a token for an officer of the demo."""
        with self._client("/api/v1") as client:
            told = client.post("/demo/token", json={"officer": officer}).json()
        return str(told["access_token"])

    def _client(self, below: str = "") -> httpx2.Client:
        return httpx2.Client(base_url=self.address + below, timeout=30, verify=TLS)


@contextmanager
def served(
    world: World,
    provider: Callable[[str], Provider] | None = None,
    *,
    address: str = "http://localhost",
    process: Process | None = None,
) -> Iterator[Site]:
    """Serve the pages of a world; `provider` is made for where browsers come back."""
    port = free_port()
    behind = provider(f"{address}:{port}") if provider else None
    fast = world.settings.model_copy(update={"day_seconds": DAY_SECONDS})
    here = Installation(
        desk=replace(world.desk, process=process or _patient(world)),
        address=f"{address}:{port}",
        secret=_SECRET,
        public_keys=partial(public_keys, world.settings, world.desk.database),
        provider=behind,
        tokens=_tokens(behind),
        personas=behind is None,
        let_days_pass=partial(let_days_pass, fast),
    )
    config = uvicorn.Config(
        build_app(here),
        host="localhost",
        port=port,
        log_config=None,
        lifespan="off",
        timeout_keep_alive=60,  # a slow test comes back to the connection it had
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=asyncio.run, args=(_few_at_once(server),))
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive()
        yield Site(f"http://localhost:{port}")
    finally:
        server.should_exit = True
        thread.join()


def _patient(world: World) -> Patient:
    return Patient(world.settings, patience=PATIENCE)


async def _few_at_once(server: uvicorn.Server) -> None:
    current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
    await server.serve()


def _tokens(provider: Provider | None) -> Tokens:
    if provider is None:
        return PersonaTokens(_SECRET)
    keys = ProviderKeys(provider.settings.issuer)
    return ProviderTokens(provider.settings, keys)


def play(client: httpx2.Client, officer: str) -> httpx2.Response:
    """Sign in as an officer of the demo."""
    return client.post("/sign-in/persona", data={"officer": officer})


def whole(browser: httpx2.Client, path: str) -> str:
    """Return all pages of a list: others fill the world too."""
    text, onward = "", path
    while onward:
        page = browser.get(onward).text
        text += page
        onward = onward_of(page)
    return text


def onward_of(page: str) -> str:
    """Return where the next page of a list is, if there is one."""
    after = page.partition('rel="next" href="')[2].partition('"')[0]
    return after.replace("&amp;", "&")
