"""Breaking the glass, reviewing it, and telling those whose items were read."""

from __future__ import annotations

from uuid import UUID, uuid4

from acts.desk import Desk
from acts.performing import Done, perform
from models.agencies import Officer
from models.ids import CaseId
from models.messages.people import BreakGlass, ReviewGlass
from models.people import GlassGround, ReviewOutcome
from storage import glass
from storage.glass import Glass
from storage.sessions import acting


async def break_glass(
    desk: Desk, officer: Officer, case: CaseId, ground: GlassGround, hours: int
) -> Done:
    """Read a case for some hours without being named; a review opens."""
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
