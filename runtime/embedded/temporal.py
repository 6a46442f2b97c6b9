"""The embedded Temporal dev server: one program, one SQLite file, loopback only."""

import os
import socket
import subprocess

from models.errors import NotConfigured
from runtime.embedded.binaries import temporal_program
from runtime.embedded.process import Command
from runtime.paths import DataDirectory

LOOPBACK = "127.0.0.1"
# The program must not read the operator's own Temporal profile.
_ISOLATED = ("--disable-config-file", "--disable-config-env")


def free_port() -> int:
    """Return a port of the loopback interface that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def require_free(port: int) -> None:
    """Refuse a port on which somebody else listens.

    Raises:
        NotConfigured: names the port and the variable that changes it.
    """
    with socket.socket() as probe:
        # Connections of a former server that linger do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise NotConfigured(
                f"port {port} for Temporal is in use",
                help="stop who listens there, or set ESTAFETTE_TEMPORAL_PORT to another"
                " port; 0 picks a free one: `ESTAFETTE_TEMPORAL_PORT=0 make demo`",
            ) from None


def temporal_command(
    data: DataDirectory, *, port: int, namespace: str, extra: tuple[str, ...] = ()
) -> Command:
    """Return the command that serves Temporal on this loopback port.

    Its internal and metrics ports are free ones that it picks itself, on loopback
    too; the web page is off.
    """
    return Command(
        name="temporal",
        argv=(
            *(str(temporal_program()), "server", "start-dev", "--headless"),
            *("--ip", LOOPBACK, "--port", str(port), "--namespace", namespace),
            *("--db-filename", str(data.temporal), "--log-level", "error"),
            *_ISOLATED,
            *extra,
        ),
        log=data.logs / "temporal.log",
        env=_environment(),
    )


def answers(port: int, namespace: str) -> bool:
    """Say whether the server takes connections and knows the namespace."""
    with socket.socket() as probe:
        if probe.connect_ex((LOOPBACK, port)) != 0:
            return False
    ask = ("operator", "namespace", "describe", "--namespace", namespace)
    done = subprocess.run(
        [
            *(str(temporal_program()), *ask, *_ISOLATED),
            *("--address", f"{LOOPBACK}:{port}", "--command-timeout", "5s"),
        ],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _environment() -> dict[str, str]:
    # Some home is expected even when nothing is read from it.
    return {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/")}
