"""Openings that somebody began and did not finish; what is in them is sealed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from models.ids import AgencyId, OfficerId
from models.values import Value

KEPT = timedelta(days=30)
"""How long a draft is kept; no law names a term, so this is a rule of ours."""


class OpeningDraft(Value):
    """A draft as its officer's list shows it, without what it says."""

    id: UUID
    agency: AgencyId
    officer: OfficerId
    route: str
    saved_at: datetime
    kept_until: date
