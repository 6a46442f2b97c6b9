"""The door of every page: who comes, whether it is for them, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from acts.seat import Seat, take_seat
from models.errors import NotPermitted, NotSignedIn
from models.signing_in import SignedIn
from web.elsewhere import address_for, check_agency, check_keys, has_keys
from web.guards.absences import known_as
from web.guards.origin import from_elsewhere
from web.installation import Installation
from web.languages import chosen
from web.naming import naming_for
from web.permissions import ALLOWED, Permission
from web.rendering import page
from web.signin import sessions
from web.views.navigation import destinations_of


@dataclass(frozen=True)
class Visit:
    """One request of an officer who is signed in."""

    request: Request
    seat: Seat
    signed_in: SignedIn
    language: str

    @property
    def here(self) -> Installation:
        """Return the installation whose pages these are."""
        return installation(self.request)

    @property
    def is_proven(self) -> bool:
        """Tell whether whoever comes proved lately, and strongly, who it is.

        Where there is no provider nobody proves anything: officers are made up.
        """
        provider = self.here.provider
        if provider is None:
            return True
        return self.signed_in.proven(provider.settings.strong, datetime.now(UTC))

    @property
    def has_keys(self) -> bool:
        """Tell whether content can be shown to this officer here."""
        return has_keys(self.here, self.seat.officer)

    @property
    def may_open_names(self) -> bool:
        """Tell whether names can be opened on a list that asks for them.

        A link elsewhere must not let somebody's read be logged.
        """
        return self.has_keys and not from_elsewhere(self.request.headers)

    @property
    def _way_back(self) -> str:
        """Return where to come back to: here, unless here was sent to by a form."""
        return self.request.url.path if self.request.method == "GET" else "/"

    def page(
        self, template: str, values: Mapping[str, Any], *, status: int = 200
    ) -> HTMLResponse:
        """Return a page with the frame around it that every officer has."""
        officer, has_keys = self.seat.officer, self.has_keys
        around = {
            "officer": officer,
            "naming": naming_for(self.here, self.language, officer.agency),
            "today": self.seat.today,
            "place": self.request.url.path,
            "way_back": self._way_back,
            "days_passed": "passed" in self.request.query_params,
            "lets_days_pass": self.here.let_days_pass is not None,
            "clock_pages": self.here.clock_pages,
            "destinations": destinations_of(officer.functions, has_keys=has_keys),
            "has_keys": has_keys,
            "own_pages": "" if has_keys else address_for(self.here, officer),
        }
        return page(template, self.language, around | {**values}, status=status)


class Public:
    """Lets anybody in; what it hands over is the language."""

    permission = Permission.PUBLIC

    def __call__(self, request: Request) -> str:
        """Return the language of whoever comes."""
        return chosen(request)


class Door:
    """Lets in who is signed in and whom the page is for.

    Only a `keyless` page, which shows and takes no content, is served where the keys
    of the officer's agency are not.

    Raises:
        NotSignedIn: nobody is, or no longer.
        ServedElsewhere: the officer's agency has it at pages of its own.
        NotPermitted: the page is for other functions.
        TooMany: the officer asks too often for what is not there.
    """

    def __init__(self, permission: Permission, *, keyless: bool = False) -> None:
        self.permission = permission
        self.keyless = keyless

    def __call__(self, request: Request) -> Visit:
        """Return the visit; runs beside the event loop, as it asks the database."""
        here = installation(request)
        known = sessions.found(here, request)
        if known is None:
            raise NotSignedIn("nobody is signed in here", help="sign in")
        known_as(request, known.officer.id)
        check_agency(here, known.officer)
        seat = take_seat(here.desk, known.officer, known.agency_kind)
        visit = Visit(request, seat, known, chosen(request))
        request.state.visit = visit  # a fault from here on has the same frame
        if not ALLOWED[self.permission] & known.officer.functions:
            raise NotPermitted(
                "this page is for others", help="your function has no part in it"
            )
        if not self.keyless:
            check_keys(here, known.officer)
        return visit


def installation(request: Request) -> Installation:
    """Return the installation whose pages these are."""
    found: Installation = request.app.state.installation
    return found
