"""Findings of auditors: rows in clear, under walls of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from models.findings import (
    Finding,
    FindingOutcome,
    FindingState,
    FindingStep,
    StepTaken,
)
from models.ids import AgencyId, FindingId, OfficerId, PaperId
from models.pages import Window
from storage import tables as t
from storage.paging import Key, Listed, page_of

_ROW = t.finding.c
_BY_TERM: Key = (_ROW.due_on, _ROW.id)
_EVERY = select(t.finding)
_ALL = Listed(_EVERY, _BY_TERM)
_OPEN = Listed(_EVERY.where(_ROW.state != FindingState.CLOSED), _BY_TERM)


def enter(connection: Connection, finding: Finding) -> None:
    """Insert a finding that was opened."""
    connection.execute(
        insert(t.finding).values(
            id=finding.id,
            auditor_id=finding.auditor,
            agency_id=finding.agency,
            owner_id=finding.owner,
            entries=[str(each) for each in finding.entries],
            state=finding.state,
            opened_on=finding.opened_on,
            due_on=finding.due_on,
        )
    )


def move(connection: Connection, before: Finding, after: Finding) -> bool:
    """Write what a step made of a finding; say whether it still stood as before.

    A new term is told anew when it is missed.
    """
    changed = {"told_on": None} if before.due_on != after.due_on else {}
    done = connection.execute(
        update(t.finding)
        .where(
            _ROW.id == before.id,
            _ROW.state == before.state,
            _ROW.due_on == before.due_on,
        )
        .values(
            state=after.state,
            due_on=after.due_on,
            outcome=after.outcome,
            closed_on=after.closed_on,
            kept_until=after.kept_until,
            **changed,
        )
    )
    return done.rowcount == 1


def find(connection: Connection, finding: UUID) -> Finding | None:
    """Return a finding that the connection may know of."""
    row = connection.execute(select(t.finding).where(_ROW.id == finding)).first()
    return None if row is None else _finding(row)


def with_paper(connection: Connection, paper: PaperId) -> Finding | None:
    """Return the finding that a step with this paper was taken with."""
    step = t.finding_step.c
    which = select(step.finding_id).where(step.paper_id == paper)
    row = connection.execute(select(t.finding).where(_ROW.id.in_(which))).first()
    return None if row is None else _finding(row)


def page(connection: Connection, window: Window, *, closed: bool) -> list[Finding]:
    """Return findings that the connection may know of, the first due on top."""
    found = page_of(connection, _ALL if closed else _OPEN, window)
    return [_finding(row) for row in found]


def note_step(connection: Connection, finding: FindingId, taken: StepTaken) -> None:
    """Write that a step was taken."""
    connection.execute(
        insert(t.finding_step).values(
            paper_id=taken.paper,
            finding_id=finding,
            step=taken.step,
            agency_id=taken.agency,
            function=taken.function,
            service_number=taken.service_number,
            at=taken.at,
        )
    )


def steps(connection: Connection, finding: UUID) -> list[StepTaken]:
    """Return the steps of a finding, in order."""
    row = t.finding_step.c
    query = select(t.finding_step).where(row.finding_id == finding)
    return [
        StepTaken(
            paper=PaperId(found.paper_id),
            step=FindingStep(found.step),
            agency=AgencyId(found.agency_id),
            function=found.function,
            service_number=found.service_number,
            at=found.at,
        )
        for found in connection.execute(query.order_by(row.at, row.paper_id))
    ]


def watched(connection: Connection, officer: str) -> Sequence[str]:
    """Return the functions of an officer whose agency the connection watches over."""
    found = func.watched_officers().table_valued("officer_id", "functions")
    query = select(found.c.functions).where(found.c.officer_id == officer)
    row = connection.execute(query).first()
    return sorted(row.functions) if row else ()


def overdue(connection: Connection, today: date) -> list[Finding]:
    """Return and lock open findings whose term is missed, and of which nobody knows."""
    query = select(t.finding).where(
        _ROW.state == FindingState.OPEN, _ROW.due_on < today, _ROW.told_on.is_(None)
    )
    rows = connection.execute(query.with_for_update(skip_locked=True))
    return [_finding(row) for row in rows]


def note_told(connection: Connection, finding: FindingId, today: date) -> None:
    """Write that it was told of a finding that it is overdue."""
    told = update(t.finding).where(_ROW.id == finding).values(told_on=today)
    connection.execute(told)


def _finding(row: Any) -> Finding:
    return Finding(
        id=FindingId(row.id),
        auditor=AgencyId(row.auditor_id),
        agency=AgencyId(row.agency_id),
        owner=OfficerId(row.owner_id),
        entries=tuple(UUID(each) for each in row.entries),
        state=FindingState(row.state),
        opened_on=row.opened_on,
        due_on=row.due_on,
        outcome=FindingOutcome(row.outcome) if row.outcome else None,
        closed_on=row.closed_on,
        kept_until=row.kept_until,
    )
