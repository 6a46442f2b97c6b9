"""Tombstones: what stands in the place of parts that were erased, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection, select, text

from ledger.erased import Claim, Part
from models.erasing import Tombstone
from storage import tables as t

_STONE = t.tombstone.c
# What is erased and yet there; a page is found by the id of its entry.
_UNDEAD = text("""
    select s.part from tombstone s join ledger_salt x
        on x.leaf = s.leaf and x.kind = s.part
    union all select s.part from tombstone s join subject_salt x
        on x.leaf = s.leaf and s.part = 'subject ' || x.item_id
    union all select s.part from ruling x join tombstone s
        on s.part = 'ruling ' || x.id
    union all select s.part from tombstone s join ledger_entry e on e.leaf = s.leaf
        join list_page x on x.entry_id = e.entry_id where s.part = 'page'
    limit 1
""")


def of_leaves(connection: Connection, leaves: Sequence[bytes]) -> dict[Part, Tombstone]:
    """Return the tombstones beside entries."""
    query = select(t.tombstone).where(_STONE.leaf.in_(leaves))
    return {
        Part(row.leaf, row.part): Tombstone(row.erased_on, row.erasure, row.place)
        for row in connection.execute(query)
    }


def named(connection: Connection, parts: Sequence[str]) -> list[str]:
    """Return those of some names of parts that stand on a tombstone."""
    query = select(_STONE.part).where(_STONE.part.in_(parts))
    return list(connection.execute(query).scalars())


def parts_of(connection: Connection, erasure: UUID) -> list[Part]:
    """Return what was erased under one entry, in its order."""
    query = select(_STONE.leaf, _STONE.part).where(_STONE.erasure == erasure)
    return [Part(*row) for row in connection.execute(query.order_by(_STONE.place))]


def claims(connection: Connection) -> Iterator[tuple[UUID, Claim]]:
    """Yield what tombstones say of each erasure."""
    query = select(t.tombstone).order_by(_STONE.erasure, _STONE.place)
    rows = connection.execute(query)
    for erasure, some in groupby(rows, key=lambda row: row.erasure):
        stones = list(some)
        yield (
            erasure,
            Claim(
                [Part(row.leaf, row.part) for row in stones],
                [row.place for row in stones],
                frozenset(row.erased_on.isoformat() for row in stones),
            ),
        )


def undead(connection: Connection) -> str | None:
    """Return a part that is erased and yet stored, if there is one."""
    return connection.execute(_UNDEAD).scalar()
