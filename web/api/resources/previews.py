"""Previews: what another agency will see; nothing is sent."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from acts.handoffs import Question
from acts.offered.bodies import Replies
from acts.offered.offer import dated
from acts.previewing import Preview, preview_answer, preview_question
from acts.seat import Seat
from models.ids import CaseId, HandoffId
from web.api.door import TokenDoor
from web.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["previews"])

Reading = Annotated[Seat, Depends(TokenDoor(Permission.HANDOFFS_READ))]


@router.post("/cases/{case}/preview")
def of_question(seat: Reading, case: UUID, question: Question) -> Preview:
    """Return what the asked agency will see of a question; the subject is opened."""
    return preview_question(seat.desk, seat.reader(), CaseId(case), question)


@router.post("/handoffs/{handoff}/preview")
def of_answer(seat: Reading, handoff: UUID, given: Replies) -> Preview:
    """Return what the asker will see of an answer."""
    replies = [
        each.model_copy(update={"handling": dated(seat, each.handling)})
        for each in given.replies
    ]
    return preview_answer(seat.desk, seat.reader(), HandoffId(handoff), replies)
