"""Statutory lists: made by the DPO from what the agency holds, sealed for the DPO."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection

from acts.audit.auditing import require_dpo
from acts.audit.papers import Draft, Reading, paper_of, seal
from acts.desk import Desk
from acts.items.reading import OpenedItem, read_all
from acts.pages.showing import Showing, log_page
from models.agencies import OfficerFunction, Reader
from models.clock import legal_day
from models.errors import InvalidInput, NotFound
from models.ids import PaperId
from models.kinds.statutory import StatutoryListMade
from models.pages import Query, Window
from models.papers import PaperKind
from models.statutory import Consulted, ListContent, Processed, StatutoryList
from models.subjects import SubjectCard
from models.values import Value
from policies.statutory import load_list_rule
from storage.audits import statutory
from storage.log import evidence
from storage.sessions import acting


class ListMade(Value):
    """A list that was made, how many stand on it, and the receipt."""

    made: StatutoryList
    persons: int
    databases: int
    receipt: str


class ListRead(Value):
    """A list with what stands on it; None once it was destroyed."""

    made: StatutoryList
    content: ListContent | None
    receipt: str


def make(desk: Desk, reader: Reader, first: date, last: date) -> ListMade:
    """Make the list of persons processed and databases consulted in a period.

    The subject cards are opened at the DPO's own node, as reads that are logged.

    Raises:
        NotPermitted: the reader is no DPO.
        InvalidInput: the period ends before it begins.
    """
    require_dpo(reader)
    if last < first:
        raise InvalidInput(f"`{last}` is before `{first}`", help="turn them around")
    officer, now = reader.officer, desk.clock.now()
    opened = read_all(
        desk, reader, lambda c: statutory.cards(c, officer.agency, first, last)
    )
    made = StatutoryList(
        id=uuid4(),
        paper=paper_of(desk),
        agency=officer.agency,
        first=first,
        last=last,
        made_at=now,
        kept_until=load_list_rule().until(legal_day(now)),
    )
    with acting(desk.database, desk.acting(officer)) as connection:
        where = statutory.consulted(connection, first, last)
        statutory.enter(connection, made)
        content = _content(made, opened, where)
        kind, own = PaperKind.STATUTORY_LIST, (officer.agency,)
        text = content.model_dump_json()
        seal(desk, connection, officer, Draft(kind, made.id, own, text, made.paper))
        receipt = _prove(desk, connection, reader, made)
    return _counted(made, content, receipt)


def taken(desk: Desk, reader: Reader, paper: PaperId) -> ListMade | None:
    """Return the list with this paper, if it was made; it is opened to be counted.

    Raises:
        NotPermitted: the reader is no DPO.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = statutory.with_paper(connection, paper)
    if found is None:
        return None
    read = show(desk, reader, found.id)
    return _counted(found, read.content, read.receipt)


def listed(desk: Desk, reader: Reader, window: Window) -> list[StatutoryList]:
    """Return a page of the lists that the DPO's agency has, newest first.

    The page is an entry.

    Raises:
        NotPermitted: the reader is no DPO.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = statutory.page(connection, window)
        rows = [each.id for each in found]
        log_page(desk, connection, reader, Showing(query=Query.STATUTORY, rows=rows))
    return found


def show(desk: Desk, reader: Reader, identifier: UUID) -> ListRead:
    """Return what stands on a list, which comes out once the entry is committed.

    Raises:
        NotPermitted: the reader is no DPO.
        NotFound: absent or hidden.
    """
    require_dpo(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        made = statutory.find(connection, identifier)
        if made is None:
            raise NotFound(
                f"there is no statutory list `{str(identifier)[:8]}` for you",
                help="list them with `estafette audit statutory list`",
            )
        reading = Reading(desk, reader, [made.paper])
        rows = [made.id, made.paper]
        receipt = reading.log(connection, Showing(query=Query.STATUTORY, rows=rows))
    text = reading.texts().get(made.paper)
    content = ListContent.model_validate_json(text) if text is not None else None
    return ListRead(made=made, content=content, receipt=receipt)


def _counted(
    made: StatutoryList, content: ListContent | None, receipt: str
) -> ListMade:
    """Return how much stands on a list; nothing, once its content was destroyed."""
    return ListMade(
        made=made,
        persons=len(content.persons) if content else 0,
        databases=len(content.databases) if content else 0,
        receipt=receipt,
    )


def _content(
    made: StatutoryList, opened: Sequence[OpenedItem], where: Sequence[Consulted]
) -> ListContent:
    return ListContent(
        agency=made.agency,
        first=made.first,
        last=made.last,
        persons=tuple(_person(each) for each in opened),
        databases=tuple(where),
    )


def _prove(
    desk: Desk, connection: Connection, reader: Reader, made: StatutoryList
) -> str:
    entry = evidence.new_entry(
        StatutoryListMade(
            at=desk.clock.now(),
            items=(made.id, made.paper),
            agency=made.agency,
            function=OfficerFunction.DPO,
            purpose=reader.purpose,
            article=load_list_rule().article,
            detail=f"{made.first} {made.last}",
        )
    )
    return evidence.append(connection, entry, reader.officer.id)


def _person(opened: OpenedItem) -> Processed:
    known, about = opened.known, SubjectCard.model_validate_json(opened.body)
    return Processed(case=known.case, item=known.item, about=about)
