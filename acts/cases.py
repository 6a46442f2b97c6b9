"""Opening a case, extending, adding items and closing."""

from __future__ import annotations

from uuid import uuid4

import orjson

from acts.desk import Desk
from acts.drafts.drafting import bytes_draft, handling_of, json_draft, text_draft
from acts.performing import Deed, Done, perform, perform_by
from models.act_kinds import ActKind
from models.agencies import Officer
from models.handling import Handling
from models.ids import CaseId, OfficerId
from models.items import ItemKind
from models.messages.cases import AddItem, CloseCase, Extend, OpenCase
from models.packs import Pack
from models.secrecy import Secrecy
from models.subjects import SubjectCard
from models.values import Value
from policies.subjects import check_subject


class Opening(Value):
    """What a mayor's opening decision needs."""

    route: str
    activity: str
    permit_regime: bool = True
    preconditions: tuple[str, ...]
    subject: SubjectCard
    facts: str
    designated: tuple[OfficerId, ...] = ()
    secrecy: Secrecy = Secrecy.INVISIBLE


class OwnMaterial(Value):
    """A fact or document of one's own, under its number in the closed list.

    `name` is that of a document's file: what it holds must fit it.
    """

    source: str
    body: bytes
    document: bool = False
    name: str = ""
    handling: Handling


async def open_case(desk: Desk, officer: Officer, opening: Opening) -> Done:
    """Open a case by the mayor's decision; the inquiry's clock starts.

    Raises:
        InvalidInput: the subject card does not hold; nothing was stored.
        EstafetteError: as `perform`.
    """
    today = desk.today
    pack = desk.packs.current(opening.route, today)
    check_subject(opening.subject, pack, today)
    handling = handling_of(pack, ActKind.CASE_OPEN, disclosable=True)
    subject = orjson.loads(opening.subject.model_dump_json())
    card = json_draft(ItemKind.SUBJECT_CARD, subject, handling)
    facts = text_draft(ItemKind.OPENING_FACTS, opening.facts, handling)
    message = OpenCase(
        route=pack.id,
        pack_version=pack.version,
        activity=opening.activity,
        preconditions=opening.preconditions,
        permit_regime=opening.permit_regime,
        subject_card=card.item,
        facts=facts.item,
        designated=opening.designated,
        secrecy=opening.secrecy,
    )
    case = CaseId(uuid4())
    return await perform(desk, officer, case, message, card, facts)


async def extend(desk: Desk, officer: Officer, case: CaseId, reasons: str) -> Done:
    """Extend the inquiry, once, with reasons."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.CASE_EXTEND)
        draft = text_draft(ItemKind.DECISION_REASONS, reasons, handling)
        return Deed(Extend(reasons=draft.item), (draft,))

    return await perform_by(desk, officer, case, write)


async def add_item(
    desk: Desk, officer: Officer, case: CaseId, material: OwnMaterial
) -> Done:
    """Enter own material into the file."""
    kind = ItemKind.DOCUMENT if material.document else ItemKind.FACT
    draft = bytes_draft(kind, material.body, material.handling, source=material.source)
    draft = draft.model_copy(update={"name": material.name})
    message = AddItem(item=draft.item, source=material.source)
    return await perform(desk, officer, case, message, draft)


async def close(desk: Desk, officer: Officer, case: CaseId, reasons: str) -> Done:
    """End the case; without a measure its underlying data die the same day."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.CASE_CLOSE)
        draft = text_draft(ItemKind.DECISION_REASONS, reasons, handling)
        return Deed(CloseCase(reasons=draft.item), (draft,))

    return await perform_by(desk, officer, case, write)
