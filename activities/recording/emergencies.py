"""Breaking the glass: reading for some hours without being named; and its review."""

from __future__ import annotations

from datetime import timedelta

from activities.recording import notices
from activities.recording.step import Step
from models.agencies import OfficerFunction
from models.errors import NotFound, NotPermitted, TransitionNotAllowed
from models.messages.people import BreakGlass, ReviewGlass
from models.notices import NoticeKind
from models.people import Glass
from policies.emergencies import check_hours
from storage import cases, items
from storage.people import directory, exclusions, glass


def break_glass(step: Step, message: BreakGlass) -> None:
    """Open the case for reading, tell the supervisor, and open the review.

    Only where the agency was given something, and never beside an open review: nobody
    goes on from one emergency to the next.
    """
    if not items.are_given(step.connection, step.agency.id, step.case.id):
        raise cases.no_such_case(step.case.id)
    _check_needed(step)
    check_hours(step.services.emergency, message.hours)
    glass.enter(
        step.connection,
        Glass(
            id=message.glass,
            case=step.case.id,
            agency=step.agency.id,
            officer=step.officer.id,
            ground=message.ground,
            from_at=step.at,
            until_at=step.at + timedelta(hours=message.hours),
        ),
    )
    detail = f"{message.ground} {step.officer.service_number}"
    supervisor = OfficerFunction.SUPERVISOR
    notices.of_case(step, step.agency.id, supervisor, NoticeKind.BREAK_GLASS, detail)
    step.effects.detail = message.ground


def review(step: Step, message: ReviewGlass) -> None:
    """Conclude the review of an emergency of the own agency; it ends with it."""
    found = glass.find(step.connection, message.glass)
    mine = found is not None and found.agency == step.agency.id
    if found is None or not mine or found.case != step.case.id:
        raise NotFound(
            "your agency has no such emergency in this case",
            help="see those that wait with `estafette handoff inbox`",
        )
    if found.outcome is not None:
        raise TransitionNotAllowed(
            f"this emergency was reviewed on {found.reviewed_on}",
            help="a review is concluded once",
        )
    if found.officer == step.officer.id:
        raise NotPermitted(
            "nobody reviews an emergency of their own",
            help="let another supervisor conclude it",
        )
    glass.conclude(step.connection, found, message.outcome, step.at)
    step.effects.named = found.officer
    step.effects.detail = message.outcome


def _check_needed(step: Step) -> None:
    if step.agency.id == step.case.agency and step.is_designated(None):
        raise TransitionNotAllowed(
            "you are named for this case", help="read it as usual"
        )
    waiting = glass.reviews(step.connection, step.agency.id, step.case.id)
    if any(one.officer == step.officer.id for one in waiting):
        raise TransitionNotAllowed(
            "an earlier emergency of yours waits for its review",
            help="ask your supervisor to conclude it, or to have you designated",
        )
    supervisors = directory.officers_with(
        step.connection, step.agency.id, OfficerFunction.SUPERVISOR
    )
    others = [
        name
        for name in supervisors
        if name != step.officer.id
        and not exclusions.is_excluded(step.connection, step.case.id, name, step.day)
    ]
    if not others:
        # That the one superior is kept out would tell that there is a case.
        raise cases.no_such_case(step.case.id)
