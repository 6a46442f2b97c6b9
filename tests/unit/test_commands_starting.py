"""Pages of a demo are started where nothing else answers, or the reason is said."""

import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from commands.demo import starting
from models.errors import Conflict, Unavailable
from runtime.embedded.temporal import LOOPBACK, free_port
from runtime.settings import Settings


class Starts:
    """Stands for a stack: remembers what it was asked to start, and lets it begin."""

    def __init__(self, settings: Settings, *, listens: bool) -> None:
        self._settings, self._listens = settings, listens
        self.sockets: list[socket.socket] = []
        self.names: list[str] = []

    def add_process(
        self, name: str, _: tuple[str, ...], env: Mapping[str, str]
    ) -> None:
        self.names.append(name)
        if self._listens:
            self.sockets.append(listening(self._settings))
        self._settings.files.logs.mkdir()
        (self._settings.files.logs / f"{name}.log").write_text("no room\n")


def listening(settings: Settings) -> socket.socket:
    host, _, port = settings.web_listen.rpartition(":")
    return socket.create_server((host, int(port)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(env="test", data=tmp_path, web_listen=f"{LOOPBACK}:{free_port()}")


@pytest.fixture
def stack(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Any]:
    made = Starts(settings, listens=request.param)
    yield made
    for each in made.sockets:
        each.close()


@pytest.mark.parametrize("stack", [True], indirect=True)
def test_pages_are_started_and_waited_for(settings: Settings, stack: Any) -> None:
    starting.start_pages(settings, stack)

    assert stack.names == ["web"]


@pytest.mark.parametrize("stack", [True], indirect=True)
def test_nothing_is_started_where_something_else_answers(
    settings: Settings, stack: Any
) -> None:
    with listening(settings), pytest.raises(Conflict) as refused:
        starting.start_pages(settings, stack)

    assert f"`{settings.web_listen}`" in refused.value.message
    assert "ESTAFETTE_WEB_LISTEN" in refused.value.help
    assert stack.names == []


@pytest.mark.parametrize("stack", [False], indirect=True)
def test_pages_that_never_answer_are_told_with_their_last_words(
    settings: Settings, stack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "_READY_WITHIN", 0.0)

    with pytest.raises(Unavailable) as refused:
        starting.start_pages(settings, stack)

    assert "`web`" in refused.value.message
    assert "no room" in refused.value.help
