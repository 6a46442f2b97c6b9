"""The trail as an auditor reads it: entries by what they are about, under the walls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Row,
    Select,
    func,
    select,
    union_all,
)

from ledger.erased import subject
from ledger.people import PEOPLE
from models.erasing import Tombstone
from models.events import Entry, EventKind
from models.ids import ItemId
from models.pages import Window
from models.trail import Concerned, Opening, TrailEntry, Wanted
from storage import rulings, sightings
from storage import tables as t
from storage.log import tombstones
from storage.rulings import Kept
from vault.commitments import commit

_BATCH = 1_000
_Query = Select[tuple[int, bytes, bytes, UUID]]
_COLUMNS = (t.entry.c.seq, t.entry.c.body, t.entry.c.leaf, t.entry.c.entry_id)


class Extent(NamedTuple):
    """How many entries there are, and the numbers of first and last; -1 without any."""

    entries: int
    first: int
    last: int


class Beside(NamedTuple):
    """What lies beside the ledger: rulings by their id, pages by that of the entry."""

    rulings: Mapping[UUID, Kept]
    pages: Mapping[UUID, Kept]


def page(connection: Connection, wanted: Wanted, window: Window) -> list[TrailEntry]:
    """Return a page of entries, latest first."""
    return _latest(connection, _query(wanted), window)


def after(
    connection: Connection,
    wanted: Wanted,
    seq: int,
    *,
    limit: int,
    size: int | None = None,
) -> list[TrailEntry]:
    """Return entries in order after a number, up to what a tree of `size` covers."""
    query = _query(wanted).where(t.entry.c.seq > seq).order_by(t.entry.c.seq)
    if size is not None:
        query = query.where(t.entry.c.seq < size)
    return _with_parts(connection, connection.execute(query.limit(limit)).all())


def every(
    connection: Connection, wanted: Wanted, *, size: int | None = None
) -> Iterator[TrailEntry]:
    """Yield entries in order, up to what a tree of `size` covers; a batch in memory."""
    last = -1
    while batch := after(connection, wanted, last, limit=_BATCH, size=size):
        yield from batch
        last = batch[-1].seq


def received(
    connection: Connection, concerned: Concerned, window: Window
) -> list[TrailEntry]:
    """Return entries by which somebody received items, latest first.

    They name items and recipients, in the cases or of the items that are meant: a page
    of names that was opened at once is of no one case.
    """
    entry = t.entry.c
    halves = [select(entry.seq).where(entry.case_id.in_(concerned.cases))]
    for item in sorted(concerned.items):
        named = func.entries_of_item(item).column_valued("named")
        halves.append(select(named))
    query = _query(Wanted()).where(
        entry.seq.in_(union_all(*halves)),
        entry.item_ids.is_not(None),
        func.said(entry.body).op("?")("recipients"),
        entry.kind != EventKind.READ_REFUSED,
    )
    return _latest(connection, query, window)


def one(
    connection: Connection, entry: UUID, size: int | None = None
) -> TrailEntry | None:
    """Return an entry by its id; given a `size`, only if such a tree covers it."""
    row = t.entry.c
    query = _query(Wanted()).where(row.entry_id == entry)
    if size is not None:
        query = query.where(row.seq < size)
    found = _with_parts(connection, connection.execute(query).all())
    return found[0] if found else None


def extent(connection: Connection, wanted: Wanted, size: int | None = None) -> Extent:
    """Return how many entries fit that a checkpoint of `size` covers, and which."""
    query = _query(wanted)
    if size is not None:
        query = query.where(t.entry.c.seq < size)
    inner = query.subquery()
    found = func.count(), func.min(inner.c.seq), func.max(inner.c.seq)
    count, first, last = connection.execute(select(*found).select_from(inner)).one()
    return Extent(count, first, last) if count else Extent(0, -1, -1)


def agencies_of(connection: Connection, entries: Sequence[UUID]) -> Mapping[UUID, str]:
    """Return whose entries these are; what may not be seen is missing."""
    row = t.entry.c
    query = select(row.entry_id, row.agency_id).where(row.entry_id.in_(entries))
    return {found.entry_id: found.agency_id for found in connection.execute(query)}


def is_named(connection: Connection, item: UUID) -> bool:
    """Tell whether an entry that the connection may see names an item."""
    named = func.entries_of_item(item).column_valued("named")
    return connection.execute(select(named).limit(1)).first() is not None


def first_checkpoint_over(connection: Connection, seq: int) -> str:
    """Return the checkpoint that was the first to cover an entry."""
    over = t.checkpoint.c.size > seq
    query = select(t.checkpoint.c.note).where(over).order_by(t.checkpoint.c.size)
    return str(connection.execute(query.limit(1)).scalar_one())


def beside(connection: Connection, found: Sequence[TrailEntry]) -> Beside:
    """Return the rulings and pages that entries commit to, as far as they are kept."""
    cited = [note.id for each in found for note in each.entry.rulings]
    shown = [each.entry.id for each in found if each.entry.shown]
    return Beside(rulings.kept(connection, cited), sightings.kept(connection, shown))


def _latest(connection: Connection, query: _Query, window: Window) -> list[TrailEntry]:
    """Return the latest entries that a query finds, after the one of the window."""
    entry = t.entry.c
    if window.after is not None:
        place = select(entry.seq).where(entry.entry_id == window.after)
        query = query.where(entry.seq < place.scalar_subquery())
    found = connection.execute(query.order_by(entry.seq.desc()).limit(window.limit))
    return _with_parts(connection, found.all())


def _query(wanted: Wanted) -> _Query:
    query, entry = select(*_COLUMNS), t.entry.c
    if wanted.case is not None:
        query = query.where(entry.case_id == wanted.case)
    if wanted.item is not None:
        query = query.where(entry.seq.in_(_about(wanted.item)))
    if wanted.officer:
        mine = select(t.salt.c.leaf).where(t.salt.c.officer_id == wanted.officer)
        query = query.where(entry.leaf.in_(mine))
    if wanted.since is not None:
        query = query.where(entry.day >= wanted.since.isoformat())
    if wanted.until is not None:
        query = query.where(entry.day <= wanted.until.isoformat())
    if wanted.kinds:
        query = query.where(entry.kind.in_(wanted.kinds))
    return query


def _about(item: ItemId) -> CompoundSelect[tuple[int]]:
    """Return the numbers of entries that name an item, or whose page showed it.

    Each half by an index of its own: behind one `or` every entry would be read.
    """
    named = func.entries_of_item(item).column_valued("named")
    shown, placed = t.sighting.c, t.entry.alias("placed")
    listed = (
        select(placed.c.seq)
        .join(t.sighting, shown.entry_id == placed.c.entry_id)
        .where(shown.item_id == item)
    )
    return select(named).union_all(listed)


def erasing(
    connection: Connection, wanted: Wanted, size: int
) -> Sequence[Row[int, bytes, UUID, str]]:
    """Return the entries that erased parts of those wanted: number, bytes, id, agency.

    Those that a tree of `size` does not cover are left out.
    """
    fitting = _query(wanted).where(t.entry.c.seq < size).subquery()
    stone = t.tombstone.c
    by = select(stone.erasure).where(stone.leaf.in_(select(fitting.c.leaf)))
    entry = t.entry.c
    query = select(entry.seq, entry.body, entry.entry_id, entry.agency_id).where(
        entry.entry_id.in_(by), entry.seq < size
    )
    return connection.execute(query.order_by(entry.seq)).all()


def _with_parts(
    connection: Connection, rows: Sequence[Row[tuple[int, bytes, bytes, UUID]]]
) -> list[TrailEntry]:
    leaves = [row.leaf for row in rows]
    opened: dict[bytes, dict[str, Opening]] = {leaf: {} for leaf in leaves}
    erased: dict[bytes, dict[str, Tombstone]] = {leaf: {} for leaf in leaves}
    people = select(t.salt).where(t.salt.c.leaf.in_(leaves))
    about = select(t.subject_salt).where(t.subject_salt.c.leaf.in_(leaves))
    for row in connection.execute(people):
        opened[row.leaf][row.kind] = Opening(row.officer_id, row.salt)
    for row in connection.execute(about):
        opened[row.leaf][subject(row.item_id)] = Opening(row.seal, row.salt)
    for part, stone in tombstones.of_leaves(connection, leaves).items():
        erased[part.leaf][part.name] = stone
    return [_entry(row, opened[row.leaf], erased[row.leaf]) for row in rows]


def _entry(
    row: Row[tuple[int, bytes, bytes, UUID]],
    opened: Mapping[str, Opening],
    erased: dict[str, Tombstone],
) -> TrailEntry:
    """Return an entry with those to whom it commits, whatever else is claimed.

    Rows of salts are written by whoever acts: one that fits no commitment names nobody,
    and `ledger verify` tells of it.
    """
    entry = Entry.model_validate_json(row.body)
    bound = {field: getattr(entry, field) for field in PEOPLE}
    bound |= {subject(item): each for item, each in entry.subjects.items()}
    true = {
        name: each
        for name, each in opened.items()
        if commit(each.salt, each.value).hex() == bound.get(name)
    }
    return TrailEntry(row.seq, row.body, entry, true, erased)
