"""Requests of data subjects: rows in clear that name nobody, for the DPO alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, or_, select, update

from models.handling import Regime
from models.ids import AgencyId, CaseId, ItemId, PaperId, SubjectRequestId
from models.items import ItemKind
from models.pages import Window
from models.subject_requests import (
    Held,
    RequestOutcome,
    RequestRegime,
    RequestState,
    RequestStep,
    RequestStepTaken,
    SubjectRequest,
    SubjectRight,
)
from storage import tables as t
from storage.paging import Key, Listed, page_of

_ROW = t.subject_request.c
_BY_TERM: Key = (_ROW.due_on, _ROW.id)
_EVERY = select(t.subject_request)
_ALL = Listed(_EVERY, _BY_TERM)
_OPEN = Listed(_EVERY.where(_ROW.state != RequestState.CLOSED), _BY_TERM)


def enter(connection: Connection, request: SubjectRequest) -> None:
    """Insert a request that was recorded."""
    connection.execute(
        insert(t.subject_request).values(
            id=request.id,
            agency_id=request.agency,
            asked_for=request.right,
            regime=request.regime,
            state=request.state,
            received_on=request.received_on,
            due_on=request.due_on,
            extended=request.extended,
        )
    )


def move(connection: Connection, before: SubjectRequest, after: SubjectRequest) -> bool:
    """Write what a step made of a request; say whether it still stood as before.

    A new term is told anew when it nears its end.
    """
    changed = {"told_on": None} if before.due_on != after.due_on else {}
    done = connection.execute(
        update(t.subject_request)
        .where(
            _ROW.id == before.id,
            _ROW.state == before.state,
            _ROW.due_on == before.due_on,
        )
        .values(
            state=after.state,
            due_on=after.due_on,
            extended=after.extended,
            outcome=after.outcome,
            limit_code=after.limit,
            closed_on=after.closed_on,
            kept_until=after.kept_until,
            **changed,
        )
    )
    return done.rowcount == 1


def find(connection: Connection, request: UUID) -> SubjectRequest | None:
    """Return a request that the connection may know of."""
    query = select(t.subject_request).where(_ROW.id == request)
    row = connection.execute(query).first()
    return None if row is None else _request(row)


def with_paper(connection: Connection, paper: PaperId) -> SubjectRequest | None:
    """Return the request that a step with this paper was taken with."""
    step = t.subject_request_step.c
    which = select(step.request_id).where(step.paper_id == paper)
    query = select(t.subject_request).where(_ROW.id.in_(which))
    row = connection.execute(query).first()
    return None if row is None else _request(row)


def page(
    connection: Connection, window: Window, *, closed: bool
) -> list[SubjectRequest]:
    """Return requests that the connection may know of, the first due on top."""
    found = page_of(connection, _ALL if closed else _OPEN, window)
    return [_request(row) for row in found]


def note_step(
    connection: Connection, request: SubjectRequestId, taken: RequestStepTaken
) -> None:
    """Write that a step was taken."""
    connection.execute(
        insert(t.subject_request_step).values(
            paper_id=taken.paper, request_id=request, step=taken.step, at=taken.at
        )
    )


def steps(connection: Connection, request: UUID) -> list[RequestStepTaken]:
    """Return the steps of a request, in order."""
    row = t.subject_request_step.c
    query = select(t.subject_request_step).where(row.request_id == request)
    return [
        RequestStepTaken(
            paper=PaperId(found.paper_id), step=RequestStep(found.step), at=found.at
        )
        for found in connection.execute(query.order_by(row.at, row.paper_id))
    ]


def held(connection: Connection, token: bytes) -> Sequence[Held]:
    """Return what the DPO's agency holds in cases with a number, the newest first.

    Only what the law lets the DPO know of; see the walls.
    """
    row = func.my_holdings(token).table_valued(
        *("case_id", "item_id", "kind", "originator", "regime"),
        *("added_on", "decided_on"),
    )
    query = select(row).order_by(row.c.added_on.desc(), row.c.item_id)
    return [
        Held(
            case=CaseId(found.case_id),
            item=ItemId(found.item_id),
            kind=ItemKind(found.kind),
            originator=AgencyId(found.originator),
            regime=Regime(found.regime),
            added_on=found.added_on,
            decided_on=found.decided_on,
        )
        for found in connection.execute(query)
    ]


def ending(connection: Connection, today: date, days: int) -> list[SubjectRequest]:
    """Return and lock open requests whose term nears its end or is missed.

    `days` before the end it is told once, and once more when it is missed.
    """
    query = select(t.subject_request).where(
        _ROW.state == RequestState.OPEN,
        _ROW.due_on <= today + timedelta(days=days),
        or_(
            _ROW.told_on.is_(None),
            (_ROW.due_on < today) & (_ROW.told_on <= _ROW.due_on),
        ),
    )
    rows = connection.execute(query.with_for_update(skip_locked=True))
    return [_request(row) for row in rows]


def note_told(connection: Connection, request: SubjectRequestId, today: date) -> None:
    """Write that it was told of a request that its term nears its end, or is missed."""
    told = update(t.subject_request).where(_ROW.id == request)
    connection.execute(told.values(told_on=today))


def _request(row: Any) -> SubjectRequest:
    return SubjectRequest(
        id=SubjectRequestId(row.id),
        agency=AgencyId(row.agency_id),
        right=SubjectRight(row.asked_for),
        regime=RequestRegime(row.regime),
        state=RequestState(row.state),
        received_on=row.received_on,
        due_on=row.due_on,
        extended=row.extended,
        outcome=RequestOutcome(row.outcome) if row.outcome else None,
        limit=row.limit_code,
        closed_on=row.closed_on,
        kept_until=row.kept_until,
    )
