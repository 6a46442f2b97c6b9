"""A node: the keys of one agency, at work for coordination across the link."""

from __future__ import annotations

import structlog

from runtime.link.files import LinkFiles
from runtime.link.node import NodeLoop
from runtime.logging import configure_logging
from runtime.nodes import node_address, only_node
from runtime.running import run_until_stopped
from runtime.settings import Settings
from runtime.watching import watching
from vault.watching import BLIND

log = structlog.get_logger()


async def serve(settings: Settings, agency: str) -> None:
    """Do an agency's duties until told to stop; what is under way is done again.

    Raises:
        NotConfigured: no directory of its own, no address, or credentials that are
            none of a node's business.
    """
    configure_logging(level=settings.log_level)
    address = node_address(settings)
    node = only_node(settings, agency)
    log.info("node_started", agency=agency)
    watches = watching(settings, {agency: node}).get(agency, BLIND)
    loop = NodeLoop(node, LinkFiles(settings.node_files.link), address, watches)
    await run_until_stopped([loop])
