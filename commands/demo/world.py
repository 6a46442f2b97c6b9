"""Making the demo's world: schema, agencies with keys, officers and a legal date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from commands.demo.personas import read_personas
from models.agencies import Agency
from models.clock import BRUSSELS
from runtime import keys
from runtime.clock import DemoClock
from runtime.nodes import LocalNodes, local_nodes
from runtime.roles import Role
from runtime.settings import Settings
from storage import directory
from storage.engine import connect, transaction
from storage.migrating import upgrade

# The day of the reference case: Monday 2 March 2026, at the start of office hours.
FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=BRUSSELS)


def make_world(
    settings: Settings, nodes_of: Callable[[str], LocalNodes] | None = None
) -> None:
    """Migrate and seed; what is there already stays as it is.

    `nodes_of` tells where the keyring of an agency lies, if not with all others.
    """
    upgrade(settings.database(Role.OWNER))
    keys.publish_ledger_key(settings)
    keys.payload_key(settings)
    personas = read_personas()
    together = local_nodes(settings)
    agencies = []
    for entry in personas.agencies:
        nodes = nodes_of(entry.id) if nodes_of else together
        public = nodes.create(entry.id).public_keys()
        agencies.append(
            Agency(
                id=entry.id,
                kind=entry.kind,
                name=entry.name,
                signing_key=public.signing,
                delivery_key=public.delivery,
            )
        )
    owner = connect(settings.database(Role.OWNER), pool=1)
    with transaction(owner) as connection:
        directory.enter(connection, agencies, personas.officers())
    owner.dispose()
    start_clock(settings)


def start_clock(settings: Settings) -> None:
    """Set the legal date of a world that has none yet."""
    record = connect(settings.database(Role.RECORD), pool=1)
    clock = DemoClock(record)
    if not clock.is_set():
        clock.set(FIRST_DAY)
    record.dispose()
