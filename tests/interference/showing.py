"""What a surface shows to somebody, to the byte: a command, or a page."""

import asyncio
import io
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx2
import pytest
from fastapi import FastAPI

import cli
from acts.seat import take_seat
from storage.engine import transaction
from storage.people import directory
from tests.interference.resources import FEED, Body
from tests.interference.twin_worlds import Chance, Twin
from web.api.tokens import PersonaTokens
from web.app import build_app
from web.installation import Installation
from web.signin import feeds, sessions
from web.signin.provider import Proven

Form = dict[str, str] | None
_ADDRESS = "http://localhost"
_SECRET = "s" * 32
_TOKENS = PersonaTokens(_SECRET)


class Screen:
    """A terminal at which somebody looks at one of the twins, and then at the other."""

    def __init__(self, patch: pytest.MonkeyPatch, chance: Chance) -> None:
        self._patch = patch
        self._chance = chance
        self._served: dict[tuple[Path, str], FastAPI] = {}
        patch.setenv("ESTAFETTE_ENV", "test")
        patch.setattr(sys, "stdin", io.StringIO())
        patch.setattr("commands.terminal.seats.open_logbook", lambda: None)
        patch.setattr("storage.sessions.BEAT", 1e-9)  # bytes, not time
        patch.setattr("web.guards.limits.Pace.check", lambda *_: None)

    def sit_down(self, twin: Twin, story: str) -> None:
        """Work in this twin from now on, after this story."""
        self._story = story
        self._desk = desk = twin.cast.desk
        self._app = self._app_of(twin)
        self._here: Installation = self._app.state.installation
        self._patch.setenv("ESTAFETTE_DATA", str(twin.settings.data))
        self._patch.setattr(
            "commands.terminal.seats.load_settings", lambda: twin.settings
        )
        self._patch.setattr("serving.desk.connect", lambda *_, **__: desk.database)
        self._patch.setattr(desk.database, "dispose", lambda: None)  # still ours
        self._patch.setattr("serving.desk.load_packs", lambda: desk.packs)
        self._patch.setattr("serving.desk.load_sharing", lambda _: desk.sharing)
        self._patch.setattr("serving.desk.local_nodes", lambda _: desk.nodes)
        self._patch.setattr("commands.terminal.seats.Patient", lambda _: twin.process)

    def show(self, who: str, words: Sequence[str]) -> bytes:
        """Type a command, as a person and as a program, and return all it wrote."""
        return b"".join(self._run([*words, "--as", who, *more]) for more in ([], JSON))

    def ask(self, who: str, path: str, body: Body = None) -> bytes:
        """Ask the API, and return all that came."""
        self._chance.step(f"{self._story} {who} {path} {body}")
        return asyncio.run(self._ask(who, path, body))

    def open(self, who: str, path: str, form: Form = None) -> bytes:
        """Open a page, or send a form; return all that came: status, headers, body."""
        self._chance.step(f"{self._story} {who} {path} {form}")
        return asyncio.run(self._open(who, path, form))

    def _app_of(self, twin: Twin) -> FastAPI:
        """Return pages and API of a twin; each story finds them as just started."""
        key = twin.settings.data, self._story
        if key not in self._served:
            here = Installation(
                desk=twin.cast.desk,
                address=_ADDRESS,
                secret=_SECRET,
                public_keys=str,
                tokens=_TOKENS,
            )
            self._served[key] = build_app(here)
        return self._served[key]

    async def _ask(self, who: str, path: str, body: Body) -> bytes:
        if path == FEED:
            path = path.format(token=self._made_address(who))
        async with self._client() as program:
            answer = await program.request(
                "GET" if body is None else "POST",
                path,
                json=body,
                headers={
                    "authorization": f"Bearer {_TOKENS.made_for(who)}",
                    "idempotency-key": str(uuid5(NAMESPACE_URL, f"{who} {path}")),
                },
            )
        return _all_of(answer)

    def _client(self, **settings: Any) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(self._app)
        return httpx2.AsyncClient(transport=transport, base_url=_ADDRESS, **settings)

    def _made_address(self, who: str) -> str:
        with transaction(self._desk.database) as connection:
            officer = directory.officer(connection, who)
            agency = directory.agency(connection, officer.agency)
        token, _ = feeds.make(self._here, take_seat(self._desk, officer, agency.kind))
        return token

    async def _open(self, who: str, path: str, form: Form) -> bytes:
        with transaction(self._desk.database) as connection:
            officer = directory.officer(connection, who)
            agency = directory.agency(connection, officer.agency)
        proven = Proven(officer=who, strength="", session="")
        token = sessions.begin(self._here, proven, officer, agency)
        cookies = {sessions.cookie_name(secure=False): token}
        async with self._client(cookies=cookies) as browser:
            answer = await browser.request(
                "GET" if form is None else "POST",
                path,
                data=form,
                headers={"origin": _ADDRESS},
            )
        return _all_of(answer)

    def _run(self, words: list[str]) -> bytes:
        self._chance.step(" ".join([self._story, *words]))
        written, error = io.StringIO(), io.StringIO()
        with redirect_stdout(written), redirect_stderr(error):
            code = cli.run(words)
        return f"{code}\n{written.getvalue()}\n{error.getvalue()}".encode()


JSON = ["--json"]


def form_of(form: Form, ids: Mapping[str, object]) -> Form:
    """Return a form with its ids."""
    return form and {name: said.format_map(ids) for name, said in form.items()}


def _all_of(answer: httpx2.Response) -> bytes:
    said = [answer.status_code, *sorted(answer.headers.items())]
    return f"{said}\n{answer.text}".encode()


def filled(command: str, words: Sequence[str], ids: Mapping[str, object]) -> list[str]:
    """Return a command with its ids."""
    return [*command.split(), *(word.format_map(ids) for word in words)]
