"""What the pages are handed: the desk, the address they have, and ways to sign in."""

from __future__ import annotations

from dataclasses import dataclass

from acts.desk import Desk
from web.api.tokens import Tokens
from web.signin.provider import Provider


@dataclass(frozen=True)
class Installation:
    """One installation's pages.

    Attributes:
        address: scheme, host and port as browsers see them, without a path.
        provider: where officers prove who they are; None where personas do.
        tokens: what tells whom a bearer token of the API speaks of.
        personas: whether anybody may choose whom to play; never in production.
        secret: seals the cookie of a sign-in that is under way; the same for all
            processes that serve these pages.
    """

    desk: Desk
    address: str
    secret: str
    provider: Provider | None = None
    tokens: Tokens | None = None
    personas: bool = False

    @property
    def secure(self) -> bool:
        """Tell whether browsers come over TLS."""
        return self.address.startswith("https://")
