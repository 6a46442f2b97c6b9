"""Drafts of openings: whoever is connected has their own; the record step sweeps."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from models.ids import AgencyId, OfficerId
from models.opening_drafts import OpeningDraft
from storage import tables as t
from vault.values import Sealed, SealedItem, Wrap

_ROW = t.opening_draft.c
_SHOWN = (
    *(_ROW.id, _ROW.agency_id, _ROW.officer_id, _ROW.route),
    *(_ROW.saved_at, _ROW.kept_until),
)
OF_OFFICER = select(*_SHOWN).order_by(_ROW.saved_at.desc(), _ROW.id)
"""The drafts of whoever is connected, the newest first."""


class KeptDraft(NamedTuple):
    """A draft with what opens at the node of its agency."""

    shown: OpeningDraft
    sealed: Sealed
    wrap: Wrap


def keep(connection: Connection, draft: OpeningDraft, made: SealedItem) -> None:
    """Store a sealed draft."""
    (wrap,) = made.wraps
    values = {
        "id": draft.id,
        "agency_id": draft.agency,
        "officer_id": draft.officer,
        "route": draft.route,
        "header": made.sealed.header,
        "ciphertext": made.sealed.ciphertext,
        "commitment": made.sealed.commitment,
        "signature": made.sealed.signature,
        "case_key_id": wrap.case_key_id,
        "wrapped": wrap.wrapped,
        "saved_at": draft.saved_at,
        "kept_until": draft.kept_until,
    }
    connection.execute(insert(t.opening_draft).values(values))


def find(connection: Connection, draft: UUID) -> KeptDraft | None:
    """Return one of them, with what opens."""
    query = select(t.opening_draft).where(_ROW.id == draft)
    row = connection.execute(query).first()
    if row is None:
        return None
    sealed = Sealed(row.header, row.ciphertext, row.commitment, row.signature)
    agency = row.agency_id
    wrap = Wrap(str(row.id), agency, agency, row.case_key_id, row.wrapped)
    return KeptDraft(draft_of(row), sealed, wrap)


def forget(connection: Connection, draft: UUID) -> bool:
    """Delete one of them; tell whether there was one."""
    gone = delete(t.opening_draft).where(_ROW.id == draft)
    return connection.execute(gone).rowcount > 0


def forget_old(connection: Connection, today: date) -> None:
    """Delete, for the record step, what was kept until before a day."""
    connection.execute(delete(t.opening_draft).where(_ROW.kept_until < today))


def draft_of(row: Any) -> OpeningDraft:
    """Return the draft that a row holds, without its content."""
    return OpeningDraft(
        id=row.id,
        agency=AgencyId(row.agency_id),
        officer=OfficerId(row.officer_id),
        route=row.route,
        saved_at=row.saved_at,
        kept_until=row.kept_until,
    )
