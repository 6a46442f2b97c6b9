"""What an officer may know of one case without opening any item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Bench, Ruled
from acts.pages.showing import Showing, log_page
from acts.pages.withdrawn import TakenBack, taken_back
from models.agencies import Reader
from models.cases import CaseRecord
from models.deadlines import DeadlineRecord
from models.decisions import Appeal, AppealWait, Decision, Hearing
from models.handoffs import HandoffRecord
from models.ids import CaseId
from models.items import KnownItem
from models.pages import Query
from models.people import Designated
from models.retention import DestructionDay
from models.values import Value
from storage import appeals, cases, lists
from storage.at_once import Asked, ask
from storage.case_view import PARTS, CaseView
from storage.cases import no_such_case
from storage.people import designations, standing
from storage.sessions import acting

_ASKED: Asked = (
    *standing.HELD,
    *PARTS,
    ("designated", designations.OF_CASE),
    ("story", lists.STORY),
)


class StoryLine(Value):
    """One line of a case's story; officers appear as function and service number."""

    id: UUID
    at: datetime
    kind: str
    agency: str
    function: str
    service_number: str
    on_behalf_of: str
    handoff: UUID | None
    article: str
    detail: str
    receipt: str


class CaseOverview(Value):
    """A case as far as its reader may know of it."""

    case: CaseRecord
    deadlines: tuple[DeadlineRecord, ...]
    handoffs: tuple[HandoffRecord, ...]
    items: tuple[KnownItem, ...]
    taken_back: tuple[TakenBack, ...] = ()
    hearings: tuple[Hearing, ...]
    decisions: tuple[Decision, ...]
    appeals: tuple[Appeal, ...]
    waits_for: AppealWait | None = None
    destruction: DestructionDay | None = None
    designated: tuple[Designated, ...]
    story: tuple[StoryLine, ...]


@dataclass(frozen=True)
class CaseRead:
    """A case that was read, before anything of it is shown.

    Attributes:
        ruled: the items that the reader may read.
        rows: what was asked, by name.
    """

    view: CaseView
    overview: CaseOverview
    ruled: Sequence[Ruled]
    rows: Mapping[str, Sequence[Any]]


def show_case(desk: Desk, reader: Reader, case: CaseId) -> CaseOverview:
    """Return a case with its clocks, handoffs, item headers and story: one read.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer, case)) as connection:
        return show(desk, connection, reader, case).overview


def look_up(desk: Desk, reader: Reader, case: CaseId) -> CaseOverview:
    """Return the same to find what an act is about; the page is not for showing.

    Raises:
        NotFound: absent or hidden.
    """
    with acting(desk.database, desk.acting(reader.officer, case)) as connection:
        return _read(desk, connection, reader, case).overview


def show(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    case: CaseId,
    also: Asked = (),
) -> CaseRead:
    """Read a case with what `also` asks: to be shown once this transaction has ended.

    Raises:
        NotFound: absent or hidden.
    """
    read = _read(desk, connection, reader, case, also)
    log_page(desk, connection, reader, _showing(read))
    return read


def find_view(desk: Desk, connection: Connection, case: CaseId) -> CaseView:
    """Return what the record knows of a case, as far as the connection may see.

    Raises:
        NotFound: absent or hidden.
    """
    found = cases.find(connection, case)
    if found is None:
        raise no_such_case(case)
    return view_of(desk, connection, found)


def view_of(desk: Desk, connection: Connection, case: CaseRecord) -> CaseView:
    """Return what the record knows of a case that was found."""
    pack = desk.packs.get(case.route, case.pack_version)
    return CaseView(connection, case, pack)


def _read(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    case: CaseId,
    also: Asked = (),
) -> CaseRead:
    # First by itself: what is hidden must not cost more than what never was.
    view = find_view(desk, connection, case)
    asking = standing.asking(reader.officer, case, desk.today)
    rows = ask(connection, (*_ASKED, *also), asking)
    view.fill(rows)
    mine = standing.standing_of(reader.officer, view.case, rows)
    held = [*view.items.values()]
    ruled = Bench(desk, connection, reader, {case: mine}).readable(held)
    overview = CaseOverview(
        case=view.case,
        deadlines=tuple(view.deadlines),
        handoffs=tuple(view.handoffs),
        items=tuple(each.known for each in ruled),
        taken_back=taken_back(desk, connection, reader, held),
        hearings=tuple(view.hearings),
        decisions=tuple(view.decisions),
        appeals=tuple(view.appeals),
        waits_for=awaited(desk, view),
        destruction=view.destruction,
        designated=tuple(map(designations.designated_of, rows["designated"])),
        story=tuple(map(story_line, rows["story"])),
    )
    return CaseRead(view, overview, ruled, rows)


def _showing(read: CaseRead) -> Showing:
    found = read.overview
    parts = (
        found.deadlines, found.handoffs, found.hearings, found.decisions,
        found.appeals, found.story, found.taken_back,
    )  # fmt: skip
    return Showing(
        query=Query.CASE,
        case=found.case.id,
        rows=[row.id for part in parts for row in part],
        items=read.ruled,
    )


def awaited(desk: Desk, view: CaseView) -> AppealWait | None:
    """Return what a case waits for, until its appeals are exhausted."""
    return appeals.awaited(view, desk.clock.now())


def story_line(row: Any) -> StoryLine:
    """Return the line that a row of a story holds."""
    return StoryLine(
        id=row.id,
        at=row.at,
        kind=row.kind,
        agency=row.agency_id,
        function=row.function,
        service_number=row.service_number,
        on_behalf_of=row.on_behalf_of,
        handoff=row.handoff_id,
        article=row.article,
        detail=row.detail,
        receipt=row.receipt,
    )
