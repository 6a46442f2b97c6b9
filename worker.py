"""Starts a process that serves: coordination, the link, the pages, or one node."""

import argparse
import asyncio
from collections.abc import Coroutine, Sequence
from importlib import import_module
from typing import Any, NoReturn

import structlog

from models.errors import EstafetteError
from runtime.leave import leave
from runtime.logging import configure_logging
from runtime.settings import load_settings

log = structlog.get_logger()


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read what this process shall be; without a word, coordination."""
    parser = argparse.ArgumentParser(prog="estafette-worker", description=__doc__)
    role = parser.add_mutually_exclusive_group()
    role.add_argument(
        "--agency", metavar="ID", help="be the node of this agency, with its keys only"
    )
    role.add_argument(
        "--link", action="store_true", help="serve the nodes of agencies over mTLS"
    )
    role.add_argument(
        "--web", action="store_true", help="serve pages to officers' browsers"
    )
    return parser.parse_args(given)


def program(asked: argparse.Namespace) -> Coroutine[Any, Any, None]:
    """Return what was asked for, ready to run."""
    settings = load_settings()
    # Imported when asked for: a node never loads engine and database.
    if asked.agency:
        node = import_module("serving.node")
        return node.serve(settings, asked.agency)  # type: ignore[no-any-return]
    name = "serving.coordination"
    if asked.link or asked.web:
        name = "serving.link" if asked.link else "serving.web"
    return import_module(name).serve(settings)  # type: ignore[no-any-return]


def main(given: Sequence[str] | None = None) -> NoReturn:
    """Run one of them and leave."""
    configure_logging()
    asked = arguments(given)
    try:
        asyncio.run(program(asked))
    except EstafetteError as error:
        log.error(
            "worker_ended", error=error.code, reason=error.message, help=error.help
        )
        leave(1)
    leave(0)
