"""Appeals to the Council of State, and when none is possible any more."""

from __future__ import annotations

from datetime import date

from activities.recording import clocks
from activities.recording.decisions import standing_decision, write
from activities.recording.step import Scene, Step
from models.decisions import Appeal, DecisionState
from models.errors import ClockEnded, InvalidInput, NotFound, TransitionNotAllowed
from models.law.clocks import ClockEnd
from models.law.records import RetentionEvent
from models.messages import RecordAppeal, RuleAppeal
from models.words import AppealResult
from storage import deadlines, decisions


def record(step: Step, message: RecordAppeal) -> None:
    """Enter an appeal; underlying data live until it is ruled on."""
    decision = standing_decision(step, message.decision, DecisionState.NOTIFIED)
    notified = decision.notified_on or step.day
    if not notified <= message.lodged_on <= step.day:
        raise InvalidInput(
            f"`{message.lodged_on}` cannot be the day of the appeal",
            help=f"give a day from {notified} until today",
        )
    _check_in_time(step, message.lodged_on)
    decisions.enter_appeal(
        step.connection,
        Appeal(
            id=message.appeal,
            case=step.case.id,
            decision=decision.id,
            lodged_on=message.lodged_on,
            extreme_urgency=message.extreme_urgency,
        ),
    )
    if message.extreme_urgency:
        clocks.hold(step)


def rule(step: Step, message: RuleAppeal) -> None:
    """Enter the judgment; when it is final, underlying data are due."""
    known = decisions.appeals(step.connection, step.case.id)
    appeal = next((a for a in known if a.id == message.appeal), None)
    if appeal is None:
        raise NotFound("there is no such appeal", help="see `estafette case show`")
    if not appeal.is_pending:
        raise TransitionNotAllowed(
            f"this appeal was ruled on: `{appeal.result}`",
            help="see `estafette case show`",
        )
    if not appeal.lodged_on <= message.ruled_on <= step.day:
        raise InvalidInput(
            f"`{message.ruled_on}` cannot be the day of the judgment",
            help=f"give a day from {appeal.lodged_on} until today",
        )
    change = {"result": message.result, "ruled_on": message.ruled_on}
    decisions.change_appeal(step.connection, appeal.model_copy(update=change))
    if message.result is AppealResult.ANNULLED:
        standing = decisions.decision(step.connection, appeal.decision)
        if standing is not None:
            write(step, standing, state=DecisionState.WITHDRAWN)
    if appeal.extreme_urgency and not _urgent_pending(step):
        clocks.release(step)
    if are_exhausted(step):
        step.effects.happened.add(RetentionEvent.APPEALS_EXHAUSTED)


def are_exhausted(scene: Scene) -> bool:
    """Tell whether no appeal waits for its judgment and none can be lodged any more."""
    appeals = decisions.appeals(scene.connection, scene.case.id)
    terms = deadlines.of_case(scene.connection, scene.case.id, running=True)
    return not any(appeal.is_pending for appeal in appeals) and not any(
        ClockEnd.APPEALS_EXHAUSTED in scene.pack.clock(term.clock).at_end
        for term in terms
    )


def _urgent_pending(step: Step) -> bool:
    known = decisions.appeals(step.connection, step.case.id)
    return any(each.extreme_urgency and each.is_pending for each in known)


def _check_in_time(step: Step, lodged_on: date) -> None:
    terms = [
        deadline
        for deadline in deadlines.of_case(step.connection, step.case.id)
        if ClockEnd.APPEALS_EXHAUSTED in step.pack.clock(deadline.clock).at_end
    ]
    # A decision that was withdrawn leaves its own, stopped term behind.
    newest = max(terms, key=lambda term: term.started_on, default=None)
    if newest is not None and lodged_on > newest.due_on:
        raise ClockEnded(
            f"the term for appeal ended on {newest.due_on}",
            help="an appeal lodged later is inadmissible",
            article=step.pack.clock(newest.clock).article,
        )
