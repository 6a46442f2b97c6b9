"""Making the demo's world: schema, agencies with keys, officers and a legal date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from commands.demo.authority import DemoAuthority
from commands.directory import read_directory
from models.clock import BRUSSELS
from runtime import keys
from runtime.clock import DemoClock, clock_for
from runtime.nodes import local_nodes
from runtime.roles import Role
from runtime.settings import Settings
from runtime.signing import SigningFiles
from storage.engine import connect, transaction
from storage.migrating import upgrade
from storage.people import entering
from vault.node import Node

# Who is in the demo; none of them is real.
_PERSONAS = Path(__file__).with_name("personas.yaml")
# The day of the reference case: Monday 2 March 2026, at the start of office hours.
FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=BRUSSELS)


def make_world(
    settings: Settings, seat_of: Callable[[str], Settings] | None = None
) -> None:
    """Migrate and seed; what is there already stays as it is.

    `seat_of` returns the settings at an agency, if its keyring does not lie with all
    others.
    """
    upgrade(settings.database(Role.OWNER))
    keys.publish_ledger_key(settings)
    keys.payload_key(settings)
    personas = read_directory(_PERSONAS)
    authority = DemoAuthority(settings.files.authority)
    authority.be_believed(settings.files.signing)
    agencies = []
    for body in personas.bodies():
        seat = seat_of(body.id) if seat_of else settings
        public = _make_node(seat, body.id, authority).public_keys()
        keys_of = {
            "certificates": (public.certificate,),
            "statement": public.statement,
        }
        agencies.append(body.model_copy(update=keys_of))
    _start_clock(settings)
    owner = connect(settings.database(Role.OWNER), pool=1)
    now = clock_for(settings, owner).now()
    with transaction(owner) as connection:
        entering.enter(
            connection, agencies, personas.officers(), personas.oversight(), at=now
        )
    owner.dispose()


def _make_node(seat: Settings, agency: str, authority: DemoAuthority) -> Node:
    """Make an agency's keyring and certificate, unless they are there."""
    nodes = local_nodes(seat)
    node = nodes.create(agency)
    papers = SigningFiles(seat.node_files.signing)
    authority.be_believed(papers.root)
    authority.certify_signing(papers, agency, nodes.signing_key(agency))
    return node


def _start_clock(settings: Settings) -> None:
    """Set the legal date of a world that has none yet."""
    record = connect(settings.database(Role.RECORD), pool=1)
    clock = DemoClock(record)
    if not clock.is_set():
        clock.set(FIRST_DAY)
    record.dispose()
