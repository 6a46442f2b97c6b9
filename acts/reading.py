"""The one door for reads: nothing is opened before its ledger entry is committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from acts.desk import Desk
from acts.indexing import index_opened
from acts.standing import ReadRuling, rule_on_read, tell_originator
from models.agencies import Reader
from models.errors import KeyUnknown, NotFound, NotPermitted, VaultFailure
from models.events import Entry, EventKind, Operation
from models.ids import ItemId
from models.items import ItemState
from models.link import MOST
from models.values import Value
from storage import deliveries, evidence, items, rulings, sightings
from storage import tables as t
from storage.items import KnownItem
from storage.sessions import acting
from vault.duties import accept
from vault.values import Sealed, Wrap


class OpenedItem(Value):
    """An item that was released to a reader: under which ruling, and the receipt."""

    known: KnownItem
    body: bytes
    ruling: UUID
    receipt: str


class _Released(NamedTuple):
    """What a ruling led to; without a release nothing comes out."""

    release: UUID | None
    ruling: UUID
    receipt: str


class _Taken(NamedTuple):
    """What came out against a release."""

    known: KnownItem
    sealed: Sealed
    wrap: Wrap
    signer: bytes
    released: _Released


def read_item(desk: Desk, reader: Reader, item: ItemId) -> OpenedItem:
    """Open one item for a reader.

    1. Rule, and commit release and ledger entry.
    2. In a new transaction, take body and wrapped key against that release.
    3. Open at the reader's own node.
    4. Let the agency find it by the numbers in it, if it is of another.

    Raises:
        NotFound: absent, hidden or erased.
        NotPermitted: policy refuses; the attempt is in the ledger.
    """
    taken = _take_released(desk, reader, item)  # 1, 2
    body = _open(desk, reader, taken)  # 3
    index_opened(desk, reader, taken.known, body)  # 4
    return OpenedItem(
        known=taken.known,
        body=body,
        ruling=taken.released.ruling,
        receipt=taken.released.receipt,
    )


def own_wrap(desk: Desk, reader: Reader, item: ItemId) -> Wrap:
    """Return the wrapped key of an item at the reader's agency, logged as a read.

    Raises:
        NotFound, NotPermitted: as for `read_item`.
    """
    return _take_released(desk, reader, item).wrap


def _take_released(desk: Desk, reader: Reader, item: ItemId) -> _Taken:
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        known = items.known(connection, item, reader.officer.agency)
        if known is None or known.state is ItemState.ERASED:
            raise no_such_item(item)
        ruled = rule_on_read(desk, connection, reader, known)
        ruling = ruled.ruling
        released = _release(desk, connection, reader, known, ruled)
    if not ruling.allowed:
        reasons = desk.sharing.explain(ruling, "en")
        raise NotPermitted(
            f"you may not read this `{known.kind}`: {'; '.join(reasons)}",
            help="ask its originator, or whoever designated you",
            policies=list(ruling.policies),
            ruling=str(released.ruling),
        )
    who = desk.acting(reader.officer)
    redeeming = replace(who, release=released.release)
    with acting(desk.database, redeeming) as connection:
        sealed, wrap, signer = _take(connection, reader, known)
    return _Taken(known, sealed, wrap, signer, released)


def _release(
    desk: Desk,
    connection: Connection,
    reader: Reader,
    known: KnownItem,
    ruled: ReadRuling,
) -> _Released:
    ruling = ruled.ruling
    entry = Entry(
        id=uuid4(),
        nonce=evidence.nonce(),
        kind=EventKind.ITEM_RELEASED if ruling.allowed else EventKind.READ_REFUSED,
        operation=Operation.CONSULTATION,
        at=desk.clock.now(),
        recorded_at=datetime.now(UTC),
        case=known.case,
        handoff=known.handoff,
        items=(known.item,),
        agency=reader.officer.agency,
        function=min(reader.officer.functions),
        recipients=(reader.officer.agency,),
        purpose=reader.purpose,
        article=known.handling.basis,
        detail=reader.reason,
    )
    note = rulings.note(connection, ruling, entry)
    entry = entry.model_copy(update={"rulings": (note,)})
    receipt = evidence.append(
        connection, entry, reader.officer.id, on_behalf_of=ruled.on_behalf_of
    )
    if not ruling.allowed:
        return _Released(None, note.id, receipt)
    if ruled.in_emergency:
        tell_originator(connection, reader, known, entry.at)
    release = _note_release(connection, reader, entry, receipt)
    sightings.note(connection, entry, reader.officer, [known])
    return _Released(release, note.id, receipt)


def _note_release(
    connection: Connection, reader: Reader, entry: Entry, receipt: str
) -> UUID:
    release = uuid4()
    (item,), (note,) = entry.items, entry.rulings
    connection.execute(
        insert(t.release).values(
            id=release,
            item_id=item,
            agency_id=reader.officer.agency,
            officer_id=reader.officer.id,
            purpose=entry.purpose,
            ruling_id=note.id,
            at=entry.at,
            receipt=receipt,
        )
    )
    return release


def _take(
    connection: Connection, reader: Reader, known: KnownItem
) -> tuple[Sealed, Wrap, bytes]:
    agency, item = reader.officer.agency, known.item
    row = connection.execute(
        select(t.item, t.item_body, t.item_key, t.agency.c.signing_key)
        .join(t.agency, t.agency.c.id == t.item.c.originator)
        .join(t.item_body, t.item_body.c.item_id == t.item.c.id)
        .join(t.item_key, t.item_key.c.item_id == t.item.c.id)
        .where(t.item.c.id == item, t.item_key.c.agency_id == agency)
    ).first()
    if row is None:
        raise no_such_item(item)
    # The originator alone lets an item go on, whoever the row says gave the key: the
    # node opens no wrap under a case key that another agency made.
    giver = known.originator
    sealed = Sealed(row.header, row.ciphertext, row.commitment, row.signature)
    wrap = Wrap(str(item), giver, agency, row.case_key_id, row.wrapped)
    return sealed, wrap, row.signing_key


def _open(desk: Desk, reader: Reader, taken: _Taken) -> bytes:
    node = desk.node(reader.officer.agency)
    try:
        return node.open(taken.sealed, taken.wrap, taken.signer)
    except KeyUnknown:
        # The case key may still be on its way: let the node poll, once.
        with acting(desk.database, desk.acting(reader.officer)) as connection:
            accept(node, deliveries.waiting(connection, node.agency, MOST))
    try:
        return node.open(taken.sealed, taken.wrap, taken.signer)
    except KeyUnknown as error:
        raise VaultFailure(
            "your node does not hold the key of this item",
            help="its key was destroyed, or has not been delivered yet",
        ) from error


def no_such_item(item: ItemId) -> NotFound:
    """Return the one error for an item that is absent, hidden or erased."""
    return NotFound(
        f"there is no item `{str(item)[:8]}` for you",
        help="list those of a case with `estafette case show`",
    )
