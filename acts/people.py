"""Who works on a case: naming officers, ending it, keeping them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from acts.desk import Desk
from acts.looking_up import find_handoff
from acts.performing import Done, perform
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import CaseId, HandoffId, OfficerId
from models.messages.cases import Designate
from models.messages.people import (
    DesignateForHandoff,
    Exclude,
    Readmit,
    Recuse,
    Release,
)
from models.packs import Pack
from models.people import Designated, Exclusion, ExclusionGround, Glass
from models.values import Value
from storage import intents
from storage.at_once import Asked, ask
from storage.cases import no_such_case
from storage.people import designations, directory, exclusions, glass
from storage.sessions import acting

PEOPLE: Asked = (
    ("exclusions", exclusions.OF_CASE),
    ("emergencies", glass.REVIEWS_OF_CASE),
)
"""What to ask for `people_of`: of an `agency` in a `case` on a `day`."""


class CasePeople(Value):
    """Who of the reader's agency is named for a case, and who is kept out of it."""

    case: CaseId
    designated: tuple[Designated, ...]
    excluded: tuple[Exclusion, ...]
    emergencies: tuple[Glass, ...]

    def of_question(self, handoff: HandoffId) -> CasePeople:
        """Leave out who is named for other questions of the case alone."""
        here = tuple(d for d in self.designated if d.handoff in (None, handoff))
        return self.model_copy(update={"designated": here})


def who_works(desk: Desk, officer: Officer, case: CaseId) -> CasePeople:
    """Return who of an officer's agency works on a case, as far as the officer may see.

    Raises:
        NotFound: the case is absent or hidden.
    """
    with acting(desk.database, desk.acting(officer)) as connection:
        if not intents.may_stage(connection, ActKind.CASE_RELEASE, case):
            raise no_such_case(case)
        named = designations.of_case(connection, case, officer.agency, desk.today)
        asked = {"case": case, "agency": officer.agency, "day": desk.today}
        return people_of(case, named, ask(connection, PEOPLE, asked))


def people_of(
    case: CaseId, named: Iterable[Designated], rows: Mapping[str, Sequence[Any]]
) -> CasePeople:
    """Return who works on a case, of those who are named and the rows of `PEOPLE`."""
    return CasePeople(
        case=case,
        designated=tuple(named),
        excluded=tuple(map(exclusions.exclusion_of, rows["exclusions"])),
        emergencies=tuple(map(glass.glass_of, rows["emergencies"])),
    )


def colleagues(desk: Desk, officer: Officer) -> list[Officer]:
    """Return the officers of one's own agency, by id."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return directory.officers_of(connection, officer.agency)


def who_could_work(desk: Desk, officer: Officer, pack: Pack) -> list[Officer]:
    """Return those of one's own agency whose function has work in a case of a route.

    Whoever watches over others, or decides on what they prepared, has none in it.
    """
    works = frozenset(pack.act(ActKind.ITEM_ADD).by)
    return [each for each in colleagues(desk, officer) if each.functions & works]


async def designate(
    desk: Desk, officer: Officer, case: CaseId, named: OfficerId, until: date | None
) -> Done:
    """Name an officer for the case, or write the last day of it anew."""
    message = Designate(officer=named, until=until)
    return await perform(desk, officer, case, message)


async def designate_for_handoff(
    desk: Desk, officer: Officer, handoff: HandoffId, named: OfficerId
) -> Done:
    """Name an officer of the asked agency for a question."""
    found = find_handoff(desk, officer, handoff)
    message = DesignateForHandoff(handoff=handoff, officer=named)
    return await perform(desk, officer, found.case, message)


async def release(desk: Desk, officer: Officer, case: CaseId, named: OfficerId) -> Done:
    """End an officer's designations in the case; sight ends at once."""
    return await perform(desk, officer, case, Release(officer=named))


async def exclude(
    desk: Desk,
    officer: Officer,
    case: CaseId,
    named: OfficerId,
    ground: ExclusionGround,
) -> Done:
    """Keep an officer of one's agency out of a case."""
    return await perform(desk, officer, case, Exclude(officer=named, ground=ground))


async def recuse(
    desk: Desk, officer: Officer, case: CaseId, ground: ExclusionGround
) -> Done:
    """Declare a conflict of interest of one's own; the case is gone at once."""
    return await perform(desk, officer, case, Recuse(ground=ground))


async def readmit(desk: Desk, officer: Officer, case: CaseId, named: OfficerId) -> Done:
    """End an exclusion; a designation must be given anew."""
    return await perform(desk, officer, case, Readmit(officer=named))
