"""Destroying what stands behind commitments; a tombstone takes its place.

Salts of data subjects go with the data, in the transaction that erases these. Salts of
officers go with the log: its own retention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from ledger.erased import PAGE, Part, root_of, ruling, subject
from models.clock import legal_day
from models.erasing import OldEntry, Route
from models.events import Entry, Erased
from storage import tables as t
from storage.writing import Rows


def of_subjects(
    connection: Connection, agency: str, items: Collection[UUID]
) -> list[Part]:
    """Destroy the salts of items in an agency's entries; return what is gone."""
    row = t.subject_salt.c
    gone = (
        delete(t.subject_salt)
        .where(row.item_id.in_(items), row.agency_id == agency)
        .returning(row.leaf, row.item_id)
    )
    return [Part(leaf, subject(item)) for leaf, item in connection.execute(gone)]


def of_officers(connection: Connection, old: Sequence[OldEntry]) -> list[Part]:
    """Destroy all that ties entries to officers, and what is left of data subjects.

    Rulings and pages name officers too, and so do releases, lines of the story and the
    index of releases.
    """
    leaves = [each.leaf for each in old]
    acts = {each.act or each.entry: each.leaf for each in old}
    pages = {each.entry: each.leaf for each in old}
    people, about, cited, shown = (
        delete(table).returning(*columns)
        for table, *columns in (
            (t.salt, t.salt.c.leaf, t.salt.c.kind),
            (t.subject_salt, t.subject_salt.c.leaf, t.subject_salt.c.item_id),
            (t.ruling, t.ruling.c.act_id, t.ruling.c.id),
            (t.list_page, t.list_page.c.entry_id),
        )
    )
    people = people.where(t.salt.c.leaf.in_(leaves))
    about = about.where(t.subject_salt.c.leaf.in_(leaves))
    cited = cited.where(t.ruling.c.act_id.in_(acts))
    shown = shown.where(t.list_page.c.entry_id.in_(pages))
    parts = [
        *(Part(leaf, kind) for leaf, kind in connection.execute(people)),
        *(Part(leaf, subject(item)) for leaf, item in connection.execute(about)),
        *(Part(acts[act], ruling(each)) for act, each in connection.execute(cited)),
        *(Part(pages[entry], PAGE) for (entry,) in connection.execute(shown)),
    ]
    _forget_officers(connection, old)
    return parts


def counted(parts: Sequence[Part]) -> Erased | None:
    """Return what an entry says of the parts that it erases, if there are any."""
    if not parts:
        return None
    count = Counter(part.name.partition(" ")[0] for part in parts)
    subjects, rulings, pages = count["subject"], count["ruling"], count[PAGE]
    return Erased(
        officers=count.total() - subjects - rulings - pages,
        subjects=subjects,
        rulings=rulings,
        pages=pages,
        root=root_of(parts),
    )


def bury(rows: Rows, parts: Sequence[Part], entry: Entry) -> None:
    """Set a tombstone for each part, under the entry that says what it erased."""
    for place, part in enumerate(sorted(parts)):
        stone = {"leaf": part.leaf, "part": part.name, "place": place}
        day = legal_day(entry.at)
        rows.add(t.tombstone, {**stone, "erasure": entry.id, "erased_on": day})


def routes(connection: Connection) -> list[Route | None]:
    """Return the packs that cases are under; None stands for entries without a case."""
    row = t.case_file.c
    found = connection.execute(select(row.route, row.pack_version).distinct())
    return [None, *(Route(*each) for each in found)]


def route_of(connection: Connection, case: UUID) -> Route:
    """Return the pack that a case is under."""
    row = t.case_file.c
    query = select(row.route, row.pack_version).where(row.id == case)
    return Route(*connection.execute(query).one())


def of_route(route: Route | None) -> ColumnElement[bool]:
    """Return whether a case is under a pack; None: whether there is none."""
    row = t.case_file.c
    if route is None:
        return row.id.is_(None)
    return and_(row.route == route.route, row.pack_version == route.version)


def old_entries(
    connection: Connection, route: Route | None, until: date, most: int
) -> list[OldEntry]:
    """Return entries up to a day that still name somebody, of one agency at a time."""
    entry, case = t.entry.c, t.case_file.c
    salted = or_(
        *(
            select(table.c.leaf).where(table.c.leaf == entry.leaf).exists()
            for table in (t.salt, t.subject_salt)
        )
    )
    query = (
        select(
            entry.leaf, entry.entry_id, entry.act_id, entry.case_id, entry.agency_id,
            entry.day,
        )
        .select_from(t.entry.outerjoin(t.case_file, case.id == entry.case_id))
        .where(entry.day <= until.isoformat(), salted, of_route(route))
        .order_by(entry.agency_id, entry.seq)
        .limit(most)
    )  # fmt: skip
    found = [OldEntry(*row) for row in connection.execute(query)]
    return [each for each in found if each.agency == found[0].agency]


def _forget_officers(connection: Connection, old: Sequence[OldEntry]) -> None:
    """Forget who did or saw what in other rows; without an entry they prove nothing."""
    receipts = [each.leaf.hex() for each in old]
    entries = [each.entry for each in old]
    seen, let, line = (each.c for each in (t.sighting, t.release, t.timeline))
    connection.execute(delete(t.sighting).where(seen.entry_id.in_(entries)))
    connection.execute(delete(t.release).where(let.entry_id.in_(entries)))
    connection.execute(
        update(t.timeline)
        .where(
            line.case_id.in_([each.case for each in old]), line.receipt.in_(receipts)
        )
        .values(service_number="", on_behalf_of="")
    )
