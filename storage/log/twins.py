"""Both sides' records of what became of hand-offs: who owes which, and what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from models.handoffs import HandoffRecord
from models.ids import AgencyId
from models.twins import (
    Change,
    ChangeSigned,
    Side,
    Twin,
    TwinOffer,
    TwinRefused,
    change_to,
)
from models.values import Value
from storage import tables as t

_ROW = t.handoff_twin.c
_ENTER = insert(t.handoff_twin)
_IN_ORDER = (_ROW.since, _ROW.handoff_id, _ROW.step, _ROW.side)
_MISSING = _ROW.word.is_(None)
OF_HANDOFF = (
    select(
        *(_ROW.step, _ROW.change, _ROW.at),
        func.array_agg(_ROW.agency_id).filter(_ROW.told_at.is_(None)).label("unsigned"),
    )
    .where(_ROW.handoff_id == bindparam("handoff"))
    .group_by(_ROW.step, _ROW.change, _ROW.at)
    .order_by(_ROW.step)
)
"""What became of a hand-off, and who has not signed it yet."""


class Proven(Value):
    """What became of a hand-off, the leaf of the entry that proves it, and who acted.

    `by` is None if nobody did: a term ended.
    """

    handoff: HandoffRecord
    leaf: bytes
    at: datetime
    by: AgencyId | None


def enter(connection: Connection, changes: Iterable[Proven], since: datetime) -> None:
    """Let both sides of each change owe their word from now on (machine time)."""
    rows = [row for change in changes for row in _rows(change, since)]
    if rows:
        connection.execute(_ENTER, rows)


def offers(connection: Connection, agency: str, most: int) -> list[TwinOffer]:
    """Return what an agency owes and did not refuse, oldest first."""
    query = (
        select(t.handoff_twin)
        .where(_ROW.agency_id == agency, _MISSING, _ROW.refused == "")
        .order_by(*_IN_ORDER)
        .limit(most)
    )
    return [
        TwinOffer(
            handoff=row.handoff_id,
            step=row.step,
            change=Change(row.change),
            side=Side(row.side),
            at=row.at,
            leaf=row.leaf,
            acted=row.acted,
        )
        for row in connection.execute(query)
    ]


def waiting(connection: Connection) -> set[str]:
    """Return the agencies that owe something and did not refuse it."""
    query = select(_ROW.agency_id).where(_MISSING, _ROW.refused == "").distinct()
    return set(connection.execute(query).scalars())


def owed(connection: Connection, twin: Twin) -> Row[Any] | None:
    """Return the row that a record is for, unless it came already; and lock it."""
    query = select(t.handoff_twin).where(
        _is(twin.handoff, twin.step, twin.side), _ROW.agency_id == twin.agency, _MISSING
    )
    return connection.execute(query.with_for_update()).first()


def keep(connection: Connection, twin: Twin, at: datetime) -> None:
    """Keep what an agency signed."""
    connection.execute(
        update(t.handoff_twin)
        .where(_is(twin.handoff, twin.step, twin.side))
        .values(word=twin.model_dump_json(), told_at=at, refused="")
    )


def note_refused(connection: Connection, agency: str, said: TwinRefused) -> None:
    """Keep why an agency does not sign; it is not offered until its node begins anew.

    What it is on both sides of is refused on both.
    """
    connection.execute(
        update(t.handoff_twin)
        .where(
            _ROW.handoff_id == said.handoff,
            _ROW.step == said.step,
            _ROW.agency_id == agency,
            _MISSING,
        )
        .values(refused=said.reason)
    )


def offer_again(connection: Connection, agency: str) -> None:
    """Offer an agency anew what it refused."""
    connection.execute(
        update(t.handoff_twin)
        .where(_ROW.agency_id == agency, _MISSING, _ROW.refused != "")
        .values(refused="")
    )


def missing(connection: Connection, before: datetime) -> list[Row[Any]]:
    """Return what was owed before an instant and has not come, oldest first."""
    query = (
        select(t.handoff_twin)
        .where(_MISSING, or_(_ROW.since <= before, _ROW.refused != ""))
        .order_by(*_IN_ORDER)
    )
    return list(connection.execute(query).all())


def note_alarm(connection: Connection, row: Row[Any], at: datetime) -> None:
    """Note that the alarm was raised about a row of `missing`."""
    connection.execute(
        update(t.handoff_twin)
        .where(_is(row.handoff_id, row.step, row.side))
        .values(alarmed_at=at)
    )


def change_signed(row: Any) -> ChangeSigned:
    """Return the change that a row of `OF_HANDOFF` holds."""
    return ChangeSigned(
        step=row.step,
        change=Change(row.change),
        at=row.at,
        unsigned=tuple(sorted(row.unsigned or ())),
    )


def _is(handoff: UUID, step: int, side: str) -> ColumnElement[bool]:
    """Return the condition that a row is the one of a side, for one change."""
    return and_(_ROW.handoff_id == handoff, _ROW.step == step, _ROW.side == side)


def _rows(change: Proven, since: datetime) -> Iterator[dict[str, object]]:
    handoff = change.handoff
    sides = {Side.SENDER: handoff.asker, Side.RECEIVER: handoff.asked}
    for side, agency in sides.items():
        yield {
            "handoff_id": handoff.id,
            "step": handoff.version,
            "side": side,
            "case_id": handoff.case,
            "agency_id": agency,
            "change": change_to(handoff.state, handoff.version),
            "at": change.at,
            "leaf": change.leaf,
            "acted": agency == change.by,
            "since": since,
            "refused": "",
        }
