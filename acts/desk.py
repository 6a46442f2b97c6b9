"""What every act and read is handed: the desk an officer works at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from sqlalchemy import Engine

from models.agencies import Officer
from models.clock import LegalClock, legal_day
from models.errors import KeyUnknown
from models.ids import AgencyId, CaseId
from models.intents import Ticket
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


class ReceiptKeeper(Protocol):
    """Keeps what officers are handed at their agency's node."""

    def keep(self, agency: str, leaves: Sequence[bytes]) -> None:
        """Keep the leaves of entries that are committed, before anything is shown.

        Raises:
            Unavailable: they cannot be kept.
        """


class Scanner(Protocol):
    """Looks for viruses in documents."""

    def check(self, body: bytes) -> None:
        """Let pass only what is clean.

        Raises:
            NotPermitted: something was found.
            Unavailable: nobody can tell, so it does not pass.
        """


class NoScanner:
    """Stands where a scanner would: whoever runs this installation set none."""

    def check(self, body: bytes) -> None:
        """Let everything pass."""


@dataclass(frozen=True)
class Desk:
    """The dependencies of acts and reads, the same for every officer.

    `database` connects as the role that owns nothing and reads under row-level
    security. `nodes` are those this process plays; with `own`, only that agency's
    may be used. `ticket` numbers the one act that is performed at it; without one, each
    gets a new number.
    """

    database: Engine
    process: Process
    nodes: Mapping[str, Node]
    packs: Packs
    sharing: SharingPolicies
    clock: LegalClock
    receipts: ReceiptKeeper
    scanner: Scanner = NoScanner()
    own: AgencyId | None = None
    ticket: Ticket | None = None

    @property
    def today(self) -> date:
        """Return the legal date."""
        return legal_day(self.clock.now())

    def acting(self, officer: Officer, about: CaseId | None = None) -> Acting:
        """Return the settings under which an officer acts now, `about` a case alone."""
        keep = partial(self.receipts.keep, officer.agency)
        return Acting(officer=officer, about=about, keep=keep)

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
