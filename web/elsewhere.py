"""What is served at other pages: where the keys of an officer's agency are.

The embedded set-up has every agency's keys behind one address. Where agencies keep
their own, each has pages of its own, and those of coordination have no keys at all.
"""

from __future__ import annotations

from models.agencies import Officer
from models.errors import ServedElsewhere
from web.installation import Installation


def has_keys(here: Installation, officer: Officer) -> bool:
    """Tell whether content of the officer's agency can be sealed and opened here."""
    return officer.agency in here.desk.nodes


def address_for(here: Installation, officer: Officer) -> str:
    """Return where the officer's agency has its pages; empty if nobody said."""
    return here.pages.get(officer.agency, "")


def check_agency(here: Installation, officer: Officer) -> None:
    """Refuse officers of others at pages that are of one agency.

    Raises:
        ServedElsewhere: their pages have another address.
    """
    if here.desk.own not in (None, officer.agency):
        raise _elsewhere(
            here, officer, f"these are the pages of `{here.desk.own}` and not yours"
        )


def check_keys(here: Installation, officer: Officer) -> None:
    """Refuse what shows or takes content where the agency's keys are not.

    Raises:
        ServedElsewhere: it is served where they are.
    """
    if not has_keys(here, officer):
        raise _elsewhere(
            here, officer, "content of your agency is shown and taken at its own pages"
        )


def _elsewhere(here: Installation, officer: Officer, said: str) -> ServedElsewhere:
    address = address_for(here, officer)
    if address:
        there = "the pages of your agency are at this address"
        return ServedElsewhere(said, help=there, address=address)
    return ServedElsewhere(
        said, help="ask whoever runs your agency's node where its pages are"
    )
