"""The address at which an officer's calendar asks for terms."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.agencies import AgencyKind, Officer
from models.values import Value

LASTS = timedelta(days=365)
"""How long an address counts: somebody who forgot it ends it by doing nothing."""


class Feed(Value):
    """What is behind an address; each officer has one at most.

    Attributes:
        token: SHA-256 of what stands in the address, which nobody here keeps.
        ends_at: by the machine's clock, in UTC.
        seal: the pages' own word that they wrote this.
    """

    token: bytes
    officer: Officer
    agency_kind: AgencyKind
    ends_at: datetime
    seal: bytes = b""
