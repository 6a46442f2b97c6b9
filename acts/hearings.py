"""Inviting to a hearing and recording it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from acts.desk import Desk
from acts.drafts.admission import require_words
from acts.drafts.drafting import handling_of, text_draft
from acts.performing import Deed, Done, perform_by
from models.act_kinds import ActKind
from models.agencies import Officer
from models.ids import CaseId
from models.items import ItemKind
from models.messages.hearings import InviteHearing, RecordHearing
from models.packs import Pack
from models.proceedings import Attendance, ServiceMode
from models.values import Value


class Invitation(Value):
    """The invitation and the proof that it was presented."""

    mode: ServiceMode
    presented_on: date
    hearing_on: date
    letter: str
    proof: str


class Minutes(Value):
    """What happened; each argument of the person is numbered from 1."""

    hearing: UUID
    attendance: Attendance
    text: str
    arguments: tuple[str, ...] = ()


async def invite(
    desk: Desk, officer: Officer, case: CaseId, invitation: Invitation
) -> Done:
    """Enter an invitation with its proof."""

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.HEARING_INVITE, disclosable=True)
        letter = text_draft(ItemKind.INVITATION, invitation.letter, handling)
        proof = text_draft(ItemKind.PROOF, invitation.proof, handling)
        message = InviteHearing(
            hearing=uuid4(),
            mode=invitation.mode,
            presented_on=invitation.presented_on,
            hearing_on=invitation.hearing_on,
            invitation=letter.item,
            proof=proof.item,
        )
        return Deed(message, (letter, proof))

    return await perform_by(desk, officer, case, write)


async def record(desk: Desk, officer: Officer, case: CaseId, minutes: Minutes) -> Done:
    """Record a hearing, or the absence of a person who was properly invited."""
    for argument in minutes.arguments:
        require_words("argument", argument)
    numbered = [f"{n}. {each}" for n, each in enumerate(minutes.arguments, start=1)]
    require_words("minutes", minutes.text)
    body = "\n".join([minutes.text, "", *numbered])

    def write(pack: Pack) -> Deed:
        handling = handling_of(pack, ActKind.HEARING_RECORD, disclosable=True)
        draft = text_draft(ItemKind.MINUTES, body, handling)
        message = RecordHearing(
            hearing=minutes.hearing,
            attendance=minutes.attendance,
            arguments=len(minutes.arguments),
            minutes=draft.item,
        )
        return Deed(message, (draft,))

    return await perform_by(desk, officer, case, write)
