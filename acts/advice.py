"""Requesting an advice, judging the request, delivering the advice."""

from __future__ import annotations

from uuid import uuid4

from acts.desk import Desk
from acts.drafts.admission import require_words
from acts.drafts.drafting import handling_of, json_draft, of_procedure, text_draft
from acts.looking_up import pack_of, register_hits, subject_card
from acts.performing import Deed, Done, perform, perform_on
from models.act_kinds import ActKind
from models.agencies import Officer, Reader
from models.errors import InvalidInput
from models.handoffs import HandoffRecord
from models.ids import AgencyId, CaseId, HandoffId
from models.items import DraftItem, ItemKind
from models.messages.advice import (
    AdmitAdvice,
    CompleteAdvice,
    DeliverAdvice,
    RejectAdvice,
    RequestAdvice,
)
from models.subjects import SubjectCard
from models.values import Value


class AdviceRequest(Value):
    """The four things a request must hold (L24 20 al.1); identity is added."""

    to: AgencyId
    source: str
    inquiry_done: str
    register_hit: bool
    motivation: str


async def request(
    desk: Desk, reader: Reader, case: CaseId, asked: AdviceRequest
) -> Done:
    """Request an advice; what it says of the register must be what that answered.

    Raises:
        InvalidInput: it gives no reasons, or another result than the register.
    """
    draft = request_draft(desk, reader, case, asked)
    message = RequestAdvice(
        handoff=HandoffId(uuid4()),
        to=asked.to,
        source=asked.source,
        question=draft.item,
    )
    return await perform(desk, reader.officer, case, message, draft)


def request_draft(
    desk: Desk, reader: Reader, case: CaseId, asked: AdviceRequest
) -> DraftItem:
    """Build what goes out with a request; the subject is opened, by a logged read.

    Raises:
        InvalidInput: as above.
    """
    require_words("inquiry", asked.inquiry_done)
    require_words("motivation", asked.motivation)
    pack = pack_of(desk, reader.officer, case)
    source = pack.source(asked.source)
    _check_register(desk, reader, case, asked)
    card = subject_card(desk, reader, case, None)
    allowed = frozenset(row.code for row in pack.identifiers)
    body = {
        "inquiry": asked.inquiry_done,
        "register": "hit" if asked.register_hit else "no hit",
        "motivation": asked.motivation,
        "purpose": reader.purpose,
        "article": source.article,
        "about": card.minimal(allowed) if isinstance(card, SubjectCard) else card,
    }
    handling = of_procedure(source.article)
    return json_draft(ItemKind.ADVICE_REQUEST, body, handling, asked.to)


def _check_register(
    desk: Desk, reader: Reader, case: CaseId, asked: AdviceRequest
) -> None:
    """Refuse a request that says otherwise than the register did (L24 20 al.1, 3°)."""
    hits = register_hits(desk, reader, case)
    if hits and any(hits) is not asked.register_hit:
        said, meant = ("a hit", "hit") if any(hits) else ("no hit", "no-hit")
        raise InvalidInput(
            f"the register answered {said} in this case, and the request says otherwise"
            " (L24 20 al.1)",
            help=f"request it with `--register {meant}`",
            field="register_hit",
        )


async def complete(
    desk: Desk, officer: Officer, handoff: HandoffId, completion: str
) -> Done:
    """Send the pieces that an inadmissible request lacked."""

    def write(found: HandoffRecord) -> Deed:
        handling = of_procedure(found.article)
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
        handling = of_procedure(found.article)
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
