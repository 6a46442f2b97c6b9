"""A page of a list is one read: one entry for all that it showed, or no page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Ruled, note_rulings
from models.agencies import Reader
from models.events import Entry, Operation, RulingNote
from models.ids import CaseId, HandoffId, ItemId
from models.kinds.reads import ListShown
from models.pages import Shown, ShownItem
from storage import sightings
from storage.log import evidence
from storage.writing import Rows, together


@dataclass(frozen=True)
class Showing:
    """What a page is about to show.

    Attributes:
        query: which list, in closed words; what was typed never stands here.
        rows: ids of the rows, in the order shown.
        items: the rows that tell of an item, each with the ruling that allows it.
        counts: figures that stand on the page.
    """

    query: str
    case: CaseId | None = None
    handoff: HandoffId | None = None
    rows: Sequence[UUID] = ()
    items: Sequence[Ruled] = ()
    counts: dict[str, int] = field(default_factory=dict)


class Logged(NamedTuple):
    """The entry of a page: its id, and the receipt."""

    entry: UUID
    receipt: str


def log_page(
    desk: Desk, connection: Connection, reader: Reader, showing: Showing
) -> str:
    """Write the entry of a page in the transaction that read it; return the receipt.

    The page may be shown once this transaction is committed, and not before.
    """
    return prove_page(desk, connection, reader, showing).receipt


def prove_page(
    desk: Desk, connection: Connection, reader: Reader, showing: Showing
) -> Logged:
    """Do as `log_page` does, for whoever releases what the page names."""
    entry = _entry(desk, reader, showing)
    with together(connection) as rows:
        return Logged(entry.id, _gather(rows, reader, showing, entry))


def _gather(rows: Rows, reader: Reader, showing: Showing, entry: Entry) -> str:
    notes = note_rulings(rows, showing.items, entry)
    shown = Shown(
        entry=entry.id,
        query=showing.query,
        case=showing.case,
        handoff=showing.handoff,
        rows=tuple(showing.rows),
        items=tuple(_shown_item(each, notes) for each in showing.items),
        counts=showing.counts,
    )
    page = sightings.keep_page(rows, shown)
    cited = {note.id: note for note in notes.values()}
    entry = entry.model_copy(update={"rulings": tuple(cited.values()), "shown": page})
    seen = [each.known for each in showing.items]
    sightings.note(rows, entry, reader.officer, seen)
    return evidence.gather(rows, entry, reader.officer.id)


def _shown_item(ruled: Ruled, notes: Mapping[ItemId, RulingNote]) -> ShownItem:
    known, read = ruled
    return ShownItem(
        item=known.item,
        ruling=notes[known.item].id,
        on_behalf_of=read.on_behalf_of or "",
    )


def _entry(desk: Desk, reader: Reader, showing: Showing) -> Entry:
    touched = Operation.CONSULTATION if showing.items else Operation.PROCEDURE
    return evidence.new_entry(
        ListShown(
            operation=touched,
            at=desk.clock.now(),
            case=showing.case,
            handoff=showing.handoff,
            agency=reader.officer.agency,
            function=min(reader.officer.functions),
            recipients=(reader.officer.agency,),
            purpose=reader.purpose,
            detail=showing.query,
        )
    )
