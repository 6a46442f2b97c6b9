"""Proposing, adopting, notifying, withdrawing and filing a decision."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import orjson
from pydantic import Field

from acts.desk import Desk
from acts.drafts.drafting import handling_of, json_draft, text_draft
from acts.performing import Deed, Done, perform_by
from models.act_kinds import ActKind
from models.agencies import Officer
from models.errors import InvalidInput
from models.ids import AgencyId, CaseId, ItemId
from models.items import ItemKind
from models.messages.decisions import (
    AdoptDecision,
    Ground,
    NotifyDecision,
    ProposeDecision,
    WithdrawDecision,
)
from models.messages.register import FileInRegister
from models.motivation import Motivation
from models.packs import Pack
from models.proceedings import ServiceMode
from models.values import MOST, Value


class Proposal(Value):
    """The mayor's proposal with its reasons."""

    outcome: str
    motivation: Motivation
    months: int | None = Field(default=None, ge=1, le=MOST)
    lifting_conditions: str = ""


class Notification(Value):
    """The proven receipt of a decision, the advice annexed."""

    decision: UUID
    mode: ServiceMode
    received_on: date
    advice: ItemId
    proof: str


class Filing(Value):
    """What is filed in the register about a decision, and with whom."""

    decision: UUID
    to: AgencyId
    text: str


async def propose(
    desk: Desk, officer: Officer, case: CaseId, proposal: Proposal
) -> Done:
    """Propose a decision to the college."""

    def write(pack: Pack) -> Deed:
        _check_codes(pack, proposal.motivation)
        handling = handling_of(pack, ActKind.DECISION_PROPOSE, disclosable=True)
        body = orjson.loads(proposal.model_dump_json())
        draft = json_draft(ItemKind.PROPOSAL, body, handling)
        return Deed(proposing(proposal, draft.item), (draft,))

    return await perform_by(desk, officer, case, write)


def proposing(proposal: Proposal, item: ItemId) -> ProposeDecision:
    """Return what leaves the node of a proposal: identifiers, and what parts it has."""
    motivation = proposal.motivation
    return ProposeDecision(
        decision=uuid4(),
        outcome=proposal.outcome,
        grounds=tuple(Ground(item=g.item, limb=g.limb) for g in motivation.grounds),
        answered=tuple(sorted({a.argument for a in motivation.answers})),
        parts=motivation.parts(),
        months=proposal.months,
        lifting_conditions=bool(proposal.lifting_conditions.strip()),
        proposal=item,
    )


async def adopt(
    desk: Desk, officer: Officer, case: CaseId, decision: UUID, text: str
) -> Done:
    """Adopt a proposal as the college."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.DECISION_ADOPT, disclosable=True)
        draft = text_draft(ItemKind.DECISION, text, handling)
        return Deed(AdoptDecision(decision=decision, text=draft.item), (draft,))

    return await perform_by(desk, officer, case, write)


async def notify(
    desk: Desk, officer: Officer, case: CaseId, notification: Notification
) -> Done:
    """Enter the proven receipt of a decision."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.DECISION_NOTIFY, disclosable=True)
        draft = text_draft(ItemKind.PROOF, notification.proof, handling)
        message = NotifyDecision(
            decision=notification.decision,
            mode=notification.mode,
            received_on=notification.received_on,
            advice=notification.advice,
            proof=draft.item,
        )
        return Deed(message, (draft,))

    return await perform_by(desk, officer, case, write)


async def withdraw(
    desk: Desk, officer: Officer, case: CaseId, decision: UUID, reasons: str
) -> Done:
    """Withdraw a decision whose facts no longer hold."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.DECISION_WITHDRAW, disclosable=True)
        draft = text_draft(ItemKind.DECISION_REASONS, reasons, handling)
        return Deed(WithdrawDecision(decision=decision, reasons=draft.item), (draft,))

    return await perform_by(desk, officer, case, write)


async def file_in_register(
    desk: Desk, officer: Officer, case: CaseId, filing: Filing
) -> Done:
    """File a measure in the central register."""
    decision, to = filing.decision, filing.to

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.REGISTER_FILE, disclosable=True)
        draft = text_draft(ItemKind.REGISTER_FILING, filing.text, handling, to)
        message = FileInRegister(decision=decision, to=to, filing=draft.item)
        return Deed(message, (draft,))

    return await perform_by(desk, officer, case, write)


def _check_codes(pack: Pack, motivation: Motivation) -> None:
    """Refuse codes that the pack does not have, before anything is sealed."""
    limbs = {row.code for row in pack.limbs}
    persons = {row.code for row in pack.persons}
    offences = {row.code for row in pack.offences}
    for ground in motivation.grounds:
        for code, known in (
            (ground.limb, limbs),
            (ground.person, persons),
            (ground.offence, offences),
        ):
            if code not in known:
                raise InvalidInput(
                    f"`{code}` is not a code of this route",
                    help=f"choose one of: {', '.join(sorted(known))}",
                )
