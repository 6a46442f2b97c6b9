"""Who outside a case may be told that it exists, and how much."""

from __future__ import annotations

from models.agencies import AgencyKind, OfficerFunction
from models.law.rows import LawRow
from models.secrecy import Secrecy


class Telling(LawRow):
    """What one mode of secrecy tells: to officers of these kinds of agency.

    A kind that is not in `told` learns nothing, as if the case were invisible.
    `contact` is the function to ask at the agency that leads the case.
    """

    mode: Secrecy
    told: tuple[AgencyKind, ...]
    contact: OfficerFunction
