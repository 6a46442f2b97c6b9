"""Making items honey records: known to auditors of one agency alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from acts.audit.auditing import require_auditor
from acts.desk import Desk
from acts.pages.showing import Showing, log_page
from models.agencies import OfficerFunction, Reader
from models.errors import Conflict, NotFound
from models.honey import Honey
from models.ids import ItemId
from models.kinds.honey import HoneyEvent, HoneyLifted, HoneySet
from models.pages import Query
from models.values import Value
from storage.audits import honey
from storage.log import evidence, trail
from storage.sessions import acting


class HoneyDone(Value):
    """An item that is watched from now on, or no more, and the receipt."""

    item: ItemId
    receipt: str


def set_honey(desk: Desk, reader: Reader, item: ItemId) -> HoneyDone:
    """Make an item of the trail a honey record: a read of it is unusual from now on.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: no entry that the auditor sees names the item.
        Conflict: it is one already.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        if not trail.is_named(connection, item):
            raise NotFound(
                f"there is no item `{str(item)[:8]}` in the trail for you",
                help="find one with `estafette audit trail --kind item.add`",
            )
        at = desk.clock.now()
        if any(e.item == item and e.lifted_at is None for e in honey.every(connection)):
            raise Conflict(
                f"`{str(item)[:8]}` is a honey record already",
                help="list yours with `estafette audit honey list`",
            )
        honey.enter(connection, reader.officer.agency, Honey(item=item, set_at=at))
        return _prove(connection, reader, item, (HoneySet, at))


def lift_honey(desk: Desk, reader: Reader, item: ItemId) -> HoneyDone:
    """Let an item be no honey record any more; what was read before stays unusual.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: it is none.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        at = desk.clock.now()
        if not honey.lift(connection, item, at):
            raise NotFound(
                f"`{str(item)[:8]}` is no honey record of yours",
                help="list them with `estafette audit honey list`",
            )
        return _prove(connection, reader, item, (HoneyLifted, at))


def listed(desk: Desk, reader: Reader) -> list[Honey]:
    """Return the honey records of the auditor's agency; the page is an entry.

    Raises:
        NotPermitted: the reader is no auditor.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = list(honey.every(connection))
        rows = [each.item for each in found]
        log_page(desk, connection, reader, Showing(query=Query.HONEY, rows=rows))
    return found


def _prove(
    connection: Connection,
    reader: Reader,
    item: ItemId,
    done: tuple[type[HoneyEvent], datetime],
) -> HoneyDone:
    kind, at = done
    entry = evidence.new_entry(
        kind(
            at=at,
            items=(item,),
            agency=reader.officer.agency,
            function=OfficerFunction.AUDITOR,
            purpose=reader.purpose,
        )
    )
    receipt = evidence.append(connection, entry, reader.officer.id)
    return HoneyDone(item=item, receipt=receipt)
