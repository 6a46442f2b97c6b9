"""Twin records as an auditor may see them, who watches over one side of a hand-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.pages import LARGEST_PAGE
from models.twins import MissingTwin, Twin


class Sides(NamedTuple):
    """Both sides of a change, and the twins of those that signed it."""

    agencies: frozenset[str]
    twins: tuple[Twin, ...]


def sides_of(connection: Connection, leaves: Sequence[bytes]) -> Mapping[bytes, Sides]:
    """Return who was part of the changes that entries prove, by their leaves."""
    row = func.audited_words(leaves).table_valued("leaf", "agency_id", "word")
    agencies: dict[bytes, set[str]] = defaultdict(set)
    twins: dict[bytes, list[Twin]] = defaultdict(list)
    for leaf, agency, word in connection.execute(select(row)):
        agencies[leaf].add(agency)
        if word is not None:
            twins[leaf].append(Twin.model_validate_json(word))
    return {
        leaf: Sides(frozenset(who), tuple(twins[leaf]))
        for leaf, who in agencies.items()
    }


def missing(connection: Connection, before: datetime) -> list[MissingTwin]:
    """Return what was owed before an instant, or refused, and lacks; oldest first."""
    names = tuple(MissingTwin.model_fields)
    row = func.audited_missing(before).table_valued(*names)
    query = select(row).order_by(row.c.since, row.c.handoff_id, row.c.step, row.c.side)
    found = connection.execute(query.limit(LARGEST_PAGE)).mappings()
    return [MissingTwin.model_validate(dict(each)) for each in found]
