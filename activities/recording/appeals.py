"""Appeals to the Council of State, and the confirmation that there is none.

A clock never exhausts them: an appeal of the last day is heard of days later.
"""

from __future__ import annotations

from datetime import date

from activities.recording import clocks, notices
from activities.recording.decisions import standing_decision, write
from activities.recording.scene import Scene
from activities.recording.step import Step
from models.agencies import OfficerFunction
from models.decisions import Appeal, AppealWait, Decision, DecisionState
from models.errors import (
    ClockEnded,
    InvalidInput,
    NotFound,
    TransitionNotAllowed,
    Unavailable,
)
from models.items import ItemKind
from models.law.records import RetentionEvent
from models.messages.appeals import ConfirmNoAppeal, RecordAppeal, RuleAppeal
from models.notices import NoticeKind
from models.proceedings import AppealResult
from storage import appeals, decisions, intents
from storage.case_view import CaseView


def record(step: Step, message: RecordAppeal) -> None:
    """Enter an appeal; underlying data live until it is ruled on."""
    decision = standing_decision(step, message.decision, DecisionState.NOTIFIED)
    _check_unconfirmed(decision)
    notified = decision.notified_on or step.day
    if not notified <= message.lodged_on <= step.day:
        raise InvalidInput(
            f"`{message.lodged_on}` cannot be the day of the appeal",
            help=f"give a day from {notified} until today",
            field="lodged_on",
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
    """Enter the judgment; one that annuls makes underlying data due.

    After one that rejects, a confirmation is wanted that there is no other.
    """
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
            field="ruled_on",
        )
    change = {"result": message.result, "ruled_on": message.ruled_on}
    decisions.change_appeal(step.connection, appeal.model_copy(update=change))
    if message.result is AppealResult.ANNULLED:
        standing = decisions.decision(step.connection, appeal.decision)
        if standing is not None:
            write(step, standing, state=DecisionState.WITHDRAWN)
    if appeal.extreme_urgency and not _urgent_pending(step):
        clocks.release(step)
    _follow_up(step)


def confirm_none(step: Step, message: ConfirmNoAppeal) -> None:
    """Enter that no appeal was lodged but those ruled on; underlying data are due.

    Raises:
        TransitionNotAllowed: too early, confirmed already, or an appeal is pending.
        Unavailable: an act that was stored before this one still waits.
    """
    decision = standing_decision(step, message.decision, DecisionState.NOTIFIED)
    _check_unconfirmed(decision)
    _check_term_over(step)
    for appeal in decisions.appeals(step.connection, step.case.id):
        if appeal.decision == decision.id and appeal.is_pending:
            raise TransitionNotAllowed(
                f"the appeal of {appeal.lodged_on} against this decision is pending",
                help="enter its judgment with `estafette appeal rule` first",
            )
    if intents.waiting_before(step.connection, step.case.id, step.at):
        raise Unavailable("an act that counts before this one is being recorded")
    step.take_item(message.proof, ItemKind.NO_APPEAL)
    write(step, decision, no_appeal_on=step.day)
    _follow_up(step)


def ask_to_confirm(scene: Scene) -> None:
    """Tell the lead agency's handler that a confirmation is wanted, if it is."""
    term = appeals.term_of(_now(scene))
    if term is None or _awaited(scene) is not AppealWait.CONFIRMATION:
        return
    notices.of_term(
        scene, term, OfficerFunction.HANDLER, NoticeKind.CONFIRMATION_WANTED
    )


def _follow_up(step: Step) -> None:
    if _awaited(step) is None:
        step.effects.happened.add(RetentionEvent.APPEALS_EXHAUSTED)
    else:
        ask_to_confirm(step)


def _awaited(scene: Scene) -> AppealWait | None:
    return appeals.awaited(_now(scene), scene.at)


def _now(scene: Scene) -> CaseView:
    """Return what the record knows now, with what this act wrote."""
    return CaseView(scene.connection, scene.case, scene.pack)


def _urgent_pending(step: Step) -> bool:
    known = decisions.appeals(step.connection, step.case.id)
    return any(each.extreme_urgency and each.is_pending for each in known)


def _check_unconfirmed(decision: Decision) -> None:
    if decision.no_appeal_on is not None:
        raise TransitionNotAllowed(
            f"on {decision.no_appeal_on} it was confirmed that no appeal was lodged",
            help="underlying data were due that day; ask counsel what is left to do",
        )


def _check_term_over(step: Step) -> None:
    term = appeals.term_of(_now(step))
    if term is not None and step.at < term.ends_at:
        raise TransitionNotAllowed(
            f"the term for appeal runs until {term.due_on}",
            help=f"confirm after {term.due_on}, once the registry or counsel knows",
            article=step.pack.clock(term.clock).article,
        )


def _check_in_time(step: Step, lodged_on: date) -> None:
    term = appeals.term_of(_now(step))
    if term is not None and lodged_on > term.due_on:
        raise ClockEnded(
            f"the term for appeal ended on {term.due_on}",
            help="an appeal lodged later is inadmissible",
            article=step.pack.clock(term.clock).article,
        )
