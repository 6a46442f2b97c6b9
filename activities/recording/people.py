"""Naming officers and ending it; conflicts of interest."""

from __future__ import annotations

from activities.recording import notices
from activities.recording.step import Step
from models.agencies import Officer, OfficerFunction
from models.errors import InvalidInput, TransitionNotAllowed
from models.handoffs import OPEN_STATES, HandoffRecord
from models.ids import HandoffId, OfficerId
from models.messages.cases import Designate
from models.messages.people import (
    DesignateForHandoff,
    Exclude,
    Readmit,
    Recuse,
    Release,
)
from models.notices import NoticeKind
from models.people import Designated, Exclusion, ExclusionGround
from storage import cases, handoffs
from storage.people import covers, designations, directory, exclusions


def designate(step: Step, message: Designate) -> None:
    """Name an officer for the case, or write the last day of it anew."""
    if message.until is not None and message.until < step.day:
        raise InvalidInput(
            f"`{message.until}` lies in the past", help="give today or a later day"
        )
    person = _free_colleague(step, message.officer)
    naming = step.naming(None, person)
    if message.until is not None:
        naming = naming.model_copy(update={"until_day": message.until})
    designations.designate(step.connection, naming)


def designate_for_handoff(step: Step, message: DesignateForHandoff) -> None:
    """Name who works on a question, so that none is left with somebody who is gone."""
    handoff = step.handoff_of(message.handoff, asked=True)
    step.effects.inside = step.guard_of(handoff) is not None
    person = _free_colleague(step, message.officer)
    designations.designate(step.connection, step.naming(handoff.id, person))


def release(step: Step, message: Release) -> None:
    """End an officer's designations in the case, unless nobody would be left."""
    _check_part(step)
    person = step.colleague(message.officer)
    named = _named(step)
    if not any(one.officer == person.id for one in named):
        raise TransitionNotAllowed(
            f"officer `{person.id}` is not designated in this case",
            help="see who is with `estafette case people`",
        )
    _check_somebody_left(step, person, named)
    designations.release(step.connection, step.case.id, person.id, step.day)


def exclude(step: Step, message: Exclude) -> None:
    """Keep an officer of the own agency out of the case."""
    _check_part(step)
    if message.officer == step.officer.id:
        raise InvalidInput(
            "this would exclude yourself", help="use `estafette case recuse`"
        )
    _exclude(step, step.colleague(message.officer), message.ground)


def recuse(step: Step, message: Recuse) -> None:
    """Keep oneself out; the supervisor is told that somebody must follow."""
    _check_part(step)
    _exclude(step, step.officer, message.ground)
    notices.of_case(
        step,
        step.agency.id,
        OfficerFunction.SUPERVISOR,
        NoticeKind.RECUSAL,
        step.officer.service_number,
    )


def readmit(step: Step, message: Readmit) -> None:
    """End an exclusion; what it took away is not given back."""
    _check_part(step)
    person = step.colleague(message.officer)
    if not exclusions.end(step.connection, step.case.id, person.id, step.day):
        raise TransitionNotAllowed(
            f"officer `{person.id}` is not excluded from this case",
            help="see who is with `estafette case people`",
        )


def _exclude(step: Step, person: Officer, ground: ExclusionGround) -> None:
    if exclusions.is_excluded(step.connection, step.case.id, person.id, step.day):
        raise _is_excluded(person.id)
    exclusions.enter(
        step.connection,
        Exclusion(
            case=step.case.id,
            agency=step.agency.id,
            officer=person.id,
            ground=ground,
            from_day=step.day,
        ),
    )
    designations.release(step.connection, step.case.id, person.id, step.day)
    covers.end(step.connection, person.id, step.day, case=step.case.id)
    step.effects.named = person.id
    step.effects.detail = ground
    step.effects.discreet = True


def _free_colleague(step: Step, identifier: OfficerId) -> Officer:
    person = step.colleague(identifier)
    if not person.functions:  # who left
        raise directory.no_such_colleague(step.agency.id, identifier)
    if exclusions.is_excluded(step.connection, step.case.id, person.id, step.day):
        raise _is_excluded(person.id)
    return person


def _is_excluded(officer: OfficerId) -> TransitionNotAllowed:
    return TransitionNotAllowed(
        f"officer `{officer}` is excluded from this case",
        help="name somebody else; `estafette case readmit` ends an exclusion",
    )


def _named(step: Step) -> list[Designated]:
    case = step.case.id
    return designations.of_case(step.connection, case, step.agency.id, step.day)


def _part(step: Step) -> list[HandoffRecord]:
    """Return the open questions of a case that the acting agency was asked."""
    found = handoffs.of_case(step.connection, step.case.id)
    return [h for h in found if h.asked == step.agency.id and h.state in OPEN_STATES]


def _check_part(step: Step) -> None:
    """Refuse an agency that has no part in the case, as if there were none."""
    if step.agency.id == step.case.agency:
        return
    parts = handoffs.of_case(step.connection, step.case.id)
    if not any(step.agency.id in (h.asked, h.asker) for h in parts):
        raise cases.no_such_case(step.case.id)


def _check_somebody_left(step: Step, leaving: Officer, named: list[Designated]) -> None:
    """Refuse to leave the case without a handler, or an open question without anybody.

    Raises:
        TransitionNotAllowed: name another first.
    """
    named = [one for one in named if one.functions]  # who left works on nothing
    if step.agency.id == step.case.agency:
        handlers = {n.officer for n in named if OfficerFunction.HANDLER in n.functions}
        if handlers == {leaving.id}:
            raise _last("the case", "estafette case designate")
        return
    for handoff in _part(step):
        if _working_on(named, handoff.id) == {leaving.id}:
            raise _last("an open question", "estafette handoff designate")


def _working_on(named: list[Designated], handoff: HandoffId) -> set[OfficerId]:
    return {one.officer for one in named if one.handoff == handoff}


def _last(what: str, command: str) -> TransitionNotAllowed:
    return TransitionNotAllowed(
        f"nobody else is designated for {what}", help=f"first use `{command}`"
    )
