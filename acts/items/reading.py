"""The one door for reads: nothing is opened before its ledger entry is committed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import Connection

from acts.desk import Desk
from acts.items.indexing import index_opened
from acts.items.redeeming import entry_of, open_taken, release, take
from acts.items.ruling import Bench, Ruled
from models.agencies import Reader
from models.errors import KeyUnknown, NotFound, NotPermitted, VaultFailure
from models.ids import ItemId
from models.items import ItemState, KnownItem
from models.kinds.reads import ReadRefused
from models.values import Value
from storage import items, rulings
from storage.log import evidence
from storage.redeeming import Released, Taken
from storage.sessions import acting
from storage.writing import together
from vault.values import Wrap


class OpenedItem(Value):
    """An item that was released to a reader: under which ruling, and the receipt."""

    known: KnownItem
    body: bytes
    ruling: UUID
    receipt: str


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
    node = desk.node(reader.officer.agency)
    try:
        opened = _opened(taken, open_taken(desk, reader, node, taken))  # 3
    except KeyUnknown as error:
        raise VaultFailure(
            "your node does not hold the key of this item",
            help="it may be on its way: try again in a moment; or it was destroyed",
        ) from error
    index_opened(desk, reader, [(opened.known, opened.body)])  # 4
    return opened


def read_all(
    desk: Desk, reader: Reader, find: Callable[[Connection], Sequence[KnownItem]]
) -> list[OpenedItem]:
    """Open those of some items that a reader may read, under one entry for all.

    The steps are those of `read_item`. What policy refuses is as absent as in a list;
    what the node has no key for was released and stays closed.

    Raises:
        KeyUnknown: the node of the reader's agency is not here; nothing was released.
    """
    node = desk.node(reader.officer.agency)
    with acting(desk.database, desk.acting(reader.officer)) as connection:  # 1
        live = [each for each in find(connection) if each.state is ItemState.LIVE]
        allowed = Bench(desk, connection, reader).readable(live)
        released = release(desk, connection, reader, allowed)
    opened = []
    for taken in take(desk, reader, released):  # 2
        try:
            body = open_taken(desk, reader, node, taken)  # 3
        except KeyUnknown:
            continue
        opened.append(_opened(taken, body))
    index_opened(desk, reader, [(each.known, each.body) for each in opened])  # 4
    return opened


def own_wrap(desk: Desk, reader: Reader, item: ItemId) -> Wrap:
    """Return the wrapped key of an item at the reader's agency, logged as a read.

    Raises:
        NotFound, NotPermitted: as for `read_item`.
    """
    return _take_released(desk, reader, item).wrap


def no_such_item(item: ItemId) -> NotFound:
    """Return the one error for an item that is absent, hidden or erased."""
    return NotFound(
        f"there is no item `{str(item)[:8]}` for you",
        help="list those of a case with `estafette case show`",
    )


def _take_released(desk: Desk, reader: Reader, item: ItemId) -> Taken:
    refused: NotPermitted | None = None
    released: list[Released] = []
    with acting(desk.database, desk.acting(reader.officer)) as connection:
        known = items.known(connection, item, reader.officer.agency)
        if known is None or known.state is ItemState.ERASED:
            raise no_such_item(item)
        [ruled] = Bench(desk, connection, reader).rule([known])
        if ruled.read.ruling.allowed:
            released = release(desk, connection, reader, [ruled])
        else:
            refused = _refuse(desk, connection, reader, ruled)
    if refused is not None:  # not before the attempt is committed
        raise refused
    taken = take(desk, reader, released)
    if not taken:
        raise no_such_item(item)
    return taken[0]


def _refuse(
    desk: Desk, connection: Connection, reader: Reader, ruled: Ruled
) -> NotPermitted:
    """Write down that somebody tried to read, and return what to say."""
    entry = entry_of(desk, reader, ReadRefused, [ruled.known])
    ruling = ruled.read.ruling
    absent = ruled.read.on_behalf_of
    with together(connection) as rows:
        note = rulings.note(rows, ruling, entry)
        entry = entry.model_copy(update={"rulings": (note,)})
        evidence.gather(rows, entry, reader.officer.id, on_behalf_of=absent)
    reasons = desk.sharing.explain(ruling, "en")
    return NotPermitted(
        f"you may not read this `{ruled.known.kind}`: {'; '.join(reasons)}",
        help="ask its originator, or whoever designated you",
        policies=list(ruling.policies),
        ruling=str(note.id),
    )


def _opened(taken: Taken, body: bytes) -> OpenedItem:
    known, _, ruling, receipt = taken.released
    return OpenedItem(known=known, body=body, ruling=ruling, receipt=receipt)
