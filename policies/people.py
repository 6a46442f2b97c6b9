"""Who is named for a case by the law itself, and who may stand in for whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from models.agencies import AgencyKind, Officer, OfficerFunction
from models.errors import InvalidInput, NotPermitted
from models.ids import AgencyId, CaseId, OfficerId
from models.values import Value

SETS_TO_WORK = frozenset({OfficerFunction.SUPERVISOR, OfficerFunction.MAYOR})
"""Who says in an agency who works on what: a rule of ours."""


class Cover(Value):
    """One officer in the place of another of the same agency; both days are in it.

    Without a case it holds for all that the absent officer is named for, each day anew.
    """

    agency: AgencyId
    absent: OfficerId
    covering: OfficerId
    from_day: date
    until_day: date
    case: CaseId | None = None


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


def check_cover(cover: Cover, by: Officer, today: date) -> None:
    """Refuse a cover that an officer may not arrange; a rule of ours.

    Raises:
        NotPermitted: neither a supervisor nor the mayor, or for oneself.
        InvalidInput: the days or officers do not fit.
    """
    check_sets_to_work(by)
    if cover.covering == by.id:
        raise NotPermitted(
            "nobody lets themselves stand in for somebody",
            help="let another supervisor or the mayor arrange it",
        )
    if cover.covering == cover.absent:
        raise InvalidInput(
            f"`{cover.absent}` cannot stand in for themselves",
            help="name a colleague with `--by`",
        )
    if not today <= cover.from_day <= cover.until_day:
        raise InvalidInput(
            f"from `{cover.from_day}` until `{cover.until_day}` is not possible",
            help=f"a cover begins on {today} or later, and ends on a later day or then",
        )


def sets_to_work(officer: Officer) -> bool:
    """Tell whether an officer sets people to work; only they learn who is excluded."""
    return bool(officer.functions & SETS_TO_WORK)


def check_sets_to_work(officer: Officer) -> None:
    """Refuse an officer who does not set people to work in the own agency.

    Raises:
        NotPermitted: neither a supervisor nor the mayor.
    """
    if not sets_to_work(officer):
        raise NotPermitted(
            "covers are arranged by a supervisor or the mayor",
            help="ask one of your agency",
        )
