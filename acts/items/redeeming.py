"""Releasing items to a reader, and what comes out against a release.

The entry is committed with the release; body and key come out in a later transaction
only, and are opened at the reader's own node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from acts.desk import Desk
from acts.items.ruling import Ruled, note_rulings
from acts.items.standing import questions_under_guard, tell_originator
from models.agencies import Reader
from models.errors import KeyUnknown
from models.events import Entry, Event, EventKind, Operation
from models.ids import ItemId
from models.items import KnownItem
from models.link import MOST
from storage import deliveries, evidence, sightings
from storage import tables as t
from storage.sessions import acting
from vault.duties import accept
from vault.node import Node
from vault.values import Sealed, Signer, Wrap


class Released(NamedTuple):
    """An item that a reader may have: by which release, ruling and receipt."""

    known: KnownItem
    release: UUID
    ruling: UUID
    receipt: str


class Taken(NamedTuple):
    """What came out against a release."""

    released: Released
    sealed: Sealed
    wrap: Wrap
    originator: Signer


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
    by_item = {each.known.item: each for each in released}
    redeeming = replace(desk.acting(reader.officer), release=released[0].release)
    with acting(desk.database, redeeming) as connection:
        return list(_take(connection, reader, by_item))


def open_taken(desk: Desk, reader: Reader, node: Node, taken: Taken) -> bytes:
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
    desk: Desk, reader: Reader, kind: EventKind, items: Iterable[KnownItem]
) -> Entry:
    """Return the entry of a consultation; case and question if they have one only."""
    known = list(items)
    cases, handoffs = {each.case for each in known}, {each.handoff for each in known}
    return evidence.new_entry(
        Event(
            kind=kind,
            operation=Operation.CONSULTATION,
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
        connection, officer = self.connection, self.reader.officer
        known = [each.known for each in allowed]
        entry = entry_of(self.desk, self.reader, EventKind.ITEM_RELEASED, known)
        notes = note_rulings(connection, allowed, entry)
        cited = {note.id: note for note in notes.values()}
        entry = entry.model_copy(update={"rulings": tuple(cited.values())})
        receipt = evidence.append(
            connection, entry, officer.id, on_behalf_of=allowed[0].read.on_behalf_of
        )
        inside = questions_under_guard(self.desk, connection, self.reader, known)
        for each in allowed:
            if each.read.in_emergency:
                guarded = each.known.handoff in inside
                tell_originator(
                    connection, self.reader, each.known, entry.at, guarded=guarded
                )
        done = [
            Released(each, self.identifier, notes[each.item].id, receipt)
            for each in known
        ]
        _note(connection, self.reader, entry, done)
        sightings.note(connection, entry, officer, known, inside=inside)
        return done


def _note(
    connection: Connection, reader: Reader, entry: Entry, done: Sequence[Released]
) -> None:
    connection.execute(
        insert(t.release),
        [
            {
                "id": each.release,
                "item_id": each.known.item,
                "agency_id": reader.officer.agency,
                "officer_id": reader.officer.id,
                "purpose": entry.purpose,
                "ruling_id": each.ruling,
                "at": entry.at,
                "receipt": each.receipt,
            }
            for each in done
        ],
    )


def _take(
    connection: Connection, reader: Reader, by_item: dict[ItemId, Released]
) -> Iterator[Taken]:
    agency = reader.officer.agency
    rows = connection.execute(
        select(t.item, t.item_body, t.item_key, t.agency.c.certificates)
        .join(t.agency, t.agency.c.id == t.item.c.originator)
        .join(t.item_body, t.item_body.c.item_id == t.item.c.id)
        .join(t.item_key, t.item_key.c.item_id == t.item.c.id)
        .where(t.item.c.id.in_(list(by_item)), t.item_key.c.agency_id == agency)
    )
    found = {ItemId(row.id): row for row in rows}
    # The originator alone lets an item go on, whoever the row says gave the key: the
    # node opens no wrap under a case key that another agency made.
    for item, released in by_item.items():
        if item in found:
            row, giver = found[item], released.known.originator
            sealed = Sealed(row.header, row.ciphertext, row.commitment, row.signature)
            wrap = Wrap(str(item), giver, agency, row.case_key_id, row.wrapped)
            signer = Signer(giver, tuple(row.certificates), row.sealed_at)
            yield Taken(released, sealed, wrap, signer)
