"""Numbers of an item as tokens of the node that sealed or opened it."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from acts.desk import Desk
from models.agencies import Reader
from models.ids import AgencyId
from models.items import ItemHeader, ItemState, KnownItem
from models.numbers import WITH_NUMBERS, numbers_in
from storage import numbers
from storage.numbers import NumberToken
from storage.sessions import acting
from vault.node import Node


def tokens_of(
    node: Node, item: ItemHeader | KnownItem, body: bytes
) -> tuple[NumberToken, ...]:
    """Return a token of each number in an item that says whom a case is about."""
    if item.kind not in WITH_NUMBERS:
        return ()
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ()
    made = {node.index_token(n.kind, n.digits) for n in numbers_in(content)}
    agency = AgencyId(node.agency)
    return tuple(
        NumberToken(item=item.item, agency=agency, case=item.case, token=token)
        for token in sorted(made)
    )


def index_opened(
    desk: Desk, reader: Reader, opened: Sequence[tuple[KnownItem, bytes]]
) -> None:
    """Let an agency find what was given to it by number, from its first opening on.

    What it sealed itself is in its index already; what was taken back no longer is.
    """
    agency = reader.officer.agency
    node = desk.node(agency)
    tokens = [
        token
        for known, body in opened
        if known.originator != agency and known.state is ItemState.LIVE
        for token in tokens_of(node, known, body)
    ]
    if tokens:
        with acting(desk.database, desk.acting(reader.officer)) as connection:
            numbers.keep(connection, tokens)
