"""The pages of a federated demo: each agency's own, and coordination's without keys."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from commands.demo.starting import SCRIPT, refuse_taken, wait_for_pages
from runtime import keys
from runtime.embedded.stack import Stack
from runtime.roles import Role, acts_at
from runtime.settings import Settings

# What whoever starts the demo may have said for all pages.
_SHARED = ("ESTAFETTE_OIDC_", "ESTAFETTE_CLAMD", "ESTAFETTE_LOG_LEVEL")


def ports_after(settings: Settings) -> dict[str, int]:
    """Return a port for each agency's pages: those that follow coordination's."""
    first = int(settings.web_listen.rpartition(":")[2]) + 1
    agencies = sorted(each.name for each in settings.files.nodes.iterdir())
    return {agency: port for port, agency in enumerate(agencies, start=first)}


def start_pages_apart(
    settings: Settings, stack: Stack, ports: Mapping[str, int]
) -> dict[str, str]:
    """Serve them all and wait until they answer; return where each agency's are.

    Raises:
        Conflict: something answered at one of the ports before.
        Unavailable: one does not answer within a minute.
    """
    own = {agency: _at(settings, agency, port) for agency, port in ports.items()}
    served = {"web": settings} | {f"web-{agency}": at for agency, at in own.items()}
    for at in served.values():
        refuse_taken(at)
    addresses = {agency: at.web_address for agency, at in own.items()}
    pages = " ".join(f"{agency}={address}" for agency, address in addresses.items())
    stack.add_process("web", (SCRIPT, "--web"), _shown(settings, pages))
    for agency, at in own.items():
        acts = {
            "ESTAFETTE_ACTS_USER": acts_at(agency),
            "ESTAFETTE_ACTS_PASSWORD": stack.create_acts_at(agency),
        }
        clock = {"ESTAFETTE_CLOCK_PAGES": settings.web_address}
        told = _shared() | _shown(at, pages) | _told(at) | acts | clock
        stack.add_stranger(f"web-{agency}", (SCRIPT, "--web"), told)
    for name, at in served.items():
        wait_for_pages(name, at)
    return addresses


def _at(settings: Settings, agency: str, port: int) -> Settings:
    """Return the settings of an agency's pages: its keys, and its own port."""
    listen = settings.web_listen.rpartition(":")[0]
    seen = urlsplit(settings.web_address)
    place = {
        "web_listen": f"{listen}:{port}",
        "web_address": f"{seen.scheme}://{seen.hostname}:{port}",
    }
    return settings.at_node(agency).model_copy(update=place)


def _shown(settings: Settings, pages: str) -> dict[str, str]:
    """Return where pages are, and where those of others are."""
    return {
        "ESTAFETTE_ENV": settings.env,
        "ESTAFETTE_WEB_LISTEN": settings.web_listen,
        "ESTAFETTE_WEB_ADDRESS": settings.web_address,
        "ESTAFETTE_AGENCY_PAGES": pages,
    }


def _told(at: Settings) -> dict[str, str]:
    """Return what an agency's pages need: its node's directory, record and engine."""
    place = at.database(Role.ACTS).partition("@")[2]
    return {
        "ESTAFETTE_DATA": str(at.node),
        "ESTAFETTE_NODE": str(at.node),
        "DATABASE_URL": f"postgresql://{place}",
        "TEMPORAL_ADDRESS": at.temporal(),
        "ESTAFETTE_TEMPORAL_NAMESPACE": at.temporal_namespace,
        "ESTAFETTE_TASK_QUEUE": at.task_queue,
        "ESTAFETTE_PAYLOAD_KEY": keys.payload_key(at).hex(),
    }


def _shared() -> dict[str, str]:
    return {name: said for name, said in os.environ.items() if name.startswith(_SHARED)}
