"""Coordination's end of the link: serves agencies' nodes, and nobody else."""

from __future__ import annotations

import structlog

from activities.noting import note_version
from activities.orders import AgencyOrders
from runtime.clock import clock_for
from runtime.link.files import LinkFiles
from runtime.link.server import LinkServer
from runtime.logging import configure_logging
from runtime.roles import Role
from runtime.running import run_until_stopped
from runtime.settings import Settings
from runtime.signing import SigningFiles
from storage.engine import connect, transaction

log = structlog.get_logger()
# As many as requests run at once.
CONNECTIONS = 8


async def serve(settings: Settings) -> None:
    """Serve nodes until told to stop; what is under way they ask for again."""
    configure_logging(level=settings.log_level)
    database = connect(
        settings.database(Role.LINK), statement_ms=5_000, pool=CONNECTIONS
    )
    clock = clock_for(settings, database)
    with transaction(database) as connection:
        note_version(connection, "link", clock.now())
    trust = SigningFiles(settings.files.signing).trust
    server = LinkServer(
        LinkFiles(settings.files.link),
        settings.link_listen,
        lambda agency: AgencyOrders(database, agency, clock, trust),
    )
    log.info("link_started", address=settings.link_listen)
    await run_until_stopped([server])
