"""Who is named for a case by the law itself, without anybody naming them."""

from __future__ import annotations

from collections.abc import Collection

from models.agencies import AgencyKind, OfficerFunction


def named_by_law(
    functions: Collection[OfficerFunction], kind: AgencyKind, *, leads: bool
) -> bool:
    """Tell whether an officer is named for a case because of their function.

    The inquiry is done under the mayor's authority (NLC 119ter §2), and the mayor has
    access to the file of the own commune (NLC 119quinquies §4): whoever is mayor now,
    not only the one who opened it. The walls ask `mayor_of` in the database, and policy
    `mayor-reads`; tests hold the three against each other.
    """
    mayor = OfficerFunction.MAYOR in functions
    return leads and mayor and kind is AgencyKind.MUNICIPALITY
