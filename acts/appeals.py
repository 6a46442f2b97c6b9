"""Recording appeals and their judgments; confirming that there is none."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from acts.desk import Desk
from acts.drafts.drafting import handling_of, text_draft
from acts.performing import Deed, Done, perform, perform_by
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import CaseId
from models.items import ItemKind
from models.messages.appeals import ConfirmNoAppeal, RecordAppeal, RuleAppeal
from models.packs import Pack
from models.proceedings import AppealResult
from models.values import Value


class LodgedAppeal(Value):
    """An appeal to the Council of State."""

    decision: UUID
    lodged_on: date
    extreme_urgency: bool = False


class NoAppeal(Value):
    """What the registry or counsel stated about a decision that nobody appealed."""

    decision: UUID
    proof: str


class Judgment(Value):
    """What the Council of State ruled."""

    appeal: UUID
    result: AppealResult
    ruled_on: date


async def record(
    desk: Desk, officer: Officer, case: CaseId, lodged: LodgedAppeal
) -> Done:
    """Record an appeal to the Council of State."""
    message = RecordAppeal(appeal=uuid4(), **dict(lodged))
    return await perform(desk, officer, case, message)


async def confirm_none(
    desk: Desk, officer: Officer, case: CaseId, confirmed: NoAppeal
) -> Done:
    """Confirm that no appeal was lodged, or none but those ruled on."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.APPEAL_NONE)
        draft = text_draft(ItemKind.NO_APPEAL, confirmed.proof, handling)
        message = ConfirmNoAppeal(decision=confirmed.decision, proof=draft.item)
        return Deed(message, (draft,))

    return await perform_by(desk, officer, case, write)


async def rule(desk: Desk, officer: Officer, case: CaseId, judgment: Judgment) -> Done:
    """Record the judgment on an appeal."""
    message = RuleAppeal(**dict(judgment))
    return await perform(desk, officer, case, message)
