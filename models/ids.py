"""Identifiers. All of ours are random: none counts, none is ordered by time."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

CaseId = NewType("CaseId", UUID)
ActId = NewType("ActId", UUID)
HandoffId = NewType("HandoffId", UUID)
ItemId = NewType("ItemId", UUID)
DeadlineId = NewType("DeadlineId", UUID)
FindingId = NewType("FindingId", UUID)
SubjectRequestId = NewType("SubjectRequestId", UUID)
PaperId = NewType("PaperId", UUID)
AgencyId = NewType("AgencyId", str)
OfficerId = NewType("OfficerId", str)


def workflow_id(case_id: CaseId) -> str:
    """Return the Temporal workflow id of a case."""
    return f"case-{case_id}"
