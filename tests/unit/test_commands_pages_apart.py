"""Pages of agencies in a federated demo have the ports after coordination's."""

import socket
from pathlib import Path
from typing import Any

import pytest

from commands.demo.pages_apart import ports_after, start_pages_apart
from models.errors import Conflict
from runtime.embedded.temporal import LOOPBACK, free_port
from runtime.settings import Settings

NOTHING: Any = object()  # a stack that is asked for nothing


def test_each_agency_has_a_port_of_its_own_after_coordinations(tmp_path: Path) -> None:
    settings = Settings(env="demo", data=tmp_path, web_listen="127.0.0.1:9000")
    for agency in ("pz-midi", "anderlecht"):
        (settings.files.nodes / agency).mkdir(parents=True)

    assert ports_after(settings) == {"anderlecht": 9001, "pz-midi": 9002}


def test_nothing_is_started_where_something_answers_at_one_of_the_ports(
    tmp_path: Path,
) -> None:
    listen = f"{LOOPBACK}:{free_port()}"
    settings = Settings(env="test", data=tmp_path, web_listen=listen)
    with socket.create_server((LOOPBACK, 0)) as other:
        taken = other.getsockname()[1]

        with pytest.raises(Conflict, match=f"`{LOOPBACK}:{taken}`"):
            start_pages_apart(settings, NOTHING, {"pz-midi": taken})
