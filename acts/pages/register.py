"""The central register, for those who keep it: what was filed, newest first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from acts.desk import Desk
from acts.items.ruling import Bench
from acts.pages.showing import Showing, log_page
from models.agencies import Reader
from models.ids import AgencyId, CaseId
from models.items import ItemState, KnownItem
from models.pages import Query, Window
from models.values import Value
from storage import items, lists
from storage.sessions import acting


class RegisterEntry(Value):
    """A measure in the register: which municipality filed what, and when.

    `filing` is what it sent with it; None if it is `gone`, such as once it was taken
    back, or if policy does not let the reader open it.
    """

    id: UUID
    case: CaseId
    commune: AgencyId
    measure: str
    decided_on: date
    entered_at: datetime
    filing: KnownItem | None
    gone: bool


def list_register(desk: Desk, reader: Reader, window: Window) -> list[RegisterEntry]:
    """Return a page of the register that the reader keeps; others keep none."""
    agency = reader.officer.agency
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        rows = lists.register_page(connection, agency, window)
        filed = items.known_among(connection, agency, [row.filing_id for row in rows])
        ruled = Bench(desk, connection, reader).readable(filed)
        showing = Showing(
            query=Query.REGISTER, rows=[row.id for row in rows], items=ruled
        )
        log_page(desk, connection, reader, showing)
    readable = {each.known.item: each.known for each in ruled}
    live = {each.item for each in filed if each.state is ItemState.LIVE}
    return [
        RegisterEntry(
            id=row.id,
            case=row.case_id,
            commune=row.commune,
            measure=row.measure,
            decided_on=row.decided_on,
            entered_at=row.entered_at,
            filing=readable.get(row.filing_id),
            gone=row.filing_id not in live,
        )
        for row in rows
    ]
