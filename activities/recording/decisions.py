"""Proposal, decision, notification, withdrawal and filing."""

from __future__ import annotations

from uuid import UUID, uuid4

from activities.recording import notices
from activities.recording.step import Step
from models.act_kinds import ActKind
from models.agencies import OfficerFunction
from models.decisions import DECIDED, Decision, DecisionState
from models.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OutsidePack,
    TransitionNotAllowed,
)
from models.items import ItemKind, ItemState
from models.law.decisions import PermitRegime
from models.law.records import RetentionEvent
from models.messages.decisions import (
    AdoptDecision,
    NotifyDecision,
    ProposeDecision,
    WithdrawDecision,
)
from models.messages.register import FileInRegister
from models.notices import NoticeKind
from models.people import Naming
from policies.readiness import check_grounds, check_proposal, check_ready
from storage import decisions
from storage.people import designations, directory, exclusions


def propose(step: Step, message: ProposeDecision) -> None:
    """The mayor proposes; the college will now see the case."""
    row = step.pack.outcome(message.outcome)
    if not row.is_possible(step.case.permit_regime):
        wanted = PermitRegime.of(step.case.permit_regime)
        raise OutsidePack(
            f"`{row.code}` is not possible here: the regime is `{wanted}`",
            help=f"see {row.article} for the outcomes of this route",
            article=row.article,
        )
    if not row.negative:
        raise TransitionNotAllowed(
            f"`{row.code}` needs no decision of the college",
            help="end the case with `estafette case close`",
        )
    _check_limbs(step, message)
    step.take_item(message.proposal, ItemKind.PROPOSAL)
    facts = step.view.decision_facts(message)
    check_ready(step.pack, ActKind.DECISION_PROPOSE, row.code, facts)
    check_proposal(row, facts)
    _supersede_proposals(step)
    decisions.enter_decision(
        step.connection,
        Decision(
            id=message.decision,
            case=step.case.id,
            state=DecisionState.PROPOSED,
            outcome=row.code,
            proposed_by=step.officer.id,
            months=message.months,
            lifting_conditions=message.lifting_conditions,
            grounds=message.grounds,
            answered=message.answered,
            proposal=message.proposal,
        ),
    )
    step.negative = row.negative
    _let_college_in(step)
    notices.of_case(
        step, step.case.agency, OfficerFunction.COLLEGE, NoticeKind.PROPOSAL
    )


def _check_limbs(step: Step, message: ProposeDecision) -> None:
    limbs = {limb.code for limb in step.pack.limbs}
    if unknown := {ground.limb for ground in message.grounds} - limbs:
        raise InvalidInput(
            f"`{min(unknown)}` is no limb of the legal test",
            help=f"choose one of: {', '.join(sorted(limbs))}",
        )


def _supersede_proposals(step: Step) -> None:
    """A new proposal takes the place of one that the college has not adopted."""
    for earlier in decisions.decisions(step.connection, step.case.id):
        if earlier.state is DecisionState.PROPOSED:
            write(step, earlier, state=DecisionState.WITHDRAWN)


def adopt(step: Step, message: AdoptDecision) -> None:
    """The college decides on the mayor's proposal."""
    decision = standing_decision(step, message.decision, DecisionState.PROPOSED)
    absent = step.on_behalf_of
    if decision.proposed_by in (step.officer.id, absent.id if absent else None):
        raise NotPermitted(
            "you proposed this decision, and cannot adopt it as well",
            help="let another member of the college enter its decision",
            article=step.rule.article,
        )
    step.take_item(message.text, ItemKind.DECISION)
    facts = step.view.decision_facts(decision).model_copy(update={"proposed": True})
    check_grounds(step.pack, facts)
    check_ready(step.pack, ActKind.DECISION_ADOPT, decision.outcome, facts)
    write(
        step,
        decision,
        state=DecisionState.ADOPTED,
        text=message.text,
        adopted_on=step.day,
    )
    notices.of_case(step, step.case.agency, OfficerFunction.HANDLER, NoticeKind.ADOPTED)


def notify(step: Step, message: NotifyDecision) -> None:
    """Enter the proven receipt; the terms run from it, never from sending."""
    decision = standing_decision(step, message.decision, DecisionState.ADOPTED)
    adopted = decision.adopted_on or step.day
    if not adopted <= message.received_on <= step.day:
        raise InvalidInput(
            f"`{message.received_on}` cannot be the day of receipt",
            help=f"give the day on the proof, from {adopted} until today",
            field="received_on",
        )
    step.take_item(message.proof, ItemKind.PROOF)
    annexed = message.advice in _advice_items(step)
    facts = step.view.decision_facts().model_copy(update={"advice_annexed": annexed})
    check_ready(step.pack, ActKind.DECISION_NOTIFY, decision.outcome, facts)
    step.clocks_from = message.received_on
    write(
        step,
        decision,
        state=DecisionState.NOTIFIED,
        notified_on=message.received_on,
        notified_mode=message.mode,
    )


def withdraw(step: Step, message: WithdrawDecision) -> None:
    """The college withdraws a decision whose facts no longer hold (119ter §12)."""
    decision = standing_decision(step, message.decision, *DECIDED)
    step.take_item(message.reasons, ItemKind.DECISION_REASONS)
    write(step, decision, state=DecisionState.WITHDRAWN)
    notices.of_case(
        step, step.case.agency, OfficerFunction.HANDLER, NoticeKind.WITHDRAWN
    )


def file_in_register(step: Step, message: FileInRegister) -> None:
    """File the measure with the keeper of the register (L24 10 al.2)."""
    decision = standing_decision(step, message.decision, *DECIDED)
    if decision.filed_on is not None:
        raise TransitionNotAllowed(
            f"this decision was filed on {decision.filed_on}",
            help="there is nothing more to file",
        )
    keeper = step.agency_of(message.to)
    if keeper.kind is not step.pack.hub:
        raise InvalidInput(
            f"`{keeper.id}` does not keep the register",
            help=f"file it with the {step.pack.hub}",
        )
    step.take_item(message.filing, ItemKind.REGISTER_FILING, keeper.id)
    step.lawful = True
    decisions.enter_in_register(
        step.connection,
        decision,
        id=uuid4(),
        commune=step.agency.id,
        keeper=keeper.id,
        filing_id=message.filing,
        entered_at=step.at,
    )
    write(step, decision, filed_on=step.day)
    step.effects.happened.add(RetentionEvent.REGISTER_ENTERED)
    registrar, entered = OfficerFunction.REGISTRAR, NoticeKind.REGISTER_ENTRY
    notices.of_case(step, keeper.id, registrar, entered)


def standing_decision(step: Step, identifier: UUID, *states: DecisionState) -> Decision:
    """Return a decision of this case in one of these states.

    Raises:
        NotFound: there is none.
        TransitionNotAllowed: it is in another state.
    """
    decision = decisions.decision(step.connection, identifier)
    if decision is None or decision.case != step.case.id:
        raise NotFound("there is no such decision", help="see `estafette case show`")
    if decision.state not in states:
        raise TransitionNotAllowed(
            f"this decision is `{decision.state}`",
            help=f"that is possible only while it is {' or '.join(states)}",
        )
    step.negative = step.pack.outcome(decision.outcome).negative
    return decision


def write(step: Step, decision: Decision, **change: object) -> None:
    """Write what became of a decision."""
    decisions.change_decision(step.connection, decision.model_copy(update=change))


def _let_college_in(step: Step) -> None:
    members = directory.officers_with(
        step.connection, step.agency.id, OfficerFunction.COLLEGE
    )
    for member in members:
        if not exclusions.is_excluded(step.connection, step.case.id, member, step.day):
            designations.designate(
                step.connection,
                Naming(
                    case=step.case.id,
                    agency=step.agency.id,
                    officer=member,
                    from_day=step.day,
                ),
            )


def _advice_items(step: Step) -> set[UUID]:
    return {
        item.item
        for item in step.view.items.values()
        if item.kind is ItemKind.ADVICE and item.state is ItemState.LIVE
    }
