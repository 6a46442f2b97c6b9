"""Requesting an advice, judging the request, delivering the advice."""

from __future__ import annotations

from uuid import uuid4

from acts.desk import Desk
from acts.drafting import handling_of, json_draft, text_draft
from acts.finding import pack_of, subject_card
from acts.performing import Deed, Done, perform, perform_on
from models.act_kinds import ActKind
from models.agencies import Officer, Reader
from models.handling import Handling
from models.ids import AgencyId, CaseId, HandoffId
from models.items import ItemKind
from models.messages.advice import (
    AdmitAdvice,
    CompleteAdvice,
    DeliverAdvice,
    RejectAdvice,
    RequestAdvice,
)
from models.subjects import SubjectCard
from models.values import Value
from storage.handoffs import HandoffRecord


class AdviceRequest(Value):
    """The four things a request must hold (L24 20 al.1); identity is added."""

    to: AgencyId
    source: str
    inquiry_done: str
    register_result: str
    motivation: str


async def request(
    desk: Desk, reader: Reader, case: CaseId, asked: AdviceRequest
) -> Done:
    """Request an advice."""
    pack = pack_of(desk, reader.officer, case)
    source = pack.source(asked.source)
    card = subject_card(desk, reader, case, None)
    allowed = frozenset(row.code for row in pack.identifiers)
    body = {
        "question": asked.motivation,
        "context": asked.inquiry_done,
        "register": asked.register_result,
        "purpose": reader.purpose,
        "article": source.article,
        "about": card.minimal(allowed) if isinstance(card, SubjectCard) else card,
    }
    handling = Handling(basis=source.article)
    draft = json_draft(ItemKind.ADVICE_REQUEST, body, handling, asked.to)
    message = RequestAdvice(
        handoff=HandoffId(uuid4()),
        to=asked.to,
        source=source.code,
        question=draft.item,
    )
    return await perform(desk, reader.officer, case, message, draft)


async def complete(
    desk: Desk, officer: Officer, handoff: HandoffId, completion: str
) -> Done:
    """Send the pieces that an inadmissible request lacked."""

    def write(found: HandoffRecord) -> Deed:
        handling = Handling(basis=found.article)
        draft = text_draft(ItemKind.ADVICE_REQUEST, completion, handling, found.asked)
        return Deed(CompleteAdvice(handoff=handoff, completion=draft.item), (draft,))

    return await perform_on(desk, officer, handoff, write)


async def admit(desk: Desk, officer: Officer, handoff: HandoffId) -> Done:
    """Confirm that a request is admissible."""
    deed = Deed(AdmitAdvice(handoff=handoff))
    return await perform_on(desk, officer, handoff, lambda _: deed)


async def reject(
    desk: Desk, officer: Officer, handoff: HandoffId, reasons: str
) -> Done:
    """Say that a request is inadmissible, and what it lacks."""

    def write(found: HandoffRecord) -> Deed:
        handling = Handling(basis=found.article)
        draft = text_draft(ItemKind.REASONS, reasons, handling, found.asker)
        return Deed(RejectAdvice(handoff=handoff, reasons=draft.item), (draft,))

    return await perform_on(desk, officer, handoff, write)


async def deliver(desk: Desk, officer: Officer, handoff: HandoffId, text: str) -> Done:
    """Deliver the reasoned advice; it will be annexed to the decision."""

    def write(found: HandoffRecord) -> Deed:
        pack = desk.packs.get(found.route, found.pack_version)
        handling = handling_of(pack, ActKind.ADVICE_DELIVER, disclosable=True)
        draft = text_draft(ItemKind.ADVICE, text, handling, found.asker)
        return Deed(DeliverAdvice(handoff=handoff, advice=draft.item), (draft,))

    return await perform_on(desk, officer, handoff, write)
