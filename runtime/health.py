"""Is the worker beside this process at work? For a container's health check.

    python -m runtime.health

Exit code 0: the database answers the record role, and Temporal heard from a worker of
this host on our task queue a moment ago. Exit code 1: the reason is on standard error.
"""

import asyncio
import socket
import sys
from datetime import UTC, datetime, timedelta

import psycopg
from temporalio.client import Client
from temporalio.service import RPCError

from models.errors import EstafetteError, Unavailable
from runtime import temporal
from runtime.leave import leave
from runtime.roles import Role
from runtime.settings import Settings, load_settings

# A poll waits up to a minute at the server; two missed ones are no accident.
HEARD_WITHIN = timedelta(minutes=2)


def main() -> None:
    """Check and leave with the answer as exit code."""
    try:
        check(load_settings())
    except EstafetteError as error:
        sys.stderr.write(f"{error.message}\n")
        leave(1)
    leave(0)


def check(settings: Settings) -> None:
    """Ask the database and Temporal.

    Raises:
        NotConfigured: a setting is missing.
        Unavailable: one of them does not answer, or no worker polls.
    """
    url = settings.database(Role.RECORD)
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        raise Unavailable("the database does not answer") from None
    try:
        polled = asyncio.run(_last_poll(settings, socket.gethostname()))
    except (RuntimeError, RPCError):  # it cannot be reached, or refuses
        raise Unavailable("Temporal does not answer") from None
    if polled is None or datetime.now(UTC) - polled > HEARD_WITHIN:
        raise Unavailable(f"no worker of this host polls `{settings.task_queue}`")


async def _last_poll(settings: Settings, host: str) -> datetime | None:
    """Return when a worker of this host last asked for work."""
    client = await Client.connect(
        settings.temporal(), namespace=settings.temporal_namespace
    )
    found = await temporal.pollers(client, settings.task_queue)
    # Workers introduce themselves as `pid@host` unless told otherwise.
    ours = (poller for poller in found if poller.identity.endswith(f"@{host}"))
    seen = (poller.last_access_time.ToDatetime(tzinfo=UTC) for poller in ours)
    return max(seen, default=None)


if __name__ == "__main__":
    main()
