"""Breaking the glass, reviewing it, and telling those whose items were read."""

from __future__ import annotations

from uuid import UUID, uuid4

from acts.desk import Desk
from acts.performing import Done, perform
from models.act_kinds import ActKind
from models.agencies import Officer, OfficerFunction
from models.errors import NotPermitted
from models.ids import CaseId
from models.messages.people import BreakGlass, ReviewGlass
from models.people import Glass, GlassGround, ReviewOutcome
from policies.emergencies import check_hours, load_emergency_rule
from policies.procedure import check_function
from storage.people import directory, glass
from storage.sessions import acting


async def break_glass(
    desk: Desk, officer: Officer, case: CaseId, ground: GlassGround, hours: int
) -> Done:
    """Read a case for some hours without being named; a review opens.

    Raises:
        NotPermitted, InvalidInput: not for that function, for too long, or without a
            superior to review it; found before any case is looked for, so that a
            refusal tells of none.
        NotFound: the case is absent, nothing of it was given to the agency, or all who
            could review it are kept out of it.
    """
    _check_before_looking(desk, officer, hours)
    message = BreakGlass(glass=uuid4(), ground=ground, hours=hours)
    return await perform(desk, officer, case, message)


async def review(
    desk: Desk, officer: Officer, case: CaseId, emergency: UUID, outcome: ReviewOutcome
) -> Done:
    """Conclude the review of an emergency."""
    message = ReviewGlass(glass=emergency, outcome=outcome)
    return await perform(desk, officer, case, message)


def open_reviews(desk: Desk, officer: Officer, case: CaseId) -> list[Glass]:
    """Return the emergencies of a case that wait for a review by one's agency."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return glass.reviews(connection, officer.agency, case)


def _check_before_looking(desk: Desk, officer: Officer, hours: int) -> None:
    rules = [
        row
        for pack in desk.packs.packs
        for row in pack.acts
        if row.act == ActKind.CASE_BREAK_GLASS
    ]
    if rules and not any(set(row.by) & officer.functions for row in rules):
        check_function(rules[0], officer.functions)
    check_hours(load_emergency_rule(), hours)
    with acting(desk.database, desk.acting(officer)) as connection:
        superiors = directory.officers_with(
            connection, officer.agency, OfficerFunction.SUPERVISOR
        )
    if not {*superiors} - {officer.id}:
        raise NotPermitted(
            "nobody in your agency could review an emergency",
            help="a supervisor must be in the directory first",
        )
