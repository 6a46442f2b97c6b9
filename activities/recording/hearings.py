"""The right to be heard: invitation with proof, and what came of it (119ter §13)."""

from __future__ import annotations

from activities.recording import notices
from activities.recording.step import Step
from models.act_kinds import ActKind
from models.decisions import Hearing
from models.errors import InvalidInput, NotFound, TransitionNotAllowed
from models.items import ItemKind
from models.messages.hearings import InviteHearing, RecordHearing
from models.notices import NoticeKind
from storage import decisions


def invite(step: Step, message: InviteHearing) -> None:
    """Enter an invitation with the proof that it was presented."""
    step.require_designation(None)
    if message.presented_on > step.day or message.presented_on < step.case.opened_on:
        raise InvalidInput(
            f"`{message.presented_on}` cannot be the day of presentation",
            help="give the day on the proof, between the opening and today",
            field="presented_on",
        )
    if message.hearing_on <= step.day:
        today = message.hearing_on == step.day
        why = "leaves no time to prepare" if today else "lies in the past"
        raise InvalidInput(
            f"`{message.hearing_on}` {why}",
            help=f"give a day for the hearing after {step.day}, which is today",
            field="hearing_on",
        )
    step.take_item(message.invitation, ItemKind.INVITATION)
    step.take_item(message.proof, ItemKind.PROOF)
    decisions.enter_hearing(
        step.connection,
        Hearing(
            id=message.hearing,
            case=step.case.id,
            mode=message.mode,
            presented_on=message.presented_on,
            hearing_on=message.hearing_on,
            invitation=message.invitation,
            proof=message.proof,
        ),
    )


def record(step: Step, message: RecordHearing) -> None:
    """Enter the minutes: heard, in writing, or absent without valid reason.

    Whoever proposes the decision hears of it: they may do so now.
    """
    step.require_designation(None)
    step.take_item(message.minutes, ItemKind.MINUTES)
    known = decisions.hearings(step.connection, step.case.id)
    hearing = next((h for h in known if h.id == message.hearing), None)
    if hearing is None:
        raise NotFound("there is no such invitation", help="see `estafette case show`")
    if hearing.is_recorded:
        raise TransitionNotAllowed(
            "this hearing was already recorded",
            help="for another hearing, invite again: `estafette hearing invite`",
        )
    if step.day < hearing.hearing_on:
        raise InvalidInput(
            f"the hearing is on {hearing.hearing_on}, not before",
            help="record it on that day or later",
        )
    decisions.change_hearing(
        step.connection,
        hearing.model_copy(
            update={
                "attendance": message.attendance,
                "arguments": message.arguments,
                "minutes": message.minutes,
            }
        ),
    )
    for function in step.pack.doers(ActKind.DECISION_PROPOSE):
        notices.of_case(step, step.case.agency, function, NoticeKind.HEARD)
