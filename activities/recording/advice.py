"""The request for advice: its admissibility, and the advice itself."""

from __future__ import annotations

from activities.recording import clocks
from activities.recording.handoffs import (
    check_in_time,
    end_children,
    lawful_source,
    new_handoff,
    offered,
)
from activities.recording.step import Step
from models.errors import (
    NotFound,
    NotPermitted,
    PiecesMissing,
    TransitionNotAllowed,
)
from models.handoffs import OPEN_STATES, HandoffRecord, HandoffState, HandoffStep
from models.ids import HandoffId
from models.items import ItemKind
from models.law.clocks import ClockEnd
from models.law.records import RetentionEvent
from models.law.sources import SourceKind
from models.messages.advice import (
    AdmitAdvice,
    CompleteAdvice,
    DeliverAdvice,
    RejectAdvice,
    RequestAdvice,
)
from storage import deadlines, handoffs


def request(step: Step, message: RequestAdvice) -> None:
    """Ask for the advice; it must say hit or no hit (L24 art. 20 al.1, 3°)."""
    step.take_item(message.question, ItemKind.ADVICE_REQUEST, message.to)
    source = lawful_source(step, message.to, message.source, SourceKind.ADVICE)
    if not step.view.answered(SourceKind.REGISTER):
        raise PiecesMissing(
            "the register has not answered yet, and the request must say hit or no hit",
            help="query it with `estafette register query` and wait for the answer",
            gaps=[source.article],
        )
    under_way = [h for h in step.view.handoffs if h.state in OPEN_STATES]
    if any(handoff.kind == SourceKind.ADVICE for handoff in under_way):
        raise TransitionNotAllowed(
            "a request for advice is under way",
            help="wait for its answer, or take it back with `estafette handoff recall`",
        )
    handoff = new_handoff(
        step, source, handoff=message.handoff, to=message.to, question=message.question
    )
    handoffs.enter(step.connection, handoff)
    offered(step, handoff, source)


def complete(step: Step, message: CompleteAdvice) -> None:
    """Add what an inadmissible request lacked."""
    handoff = step.handoff_of(message.handoff, asked=False)
    _require_advice(handoff)
    check_in_time(step, handoff, ClockEnd.REQUEST_LAPSES, handoff.asker)
    step.take_item(message.completion, ItemKind.ADVICE_REQUEST, handoff.asked)
    step.lawful = True
    step.move(handoff, HandoffStep.COMPLETE)


def admit(step: Step, message: AdmitAdvice) -> None:
    """Confirm that the request is admissible; the advice term starts."""
    handoff = _received(step, message.handoff)
    step.move(handoff, HandoffStep.ACCEPT)


def reject(step: Step, message: RejectAdvice) -> None:
    """Call the request inadmissible: to be completed once, final the second time."""
    handoff = _received(step, message.handoff)
    _require_state(handoff, HandoffState.RECEIVED)
    step.take_item(message.reasons, ItemKind.REASONS, handoff.asker)
    step.lawful = True
    if _is_final(step, handoff):
        step.move(handoff, HandoffStep.REFUSE)
        clocks.stop_all(step, handoff.id)
    else:
        step.move(handoff, HandoffStep.RETURN)


def deliver(step: Step, message: DeliverAdvice) -> None:
    """Give the advice: it will be annexed, so all of it must be disclosable."""
    handoff = _received(step, message.handoff)
    _require_state(handoff, HandoffState.ACCEPTED)
    item = step.take_item(message.advice, ItemKind.ADVICE, handoff.asker)
    if not item.handling.disclosable or item.handling.judicial_hold:
        raise NotPermitted(
            "the advice is annexed to the decision, so it must be disclosable",
            help="leave out what may not be disclosed (L24 art. 24 §2)",
        )
    step.lawful = True
    step.move(handoff, HandoffStep.ANSWER)
    clocks.stop_all(step, handoff.id)
    end_children(step, handoff.id)
    step.effects.happened.add(RetentionEvent.ARCHIVED)


def _is_final(step: Step, handoff: HandoffRecord) -> bool:
    """Tell whether a second refusal of this request ends it, as the pack says."""
    terms = deadlines.of_case(step.connection, step.case.id)
    begun = {d.clock for d in terms if d.handoff == handoff.id}
    return bool(begun & set(step.rule.final_when))


def _received(step: Step, identifier: HandoffId) -> HandoffRecord:
    handoff = step.handoff_of(identifier, asked=True)
    _require_advice(handoff)
    if handoff.state is not HandoffState.OFFERED:
        step.require_designation(handoff.id)
    return handoff


def _require_state(handoff: HandoffRecord, state: HandoffState) -> None:
    after = {HandoffState.RECEIVED: "it is received", HandoffState.ACCEPTED: "admitted"}
    if handoff.state is not state:
        raise TransitionNotAllowed(
            f"this request is `{handoff.state}`",
            help=f"that is possible once {after[state]}, and not later",
        )


def _require_advice(handoff: HandoffRecord) -> None:
    if handoff.kind != SourceKind.ADVICE:
        raise NotFound(
            f"handoff `{str(handoff.id)[:8]}` is not a request for advice",
            help="use `estafette handoff` for other questions",
        )
