"""Choosing whom to play: in demo and tests only, where officers are made up."""

from __future__ import annotations

from sqlalchemy import Engine

from models.agencies import Agency, Officer
from models.errors import NotFound
from storage.engine import transaction
from storage.people import directory
from web.installation import Installation

STRENGTH = "persona"


def check(here: Installation) -> None:
    """Refuse where officers are real.

    Raises:
        NotFound: these pages have no personas.
    """
    if not here.personas:
        raise NotFound("there is no such page")


def all_of_them(database: Engine) -> list[tuple[Agency, list[Officer]]]:
    """Return agencies with the officers who may act for them."""
    with transaction(database) as connection:
        agencies = directory.agencies(connection)
        officers = directory.officers(connection)
    return [
        (agency, [o for o in officers if o.agency == agency.id and o.functions])
        for agency in agencies
    ]
