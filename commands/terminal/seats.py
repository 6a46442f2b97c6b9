"""Who acts at a desk of this machine, and how a command reads there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from acts.seat import Seat, take_seat
from commands.terminal.installation import check_here
from commands.terminal.logbook import open_logbook
from commands.terminal.options import Who
from models.errors import NotConfigured, NotSignedIn
from runtime.settings import Settings, load_settings
from serving.desk import Patient, open_desk
from storage.engine import transaction
from storage.people import directory

Seen = TypeVar("Seen")


def look(who: Who, see: Callable[[Seat], Seen]) -> Seen:
    """Read in an officer's name; works while the process engine is down.

    Raises:
        NotSignedIn: nobody proved who acts.
        EstafetteError: the read was refused.
    """
    with open_seat(who) as seat:
        return see(seat)


@contextmanager
def open_seat(who: Who) -> Iterator[Seat]:
    """Seat an officer at a desk of the demo.

    Raises:
        NotSignedIn: nobody proved who acts.
        NotConfigured: commands go elsewhere, or no demo runs here.
    """
    check_here()
    settings = _demo_settings()
    if not who.as_:
        raise NotSignedIn(
            "nobody says who acts",
            help="add `--as AGENCY/OFFICER` or set ESTAFETTE_AS; "
            "list them with `estafette directory list`",
        )
    with open_desk(settings, Patient(settings)) as desk:
        open_logbook()
        with transaction(desk.database) as connection:
            officer = directory.in_office(connection, who.as_)
            kind = directory.agency(connection, officer.agency).kind
        yield take_seat(desk, officer, kind)


def _demo_settings() -> Settings:
    """Return the settings of an installation where officers are made up.

    Raises:
        NotSignedIn: this is production, where `--as` would prove nothing.
    """
    try:
        settings = load_settings()
    except NotConfigured:
        if os.environ.get("ESTAFETTE_ENV") != "production":
            raise
    else:
        if not settings.production:
            return settings
    raise NotSignedIn(
        "this is production, where choosing an officer by name proves nothing",
        help="act where you sign in: on the pages of your agency, or with "
        "ESTAFETTE_URL and `estafette session begin`; `--as` and ESTAFETTE_AS are for "
        "demo and tests",
    )
