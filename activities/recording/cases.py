"""Opening, extending and closing a case."""

from __future__ import annotations

from activities.recording import clocks, guarded, notices, secrecy
from activities.recording.step import Step
from models.decisions import DECIDED, DecisionState
from models.errors import (
    InvalidInput,
    OutsidePack,
    PiecesMissing,
    TransitionNotAllowed,
)
from models.events import Operation
from models.handoffs import OPEN_STATES, HandoffState, HandoffStep
from models.items import ItemKind
from models.law.decisions import GateScope
from models.law.records import RetentionEvent
from models.law.sources import SourceKind
from models.messages.cases import AddItem, CloseCase, Extend, OpenCase
from models.notices import NoticeKind
from models.packs import PackStatus
from models.secrecy import Secrecy
from policies.sources import asked_with
from storage import cases, deadlines, decisions
from storage.people import designations, directory


def open_(step: Step, message: OpenCase) -> None:
    """The mayor decides to open an inquiry; the pack says what must hold first."""
    if step.pack.status is not PackStatus.IN_FORCE:
        raise OutsidePack(
            f"route `{step.pack.id}` is not confirmed to be in force",
            help="choose a route that is in force: `estafette case open --help`",
        )
    _check_gates(step, message)
    step.take_item(message.subject_card, ItemKind.SUBJECT_CARD)
    step.take_item(message.facts, ItemKind.OPENING_FACTS)
    cases.enter(step.connection, step.case.model_copy(update={"version": 0}))
    if message.secrecy is not Secrecy.INVISIBLE:
        secrecy.tell(step, message.secrecy)
    for name in {step.officer.id, *message.designated}:
        person = directory.colleague(step.connection, step.agency.id, name)
        designations.designate(step.connection, step.naming(None, person))
    step.effects.operation = Operation.COLLECTION


def extend(step: Step, message: Extend) -> None:
    """Extend the inquiry, once."""
    step.take_item(message.reasons, ItemKind.DECISION_REASONS)
    for record in deadlines.of_case(step.connection, step.case.id):
        if record.handoff is None and step.pack.clock(record.clock).extension:
            clocks.extend(step, record)
            return
    raise InvalidInput(
        "this route has no term that can be extended",
        help=step.pack.see("clocks"),
    )


def add_item(step: Step, message: AddItem) -> None:
    """Enter own material under its number in the closed list."""
    source = step.pack.source(message.source)
    if source.kind is not SourceKind.RECORD or step.agency.kind not in source.asked_by:
        raise OutsidePack(
            f"source `{source.code}` ({source.label.en}) is not material of your own",
            help=f"ask for it: {asked_with(source)}",
            article=source.article,
        )
    step.require_designation(None)
    added = step.take_material(message.item, ItemKind.FACT, source=source.code)
    step.view.check_age(added)
    step.effects.article = source.article
    step.effects.detail = source.code
    step.effects.operation = Operation.COLLECTION


def close(step: Step, message: CloseCase) -> None:
    """End the case; data that the law wants gone today are due today."""
    step.take_item(message.reasons, ItemKind.DECISION_REASONS)
    decided = _standing_decision(step)
    for handoff in step.view.handoffs:
        if handoff.state in OPEN_STATES:
            guarded.clean(step, handoff)
            step.move(handoff, HandoffStep.RECALL)
            clocks.stop_all(step, handoff.id)
    step.effects.closed_on = step.day
    step.effects.outcome = decided or step.pack.without_measure
    if decided is None:
        # Who must give an item back still must.
        for record in [each for each in step.running if each.item is None]:
            clocks.stop(step, (record.clock,), record.handoff)
        step.effects.happened.add(RetentionEvent.NO_MEASURE)
    step.effects.happened |= {RetentionEvent.INQUIRY_CLOSED, RetentionEvent.ARCHIVED}
    _give_feedback(step, step.effects.outcome)


def _give_feedback(step: Step, outcome: str) -> None:
    """Tell everybody who answered how it ended: the outcome, nothing more."""
    for handoff in step.view.handoffs:
        if handoff.state is HandoffState.ANSWERED:
            notices.of_item(
                step, handoff.asked, handoff.id, NoticeKind.FEEDBACK, outcome
            )


def _standing_decision(step: Step) -> str | None:
    standing = [
        d
        for d in decisions.decisions(step.connection, step.case.id)
        if d.state in DECIDED and step.pack.outcome(d.outcome).negative
    ]
    if not standing:
        return None
    if any(d.state is not DecisionState.NOTIFIED or not d.filed_on for d in standing):
        raise TransitionNotAllowed(
            "the decision is not notified and filed yet",
            help="notify it and file it in the register, or withdraw it, first",
        )
    return standing[-1].outcome


def _check_gates(step: Step, message: OpenCase) -> None:
    scope = step.pack.scope
    if scope is not None and message.activity not in {a.code for a in scope.activities}:
        raise OutsidePack(
            f"activity `{message.activity}` is not on the list of this route",
            help=step.pack.see("activities"),
            article=scope.article,
        )
    missing = [
        gate
        for gate in step.pack.preconditions
        if gate.scope is GateScope.ALWAYS and gate.code not in message.preconditions
    ]
    if missing:
        lines = [f"{gate.code} ({gate.article})" for gate in missing]
        raise PiecesMissing(
            f"preconditions are not confirmed: {', '.join(lines)}",
            help="confirm each that holds with `--confirm CODE`, or all of them with"
            " `--confirm-all`",
            gaps=lines,
            field="preconditions",
            pieces=[{**gate.label.words, "article": gate.article} for gate in missing],
        )
