"""What officers were shown: pages bound to their entries, and an index of releases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select, tuple_

from ledger.canonical import JsonValue, encode
from ledger.erased import Part
from ledger.shown import Index, Sight, StoredSight, verify_sights
from models.agencies import Officer
from models.errors import EntryAltered, InvalidInput
from models.events import Entry, EventKind
from models.handoffs import HandoffState
from models.ids import AgencyId, HandoffId, OfficerId
from models.items import KnownItem
from models.pages import Shown, Sighting
from storage import tables as t
from storage.log import tombstones
from storage.rulings import Kept
from storage.writing import Rows
from vault.commitments import commit, new_salt

Guards = Callable[[str, date, str], bool]
"""Tells whether a source of a pack, by route, version and code, has a guard."""


def keep_page(rows: Rows, shown: Shown) -> str:
    """Gather what a page showed and return the commitment for its entry, hex."""
    salt, document = new_salt(), shown.model_dump(mode="json")
    values = {"entry_id": shown.entry, "salt": salt, "shown": document}
    rows.add(t.list_page, values)
    return _commitment(salt, document)


def note(
    rows: Rows,
    entry: Entry,
    officer: Officer,
    items: Iterable[KnownItem],
    *,
    inside: Collection[HandoffId] = (),
) -> None:
    """Gather that an officer saw items, under the entry that says so.

    `inside`: guarded questions; until they are answered, that somebody saw their items
    shows nowhere but at the officer's own agency.
    """
    for known in items:
        rows.add(
            t.sighting,
            {
                "item_id": known.item,
                "entry_id": entry.id,
                "case_id": known.case,
                "originator": known.originator,
                "agency_id": entry.agency,
                "officer_id": officer.id,
                "function": entry.function,
                "service_number": officer.service_number,
                "kind": entry.kind,
                "at": entry.at,
                "inside": known.handoff if known.handoff in inside else None,
            },
        )


def of_item(connection: Connection, item: UUID) -> list[Sighting]:
    """Return to whom an item was released, as far as one may know, latest first.

    Colleagues have a name, because the directory shows them, and a reason once the
    entry is ordered.
    """
    seen = t.sighting.c
    name = select(func.min(t.officer.c.id)).where(
        t.officer.c.agency_id == seen.agency_id,
        t.officer.c.service_number == seen.service_number,
    )
    why = func.reasons_to_open(item).table_valued("entry_id", "reason").alias("why")
    query = (
        select(
            seen.entry_id, seen.agency_id, seen.function, seen.service_number,
            seen.kind, seen.at, name.scalar_subquery().label("officer"),
            why.c.reason,
        )
        .join(why, why.c.entry_id == seen.entry_id, isouter=True)
        .where(seen.item_id == item)
        .order_by(seen.at.desc(), seen.entry_id)
    )  # fmt: skip
    return [
        Sighting(
            entry=row.entry_id,
            agency=AgencyId(row.agency_id),
            officer=OfficerId(row.officer) if row.officer else None,
            function=row.function,
            service_number=row.service_number,
            kind=row.kind,
            at=row.at,
            reason=row.reason or "",
        )
        for row in connection.execute(query)
    ]


def kept(connection: Connection, entries: Sequence[UUID]) -> dict[UUID, Kept]:
    """Return what pages showed, by entry; what is gone is missing."""
    query = select(t.list_page).where(t.list_page.c.entry_id.in_(entries))
    return {
        row.entry_id: Kept(row.shown, row.salt) for row in connection.execute(query)
    }


def _recompute(
    connection: Connection, entries: Mapping[UUID, bytes]
) -> dict[UUID, StoredSight]:
    """Return what is stored of entries, given with their leaves, as entries say it.

    An officer whose salt is not there cannot be compared and is left out.
    """
    pages = _pages(connection, list(entries))
    salts = _salts(connection, list(entries.values()))
    found: dict[UUID, set[Index]] = {entry: set() for entry in entries}
    query = select(t.sighting).where(t.sighting.c.entry_id.in_(list(entries)))
    for row in connection.execute(query):
        salt = salts.get(entries[row.entry_id])
        officer = commit(salt, row.officer_id).hex() if salt else None
        index = Index(row.item_id, row.agency_id, row.function, row.kind, officer)
        found[row.entry_id].add(index)
    erased = tombstones.of_leaves(connection, list(entries.values()))
    return {
        entry: StoredSight(
            *pages.get(entry, ("", frozenset())),
            frozenset(rows),
            erased=Part(entries[entry], "officer") in erased,
        )
        for entry, rows in found.items()
    }


def verify(connection: Connection, seen: Iterable[Sight], guards: Guards) -> int:
    """Check pages and index against all entries that there are; return its rows.

    What is to stay inside an agency is derived from its questions and the `guards`.

    Raises:
        EntryAltered: a page or the index differs from what the entries say.
    """
    needed = verify_sights(seen, partial(_recompute, connection))
    count = select(func.count()).select_from(t.sighting)
    if connection.execute(count).scalar_one() != needed:
        raise EntryAltered("the index of releases has rows that no entry bears out")
    other = or_(
        t.item.c.originator != t.sighting.c.originator,
        t.item.c.case_id != t.sighting.c.case_id,
    )
    query = select(t.sighting.c.item_id).join(
        t.item, t.item.c.id == t.sighting.c.item_id
    )
    misfiled = connection.execute(query.where(other).limit(1)).scalar()
    if misfiled is not None:
        raise EntryAltered(f"the index misfiles item `{misfiled}`")
    _check_inside(connection, guards)
    return needed


def _check_inside(connection: Connection, guards: Guards) -> None:
    """Check that it is told of no opening what a guarded question keeps inside.

    Raises:
        EntryAltered: a row lacks its question, or names another.
    """
    asked, seen, held = t.handoff.c, t.sighting.c, t.audience.c
    source = (asked.route, asked.pack_version, asked.source)
    guarded = [
        tuple(row)
        for row in connection.execute(select(*source).distinct())
        if guards(*row)
    ]
    rows = t.sighting.outerjoin(
        t.audience,
        and_(held.item_id == seen.item_id, held.agency_id == seen.agency_id),
    ).outerjoin(
        t.handoff,
        and_(
            asked.id == func.coalesce(seen.inside, held.handoff_id),
            asked.asked == seen.agency_id,
            tuple_(*source).in_(guarded),
        ),
    )
    untold = and_(seen.inside.is_(None), asked.state != HandoffState.ANSWERED)
    stray = and_(
        seen.inside.is_not(None),
        or_(asked.id.is_(None), held.handoff_id != seen.inside),
    )
    query = select(seen.item_id).select_from(rows)
    query = query.where(seen.kind == EventKind.ITEM_RELEASED, or_(untold, stray))
    wrong = connection.execute(query.limit(1)).scalar()
    if wrong is not None:
        raise EntryAltered(f"the index misfiles an opening of item `{wrong}`")


def _pages(
    connection: Connection, entries: Sequence[UUID]
) -> dict[UUID, tuple[str, frozenset[UUID]]]:
    return {
        entry: _page(entry, page) for entry, page in kept(connection, entries).items()
    }


def _page(entry: UUID, page: Kept) -> tuple[str, frozenset[UUID]]:
    try:
        said = _commitment(page.salt, page.document)
        return said, frozenset(UUID(each["item"]) for each in page.document["items"])
    except (InvalidInput, LookupError, TypeError, ValueError) as error:
        raise EntryAltered(
            f"the page of entry `{entry}` is stored as no page is",
            help="somebody wrote past the program: see `list_page`",
        ) from error


def _salts(connection: Connection, leaves: Sequence[bytes]) -> dict[bytes, bytes]:
    query = select(t.salt.c.leaf, t.salt.c.salt).where(
        t.salt.c.leaf.in_(leaves), t.salt.c.kind == "officer"
    )
    return {row.leaf: row.salt for row in connection.execute(query)}


def _commitment(salt: bytes, document: dict[str, JsonValue]) -> str:
    return commit(salt, encode(document).decode()).hex()
