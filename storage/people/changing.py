"""Changing what officers may do, and into the log that it was changed.

No officer is deleted: the log and the rows of cases name them for as long as the law
keeps those. Whoever has no function does nothing.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from sqlalchemy import Connection, select, update

from models.agencies import Officer, OfficerFunction
from models.errors import Conflict
from models.kinds.directory import OfficerChanged, OfficerLeft
from storage import tables as t
from storage import ways
from storage.log import evidence
from storage.people import directory, feeds, signing_in


def change(
    connection: Connection,
    identifier: str,
    functions: Set[OfficerFunction],
    *,
    at: datetime,
) -> Officer:
    """Give an officer these functions and no others, from now on; at least one.

    Raises:
        NotFound: no such officer.
        Conflict: the officer has these functions already.
    """
    person = _locked(connection, identifier)
    if person.functions == functions:
        raise Conflict(
            f"`{identifier}` has these functions already", help="nothing was changed"
        )
    held = sorted(functions)
    _write(connection, person, held)
    event = OfficerChanged(at=at, agency=person.agency, detail=" ".join(held))
    evidence.append(connection, evidence.new_entry(event), None, named=person.id)
    return person.model_copy(update={"functions": frozenset(functions)})


def leave(connection: Connection, identifier: str, *, at: datetime) -> Officer:
    """Take every function from an officer, and end what they come and hear by.

    Raises:
        NotFound: no such officer.
        Conflict: the officer has left before.
    """
    person = _locked(connection, identifier)
    if not person.functions:
        raise Conflict(f"`{identifier}` has left before", help="nothing was changed")
    _write(connection, person, [])
    signing_in.end_all(connection, person.id)
    feeds.end(connection, person.id)
    ways.end_all(connection, person.id)
    event = OfficerLeft(at=at, agency=person.agency)
    evidence.append(connection, evidence.new_entry(event), None, named=person.id)
    return person.model_copy(update={"functions": frozenset()})


def _locked(connection: Connection, identifier: str) -> Officer:
    """Return an officer whom nobody else changes before this transaction ends."""
    row = select(t.officer.c.id).where(t.officer.c.id == identifier)
    connection.execute(row.with_for_update())
    return directory.officer(connection, identifier)


def _write(
    connection: Connection, person: Officer, functions: list[OfficerFunction]
) -> None:
    changed = update(t.officer).where(t.officer.c.id == person.id)
    connection.execute(changed.values(functions=functions))
