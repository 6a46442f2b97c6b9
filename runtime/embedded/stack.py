"""The servers of a demo or a test as one thing: start, find, break, mend, stop."""

import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from models.errors import NotConfigured
from runtime.embedded import postgres, temporal
from runtime.embedded.cluster import Cluster, prepare_cluster
from runtime.embedded.endpoints import Endpoints, write_endpoints
from runtime.embedded.lock import DirectoryLock, identify
from runtime.embedded.orphans import end_orphans
from runtime.embedded.process import Command
from runtime.embedded.supervision import Service, Supervisor
from runtime.paths import DataDirectory

# What a program needs of an environment to run at all.
_HARMLESS = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TZ", "TMPDIR")


@dataclass(frozen=True)
class StackOptions:
    """What may differ between a demo and a test.

    `temporal_port` 0 picks a free one. `temporal_arguments` go to the dev server as
    they are; `postgres_settings` override ours (`{"fsync": "off"}` for a test).
    """

    temporal_port: int = 0
    temporal_namespace: str = "estafette"
    temporal_arguments: tuple[str, ...] = ()
    postgres_settings: Mapping[str, str] = field(default_factory=dict)


class Stack:
    """PostgreSQL, Temporal and any processes added, on one data directory.

    A context manager. Everything is stopped at the end, in reverse order of its
    start; what dies in between is started again. Killed itself, it leaves nothing
    running, and the next start recovers.
    """

    def __init__(self, data_directory: Path, options: StackOptions | None = None):
        self._data = DataDirectory(data_directory.absolute())
        self._options = options or StackOptions()
        self._lock = DirectoryLock(self._data.lock)
        self._supervisor = Supervisor(self._data.processes)
        self._cluster: Cluster | None = None
        self._endpoints: Endpoints | None = None

    def start(self) -> Endpoints:
        """Start both servers, create database and roles, publish the endpoints.

        Raises:
            Conflict: another process runs servers on this data directory.
            NotConfigured: production, no way to the files, or the port is in use.
            Unavailable: a server does not start; help has its last words.
        """
        if os.environ.get("ESTAFETTE_ENV") == "production":
            raise NotConfigured(
                "embedded servers do not run in production",
                help="set DATABASE_URL and TEMPORAL_ADDRESS to real servers",
            )
        self._take_directory()
        self._lock.take()
        try:
            self._endpoints = self._start_servers()
            write_endpoints(self._endpoints)
        except BaseException:  # Ctrl-C during the start included
            self.stop()
            raise
        return self._endpoints

    def endpoints(self) -> Endpoints:
        """Return where the servers answer."""
        if self._endpoints is None:
            raise NotConfigured("the servers are not running", help="start them first")
        return self._endpoints

    def create_acts_at(self, agency: str) -> str:
        """Make the database role of an agency's own pages; return its new password.

        Raises:
            NotConfigured: the servers do not run.
        """
        if self._cluster is None:
            raise NotConfigured("the servers are not running", help="start them first")
        return postgres.create_acts_at(self._cluster, agency)

    def add_process(
        self, name: str, argv: tuple[str, ...], env: Mapping[str, str] | None = None
    ) -> None:
        """Run one more program beside the servers and keep it running.

        It inherits our environment, the data directory and then `env`; its output
        goes to `logs/NAME.log`. It is stopped by SIGTERM, before the servers.
        """
        inherited = os.environ | {"ESTAFETTE_DATA": str(self._data.root)}
        self._add(name, argv, inherited | dict(env or {}))

    def add_stranger(
        self, name: str, argv: tuple[str, ...], env: Mapping[str, str]
    ) -> None:
        """Do the same for a program that is told nothing of these servers."""
        kept = {each: os.environ[each] for each in _HARMLESS if each in os.environ}
        self._add(name, argv, kept | dict(env))

    def _add(self, name: str, argv: tuple[str, ...], env: Mapping[str, str]) -> None:
        log = self._data.logs / f"{name}.log"
        self._supervisor.start(Service(Command(name, argv, log, env=env)))

    def pids(self) -> dict[str, int]:
        """Return the process id of each process by name."""
        return self._supervisor.pids()

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to one process; it is not started again until `restart`."""
        self._supervisor.kill(name, number)

    def restart(self, name: str) -> None:
        """Start one process again at the same endpoint and wait until it answers."""
        self._supervisor.restart(name)

    def wait(self) -> None:
        """Block until Ctrl-C (see `asked_like_ctrl_c`). Main thread only."""
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return

    def stop(self) -> None:
        """Stop everything and free the data directory. May be called twice."""
        if self._endpoints is not None:
            self._data.endpoints.unlink(missing_ok=True)
            self._endpoints = None
        self._supervisor.stop()
        self._lock.release()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _take_directory(self) -> None:
        """Make the data directory, or refuse one where somebody else keeps things."""
        try:
            self._data.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            foreign = self._data.foreign()
        except OSError as error:
            raise NotConfigured(
                f"`{self._data.root}` cannot be a data directory: {error.strerror}",
                help="set ESTAFETTE_DATA to a directory that can be made",
            ) from None
        if foreign:
            raise NotConfigured(
                f"`{self._data.root}` holds what is not ours: `{foreign[0]}`",
                help="set ESTAFETTE_DATA to an empty directory, or to a new one",
            )

    def _start_servers(self) -> Endpoints:
        end_orphans(self._data.processes)
        self._data.logs.mkdir(mode=0o700, exist_ok=True)
        port = self._options.temporal_port or temporal.free_port()
        temporal.require_free(port)
        cluster = self._cluster = prepare_cluster(self._data)
        killed = (cluster.directory / "postmaster.pid").exists()
        self._supervisor.start(self._postgres(cluster), retry=killed)
        postgres.create_roles(cluster)
        self._supervisor.start(self._temporal(port))
        return Endpoints(
            owner=identify(os.getpid()),
            data_directory=self._data.root,
            databases=postgres.role_urls(cluster),
            temporal_address=f"{temporal.LOOPBACK}:{port}",
        )

    def _postgres(self, cluster: Cluster) -> Service:
        log = self._data.logs / "postgres.log"
        command = postgres.postgres_command(
            cluster, log, self._options.postgres_settings
        )
        return Service(command, ready=lambda: postgres.answers(cluster))

    def _temporal(self, port: int) -> Service:
        namespace = self._options.temporal_namespace
        command = temporal.temporal_command(
            self._data,
            port=port,
            namespace=namespace,
            extra=self._options.temporal_arguments,
        )
        return Service(command, ready=lambda: temporal.answers(port, namespace))
