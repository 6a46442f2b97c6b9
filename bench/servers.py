"""Throw-away servers and the worker processes that are measured on them."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from commands.demo.world import make_world
from runtime import keys
from runtime.embedded.endpoints import Endpoints
from runtime.embedded.process import Child, Command
from runtime.embedded.stack import Stack
from runtime.embedded.temporal import free_port
from runtime.roles import Role
from runtime.settings import Settings
from storage.engine import connect, transaction

_HERE = Path(sys.executable)
_START = 60.0  # seconds
WEB_SECRET = "a secret of the benchmark, long enough"  # noqa: S105


@contextmanager
def servers() -> Iterator[Settings]:
    """Lend PostgreSQL and Temporal with the demo's agencies, and throw them away."""
    with tempfile.TemporaryDirectory(prefix="estafette-bench-") as place:
        Path(place).chmod(0o711)  # as root, the database's account walks through it
        settings = Settings(data=Path(place) / "data")
        with Stack(settings.data):
            make_world(settings)
            _follow_desks(settings)
            yield settings


def _follow_desks(settings: Settings) -> None:
    """Let an act count from the time of the desk that it comes from.

    Half of a case is played on desks that are a day ahead, while no clock moves.
    """
    owner = connect(settings.database(Role.OWNER), pool=1)
    with transaction(owner) as connection:
        connection.exec_driver_sql(
            "create or replace function legal_now() returns timestamptz language sql"
            " stable as $$ select now() + coalesce(nullif("
            "current_setting('bench.ahead', true), ''), '0')::interval $$"
        )
    owner.dispose()


@contextmanager
def full_workers(settings: Settings, number: int) -> Iterator[None]:
    """Lend the product's own worker processes, set up as in production."""
    command = (str(_HERE.with_name("estafette-worker")),)
    with _processes(settings, number, command, _as_in_production(settings)):
        yield


@contextmanager
def bare_workers(settings: Settings, number: int) -> Iterator[None]:
    """Lend worker processes that record nothing."""
    command = (str(_HERE), "-m", "bench.cases.bare", settings.temporal())
    with _processes(settings, number, command, {}):
        yield


@contextmanager
def web_processes(settings: Settings, number: int) -> Iterator[list[int]]:
    """Lend processes that serve pages as in production; return their ports."""
    command = (str(_HERE.with_name("estafette-worker")), "--web")
    ports = [free_port() for _ in range(number)]
    with ExitStack() as running:
        for port in ports:
            env = _as_in_production(settings) | _as_pages(port)
            running.enter_context(_processes(settings, 1, command, env))
        for port in ports:
            _await(port)
        yield ports


def _as_pages(port: int) -> dict[str, str]:
    """Return the variables of pages; nobody signs in, so the provider is not asked."""
    return {
        "ESTAFETTE_WEB_LISTEN": f"localhost:{port}",
        "ESTAFETTE_WEB_ADDRESS": "https://localhost",
        "ESTAFETTE_WEB_SECRET": WEB_SECRET,
        "ESTAFETTE_OIDC_ISSUER": "https://provider.invalid",
        "ESTAFETTE_OIDC_CLIENT": "bench",
        "ESTAFETTE_OIDC_SECRET": "bench",
    }


def _await(port: int) -> None:
    until = time.monotonic() + _START
    while True:
        try:
            socket.create_connection(("localhost", port)).close()
        except OSError:
            assert time.monotonic() < until, "no pages are served"
            time.sleep(0.1)
        else:
            return


@contextmanager
def _processes(
    settings: Settings, number: int, argv: tuple[str, ...], env: dict[str, str]
) -> Iterator[None]:
    with ExitStack() as running:
        for n in range(number):
            log = settings.data / "logs" / f"bench-{n}.log"
            child = Child(Command(f"bench-{n}", argv, log, env=os.environ | env))
            running.callback(child.stop)
        yield


def _as_in_production(settings: Settings) -> dict[str, str]:
    """Return the variables of a production worker: legal time is machine time."""
    endpoints = Endpoints.model_validate_json(
        (settings.data / "endpoints.json").read_bytes()
    )
    database = urlsplit(endpoints.databases[Role.RECORD])
    passwords = {
        f"ESTAFETTE_{role.name}_PASSWORD": _password(endpoints, role)
        for role in (Role.ACTS, Role.RECORD, Role.LEDGER)
    }
    return passwords | {
        "ESTAFETTE_ENV": "production",
        "ESTAFETTE_DATA": str(settings.data),
        "ESTAFETTE_MASTER_KEYS": "files",
        "ESTAFETTE_MASTER_KEY_DIRECTORY": str(settings.files.master_keys),
        "DATABASE_URL": database._replace(netloc="").geturl(),
        "TEMPORAL_ADDRESS": settings.temporal(),
        "ESTAFETTE_TEMPORAL_NAMESPACE": settings.temporal_namespace,
        "ESTAFETTE_TASK_QUEUE": settings.task_queue,
        "ESTAFETTE_PAYLOAD_KEY": keys.payload_key(settings).hex(),
        "ESTAFETTE_LEDGER_KEY": keys.ledger_signer(settings).skey,
    }


def _password(endpoints: Endpoints, role: Role) -> str:
    return unquote(urlsplit(endpoints.databases[role]).password or "")
