"""Parcels: one notice by one way, until it arrived or is given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, select, text, update

from models.ids import OfficerId
from models.notices import NoticeKind
from models.posting import (
    MOST_ATTEMPTS,
    Parcel,
    ParcelLine,
    ParcelState,
    Way,
    WayKind,
    wait_after,
)
from storage import tables as t
from storage.among import among

_AT_ONCE = 100
_PAUSE_OF_MAILS = timedelta(minutes=10)
KEPT = timedelta(days=30)
_PARCEL = t.notice_parcel.c
LINES = (
    select(
        *(_PARCEL.id, t.notice_way.c.kind, _PARCEL.state, _PARCEL.attempts),
        *(_PARCEL.next_at, _PARCEL.sent_at, _PARCEL.fault),
    )
    .join(t.notice_way, t.notice_way.c.id == _PARCEL.way_id)
    .order_by(_PARCEL.next_at.desc(), _PARCEL.id)
    .limit(bindparam("parcels"))
)
"""What became of the newest `parcels`, for whoever is connected."""

# Each notice once, whoever else looks: what another process takes is passed over.
_LEFT = text("""
    with taken as (
        select id from notice where posted_at is null
        order by id limit :most for update skip locked),
    noted as (
        update notice n set posted_at = :now from taken k where k.id = n.id
        returning n.id, n.agency_id, n.function)
    insert into notice_parcel (id, notice_id, way_id, state, attempts, next_at, fault)
    select gen_random_uuid(), n.id, w.id, 'waiting', 0, greatest(:now, (
            select max(p.sent_at) + :pause from notice_parcel p
            where p.way_id = w.id and w.kind = 'mail')), ''
    from noted n
    join officer o on o.agency_id = n.agency_id and n.function = any(o.functions)
    join notice_way w on w.officer_id = o.id
    """)
_VISIBLE = select(t.notice.c.id).where(among(t.notice.c.id, "ids"))


def spread(connection: Connection, now: datetime) -> int:
    """Make parcels of notices that were left since; return how many."""
    values = {"now": now, "most": _AT_ONCE, "pause": _PAUSE_OF_MAILS}
    return connection.execute(_LEFT, values).rowcount


def claim(connection: Connection, now: datetime, lease: timedelta) -> list[Parcel]:
    """Take parcels that are due; whoever dies with them loses them after the lease."""
    p = t.notice_parcel.c
    due = (
        select(p.id)
        .where(p.state == ParcelState.WAITING, p.next_at <= now)
        .order_by(p.next_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    taken = (
        update(t.notice_parcel)
        .where(p.id.in_(due))
        .values(next_at=now + lease, attempts=p.attempts + 1)
        .returning(p.id, p.attempts, p.notice_id, p.way_id)
        .cte("taken")
    )
    query = (
        select(
            taken.c.id,
            taken.c.attempts,
            t.notice.c.id.label("notice"),
            t.notice.c.kind.label("said"),
            t.notice.c.case_id,
            t.notice.c.handoff_id,
            t.notice_way.c.id.label("way"),
            t.notice_way.c.officer_id,
            t.notice_way.c.kind,
            t.notice_way.c.address,
            t.notice_way.c.language,
        )
        .join(t.notice, t.notice.c.id == taken.c.notice_id)
        .join(t.notice_way, t.notice_way.c.id == taken.c.way_id)
        .order_by(taken.c.id)
    )
    return [_parcel(row) for row in connection.execute(query)]


def visible(connection: Connection, notices: Iterable[UUID]) -> set[UUID]:
    """Return which of these notices are for whoever is connected."""
    return set(connection.scalars(_VISIBLE, {"ids": list(notices)}))


def note_sent(connection: Connection, parcels: Sequence[Parcel], at: datetime) -> None:
    """Note that parcels arrived."""
    _note(connection, parcels, state=ParcelState.SENT, sent_at=at, fault="")


def note_withheld(connection: Connection, parcels: Sequence[Parcel]) -> None:
    """Note that parcels are not for their officer, or no longer."""
    _note(connection, parcels, state=ParcelState.WITHHELD, fault="")


def note_failed(
    connection: Connection, parcels: Sequence[Parcel], at: datetime, fault: str
) -> None:
    """Let parcels wait for another attempt, or give them up."""
    for parcel in parcels:
        given_up = parcel.attempts >= MOST_ATTEMPTS
        state = ParcelState.DEAD if given_up else ParcelState.WAITING
        next_at = at + wait_after(parcel.attempts)
        _note(connection, [parcel], state=state, next_at=next_at, fault=fault)


def note_refused(connection: Connection, parcels: Sequence[Parcel], fault: str) -> None:
    """Give parcels up that no other attempt would help."""
    _note(connection, parcels, state=ParcelState.DEAD, fault=fault)


def again(connection: Connection, now: datetime) -> int:
    """Let all that was given up wait anew, for whoever is connected."""
    p = t.notice_parcel
    dead = update(p).where(p.c.state == ParcelState.DEAD)
    waiting = dead.values(state=ParcelState.WAITING, attempts=0, next_at=now)
    return connection.execute(waiting).rowcount


def forget(connection: Connection, before: datetime) -> None:
    """Forget what became of parcels long ago."""
    p = t.notice_parcel
    done = p.c.state.in_((ParcelState.SENT, ParcelState.WITHHELD))
    connection.execute(delete(p).where(done, p.c.next_at < before))


def lines(connection: Connection, most: int) -> list[ParcelLine]:
    """Return what became of the newest parcels, for whoever is connected."""
    return [line_of(row) for row in connection.execute(LINES, {"parcels": most})]


def line_of(row: Any) -> ParcelLine:
    """Return what a row of `LINES` tells of a parcel."""
    return ParcelLine(
        id=row.id,
        kind=WayKind(row.kind),
        state=ParcelState(row.state),
        attempts=row.attempts,
        next_at=row.next_at,
        sent_at=row.sent_at,
        fault=row.fault,
    )


def _note(connection: Connection, parcels: Sequence[Parcel], **values: object) -> None:
    if parcels:
        ids = [each.id for each in parcels]
        noted = update(t.notice_parcel).where(t.notice_parcel.c.id.in_(ids))
        connection.execute(noted.values(**values))


def _parcel(row: Any) -> Parcel:
    return Parcel(
        id=row.id,
        notice=row.notice,
        subject=_subject(row),
        attempts=row.attempts,
        way=Way(
            id=row.way,
            officer=OfficerId(row.officer_id),
            kind=WayKind(row.kind),
            address=row.address,
            language=row.language,
        ),
    )


def _subject(row: Any) -> str:
    if row.handoff_id is not None:
        return f"handoffs/{row.handoff_id}"
    said = NoticeKind(row.said)
    if said.of_finding:
        return f"findings/{row.case_id}"
    if said.of_subject_request:
        return f"subject-requests/{row.case_id}"
    return f"cases/{row.case_id}"
