"""Releasing items to a reader, and what comes out against a release.

The entry is committed with the release; body and key come out in a later transaction
only, and are opened at the reader's own node.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.ruling import Ruled, note_rulings
from acts.items.standing import questions_under_guard, tell_originator
from models.agencies import Reader
from models.errors import KeyUnknown
from models.events import Entry
from models.items import KnownItem
from models.kinds.reads import Consultation, ItemReleased
from models.link import MOST
from storage import deliveries, sightings
from storage.audits.papers import PaperTaken
from storage.log import evidence
from storage.redeeming import Released, Taken, note, taken_against
from storage.sessions import acting
from storage.writing import Rows, together
from vault.duties import accept
from vault.node import Node


def release(
    desk: Desk, connection: Connection, reader: Reader, allowed: Sequence[Ruled]
) -> list[Released]:
    """Release items to a reader, all under one entry that names each of them.

    Those that are read in the place of an absent colleague have an entry of their own,
    for each colleague. Nothing may come out before this transaction is committed.
    """
    lending = _Lending(desk, connection, reader, uuid4())
    in_order = sorted(allowed, key=_absent)
    groups = [list(some) for _, some in groupby(in_order, key=_absent)]
    return [each for some in groups for each in lending.release(some)]


def take(desk: Desk, reader: Reader, released: Sequence[Released]) -> list[Taken]:
    """Take bodies and wrapped keys against a release that is committed.

    What was destroyed or hidden since is left out.
    """
    if not released:
        return []
    redeeming = replace(desk.acting(reader.officer), release=released[0].release)
    with acting(desk.database, redeeming) as connection:
        return list(taken_against(connection, reader.officer.agency, released))


def open_taken(
    desk: Desk, reader: Reader, node: Node, taken: Taken | PaperTaken
) -> bytes:
    """Open what was taken at the reader's own node.

    Raises:
        KeyUnknown: the key was destroyed, or was not delivered yet.
        CiphertextInvalid: altered, or not sealed by its originator.
    """
    try:
        return node.open(taken.sealed, taken.wrap, taken.originator)
    except KeyUnknown:
        # The case key may still be on its way: let the node poll, once.
        with acting(desk.database, desk.acting(reader.officer)) as connection:
            accept(node, deliveries.waiting(connection, node.agency, MOST))
    return node.open(taken.sealed, taken.wrap, taken.originator)


def entry_of(
    desk: Desk, reader: Reader, kind: type[Consultation], items: Iterable[KnownItem]
) -> Entry:
    """Return the entry of a consultation; case and question if they have one only."""
    known = list(items)
    cases, handoffs = {each.case for each in known}, {each.handoff for each in known}
    return evidence.new_entry(
        kind(
            at=desk.clock.now(),
            case=cases.pop() if len(cases) == 1 else None,
            handoff=handoffs.pop() if len(handoffs) == 1 else None,
            items=tuple(each.item for each in known),
            agency=reader.officer.agency,
            function=min(reader.officer.functions),
            recipients=(reader.officer.agency,),
            purpose=reader.purpose,
            article="; ".join(sorted({each.handling.basis for each in known})),
            detail=reader.reason,
        )
    )


def _absent(ruled: Ruled) -> str:
    return ruled.read.on_behalf_of or ""


class _Lending(NamedTuple):
    """One release to a reader, whatever items it covers."""

    desk: Desk
    connection: Connection
    reader: Reader
    identifier: UUID

    def release(self, allowed: Sequence[Ruled]) -> list[Released]:
        """Write one entry, its rulings and the rows of the release."""
        connection, reader = self.connection, self.reader
        known = [each.known for each in allowed]
        entry = entry_of(self.desk, reader, ItemReleased, known)
        inside = questions_under_guard(self.desk, connection, reader, known)
        for each in allowed:
            if each.read.in_emergency:
                guarded = each.known.handoff in inside
                tell_originator(
                    connection, reader, each.known, entry.at, guarded=guarded
                )
        with together(connection) as rows:
            done = self._prove(rows, entry, allowed)
            note(rows, reader.officer, entry, done)
            sightings.note(rows, entry, reader.officer, known, inside=inside)
        return done

    def _prove(
        self, rows: Rows, entry: Entry, allowed: Sequence[Ruled]
    ) -> list[Released]:
        notes = note_rulings(rows, allowed, entry)
        cited = {note.id: note for note in notes.values()}
        receipt = evidence.gather(
            rows,
            entry.model_copy(update={"rulings": tuple(cited.values())}),
            self.reader.officer.id,
            on_behalf_of=allowed[0].read.on_behalf_of,
        )
        return [
            Released(known, self.identifier, notes[known.item].id, receipt)
            for known, _ in allowed
        ]
