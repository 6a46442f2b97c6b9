"""What every act and read is handed: the desk an officer works at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine

from models.agencies import Officer
from models.clock import LegalClock
from models.errors import KeyUnknown
from models.ids import AgencyId
from models.process import ActPointer, Outcome
from policies.loading import Packs
from policies.rulings import SharingPolicies
from storage.sessions import Acting
from vault.node import Node


class Process(Protocol):
    """Where a staged act goes on to: the process of its case."""

    async def send(self, pointer: ActPointer) -> Outcome:
        """Have a staged act recorded.

        Raises:
            EngineUnavailable: no answer in time; the act stays stored.
            TransitionNotAllowed: the process of the case is over.
        """


@dataclass(frozen=True)
class Desk:
    """The dependencies of acts and reads, the same for every officer.

    `database` connects as the role that owns nothing and reads under row-level
    security. `nodes` are those this process plays; with `own`, only that agency's
    may be used.
    """

    database: Engine
    process: Process
    nodes: Mapping[str, Node]
    packs: Packs
    sharing: SharingPolicies
    clock: LegalClock
    own: AgencyId | None = None

    def acting(self, officer: Officer) -> Acting:
        """Return the settings under which an officer acts now."""
        return Acting(officer=officer)

    def node(self, agency: str) -> Node:
        """Return an agency's node.

        Raises:
            KeyUnknown: that agency's keys are not kept here, or are not those of the
                agency that this desk was lent to.
        """
        if self.own in (None, agency) and agency in self.nodes:
            return self.nodes[agency]
        raise KeyUnknown(
            f"the keys of `{agency}` are not kept here",
            help="act on that agency's own node: ESTAFETTE_NODE names its directory",
        )
