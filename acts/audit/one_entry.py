"""One entry of the trail with the rulings behind it, and what its page showed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from acts.audit.auditing import (
    TrailLine,
    line_of,
    no_such_entry,
    require_auditor,
    seen,
)
from acts.desk import Desk
from acts.pages.showing import log_page
from models.agencies import Reader
from models.events import EventKind, RulingNote
from models.pages import Query, Shown
from models.rulings import Ruling
from models.trail import TrailEntry, Wanted
from models.values import Value
from storage import rulings, sightings
from storage.log import trail
from storage.sessions import acting


class GivenRuling(Value):
    """A ruling that an entry cites; without `ruling` it was erased with the names.

    `items` are those it is known to be about. A ruling on several items that are alike
    names the first of them, so those of a release with several rulings may be more.
    """

    note: RulingNote
    ruling: Ruling | None
    items: tuple[UUID, ...] = ()


class OneEntry(Value):
    """An entry with what stands behind it.

    `shown` is what a page showed, if the entry is of one and it was not erased.
    """

    line: TrailLine
    rulings: tuple[GivenRuling, ...]
    shown: Shown | None
    seq: int


def show_entry(desk: Desk, reader: Reader, entry: UUID) -> OneEntry:
    """Return an entry of the trail with its rulings; the look is itself an entry.

    Raises:
        NotPermitted: the reader is no auditor.
        NotFound: absent, hidden, or not ordered yet.
    """
    require_auditor(reader)
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        found = trail.one(connection, entry)
        if found is None:
            raise no_such_entry(entry)
        wanted = Wanted(case=found.entry.case)
        log_page(desk, connection, reader, seen(Query.ENTRY, wanted, [found]))
        shown = _shown(connection, found)
        return OneEntry(
            line=line_of(found),
            rulings=tuple(_given(connection, found, shown)),
            shown=shown,
            seq=found.seq,
        )


def _given(
    connection: Connection, found: TrailEntry, shown: Shown | None
) -> Sequence[GivenRuling]:
    notes = found.entry.rulings
    kept = rulings.kept(connection, [note.id for note in notes])
    given = []
    for note in notes:
        stored = kept.get(note.id)
        ruling = Ruling.model_validate(stored.document) if stored else None
        about = _about(found, note, ruling, shown)
        given.append(GivenRuling(note=note, ruling=ruling, items=tuple(about)))
    return given


def _about(
    found: TrailEntry, note: RulingNote, ruling: Ruling | None, shown: Shown | None
) -> Sequence[UUID]:
    """Return the items that a ruling is about, as far as what is kept names them."""
    if shown:
        return [each.item for each in shown.items if each.ruling == note.id]
    entry = found.entry
    if entry.kind == EventKind.ITEM_RELEASED and len(entry.rulings) == 1:
        return entry.items
    return [UUID(ruling.facts.item)] if ruling else []


def _shown(connection: Connection, found: TrailEntry) -> Shown | None:
    page = sightings.kept(connection, [found.entry.id]).get(found.entry.id)
    return Shown.model_validate(page.document) if page else None
