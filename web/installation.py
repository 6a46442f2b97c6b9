"""What the pages are handed: the desk, the address they have, and ways to sign in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from acts.desk import Desk
from acts.pages.directory import AgencyNames
from web.api.tokens import Tokens
from web.signin.provider import Provider


@dataclass(frozen=True)
class Installation:
    """One installation's pages: of all agencies, or with `desk.own` of that one.

    Attributes:
        address: scheme, host and port as browsers see them, without a path.
        provider: where officers prove who they are; None where personas do.
        tokens: what tells whom a bearer token of the API speaks of.
        personas: whether anybody may choose whom to play; never in production.
        pages: where agencies that keep their own keys have their pages.
        let_days_pass: moves the clock of a demo by days, or until one, and returns what
            day it is then; None where time is real, or where others keep the clock.
        clock_pages: where the pages are that let days pass, if not here.
        secret: seals the cookie of a sign-in that is under way; the same for all
            processes that serve these pages.
        public_keys: writes the file of keys that bundles are verified with.
    """

    desk: Desk
    address: str
    secret: str
    public_keys: Callable[[], str]
    provider: Provider | None = None
    tokens: Tokens | None = None
    personas: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)
    let_days_pass: Callable[[int | date], Awaitable[date]] | None = None
    clock_pages: str = ""

    @cached_property
    def names(self) -> AgencyNames:
        """Return what agencies are called."""
        return AgencyNames(self.desk.database)

    @property
    def secure(self) -> bool:
        """Tell whether browsers come over TLS."""
        return self.address.startswith("https://")
