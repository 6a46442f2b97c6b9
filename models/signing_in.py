"""Somebody who signed in: which officer, how strongly, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.agencies import AgencyKind, Officer
from models.values import Value

IDLE = timedelta(minutes=30)
"""After so long without a question whoever comes has to sign in again."""

LONGEST = timedelta(hours=10)
"""No sign-in outlives a working day."""

PROVEN_FOR = timedelta(minutes=15)
"""For so long after a strong proof sensitive acts ask for no other."""


class SignedIn(Value):
    """An officer in one browser.

    Attributes:
        token: SHA-256 of the browser's token; whoever reads this cannot show the token.
        strength: the provider's word for how the officer proved who it is (`acr`).
        proven_at: when that was; instants are those of the machine, in UTC.
        provider_session: the provider's name of its own session, empty if it has none.
        seal: the pages' own word that they wrote this.
    """

    token: bytes
    officer: Officer
    agency_kind: AgencyKind
    strength: str
    signed_in_at: datetime
    proven_at: datetime
    seen_at: datetime
    ends_at: datetime
    provider_session: str = ""
    seal: bytes = b""

    def in_force(self, at: datetime) -> bool:
        """Tell whether it still counts at an instant."""
        return at < min(self.ends_at, self.seen_at + IDLE)

    def proven(self, strength: str, at: datetime) -> bool:
        """Tell whether it was proven so strongly, and lately enough."""
        return self.strength == strength and at < self.proven_at + PROVEN_FOR
