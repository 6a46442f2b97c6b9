"""Questions to other agencies, from offer to answer."""

from __future__ import annotations

from activities.recording import clocks, guarded
from activities.recording.asking import check_term_runs, request_of
from activities.recording.scene import Scene
from activities.recording.step import Step
from models.errors import (
    InvalidInput,
    TransitionNotAllowed,
)
from models.handoffs import (
    OPEN_STATES,
    HandoffRecord,
    HandoffState,
    HandoffStep,
    requesters,
    too_late,
)
from models.ids import AgencyId, HandoffId, ItemId
from models.items import ItemKind
from models.law.clocks import ClockEnd
from models.law.sources import Source, SourceKind
from models.messages.handoffs import (
    AcceptHandoff,
    AnswerHandoff,
    AskHandoff,
    CompleteHandoff,
    RecallHandoff,
    ReceiveHandoff,
    RefuseHandoff,
    ReturnHandoff,
)
from models.messages.register import QueryRegister
from models.process import HandoffMove
from policies.sources import QUESTIONS, CaseFacts, check_answers, may_ask, ways_to_ask
from storage import handoffs, items, releases
from storage.people import designations

Question = AskHandoff | QueryRegister


def ask(step: Step, message: AskHandoff) -> None:
    """Put a question to another agency, if the closed list has it."""
    parent = request_of(step, message.parent)
    step.take_item(
        message.question, ItemKind.QUESTION, message.to, source=message.source
    )
    source = lawful_source(step, message.to, message.source, SourceKind.HANDOFF)
    handoff = _offer(step, message, source, parent)
    offered(step, handoff, source)


def query_register(step: Step, message: QueryRegister) -> None:
    """Ask the register; it needs a motivation from an inquiry under way."""
    step.take_item(
        message.question, ItemKind.REGISTER_QUERY, message.to, source=message.source
    )
    source = lawful_source(step, message.to, message.source, SourceKind.REGISTER)
    offered(step, _offer(step, message, source, None), source)


def receive(step: Step, message: ReceiveHandoff) -> None:
    """Take a question in hand; this names the officer for it."""
    handoff = step.handoff_of(message.handoff, asked=True)
    _move(step, handoff, HandoffStep.RECEIVE)
    designations.designate(step.connection, step.naming(handoff.id))
    _name_for_item(step, handoff)


def accept(step: Step, message: AcceptHandoff) -> None:
    """Undertake to answer."""
    handoff = mine(step, message.handoff)
    _check_ordinary(handoff, "not accepted but admitted", "advice admit")
    _move(step, handoff, HandoffStep.ACCEPT)


def answer(step: Step, message: AnswerHandoff) -> None:
    """Answer with one or more sealed items."""
    handoff = mine(step, message.handoff)
    _check_ordinary(handoff, "answered by the advice itself", "advice deliver")
    for item in message.items:
        step.take_material(item, ItemKind.ANSWER, handoff.asker, source=handoff.source)
    if guard := step.guard_of(handoff):
        guarded.prepare(step, handoff, guard)
    else:
        _conclude(step, handoff, HandoffStep.ANSWER)


def refuse(step: Step, message: RefuseHandoff) -> None:
    """Refuse with the article and reasons."""
    handoff = mine(step, message.handoff)
    _check_ordinary(handoff, "not refused but rejected", "advice reject")
    step.effects.article = message.article
    if step.guard_of(handoff):
        step.take_item(message.reasons, ItemKind.REASONS)
        guarded.move(step, handoff, HandoffStep.REFUSE)
        return
    step.take_item(message.reasons, ItemKind.REASONS, handoff.asker)
    _conclude(step, handoff, HandoffStep.REFUSE)


def return_(step: Step, message: ReturnHandoff) -> None:
    """Send a question back: it cannot be answered as it stands."""
    handoff = mine(step, message.handoff)
    _check_ordinary(handoff, "not returned but rejected", "advice reject")
    step.take_item(message.reasons, ItemKind.REASONS, handoff.asker)
    step.lawful = True
    inside = guarded.standing(step, handoff) if step.guard_of(handoff) else None
    step.move(handoff, HandoffStep.RETURN, inside)


def complete(step: Step, message: CompleteHandoff) -> None:
    """Offer a returned question again, with what it lacked; its term ran on."""
    handoff = step.handoff_of(message.handoff, asked=False)
    _check_ordinary(handoff, "completed in a way of its own", "advice complete")
    step.require_designation(handoff.parent)
    check_in_time(step, handoff, ClockEnd.QUESTIONS_EXPIRE, handoff.asker)
    kind = QUESTIONS[SourceKind(handoff.kind)]
    step.take_item(message.completion, kind, handoff.asked, source=handoff.source)
    step.lawful = True
    step.move(handoff, HandoffStep.COMPLETE)


def recall(step: Step, message: RecallHandoff) -> None:
    """Take a question back."""
    handoff = step.handoff_of(message.handoff, asked=False)
    step.require_designation(handoff.parent)
    guarded.clean(step, handoff)
    _conclude(step, handoff, HandoffStep.RECALL)


def lawful_source(step: Step, to: AgencyId, code: str, kind: SourceKind) -> Source:
    """Return the source of the closed list that this question uses.

    Raises:
        OutsidePack: the route has no such question; names article and alternative.
    """
    asked = step.agency_of(to)
    facts = CaseFacts(
        results=step.view.results(),
        established=step.view.established(),
        requesters=requesters(step.view.handoffs, step.agency.id),
    )
    source = may_ask(step.pack, step.agency.kind, asked.kind, code, facts)
    check_answers(source, to, facts)
    if source.kind is not kind:
        raise InvalidInput(
            f"source `{code}` ({source.label.en}) is not asked this way",
            help=f"use {ways_to_ask(step.pack, step.agency.kind, asked.kind)}",
        )
    if kind is not SourceKind.ADVICE:
        check_term_runs(step)
    step.lawful = True
    step.effects.article = source.article
    step.effects.detail = source.code
    return source


def offered(step: Step, handoff: HandoffRecord, source: Source) -> None:
    """Start the clock of a new handoff and tell the process about it."""
    step.effects.handoff = handoff.id
    step.effects.moved.append(HandoffMove(handoff=handoff.id, state=handoff.state))
    step.effects.changed.append(handoff)
    if step.agency.id != step.case.agency:
        # Who asks for somebody on leave leaves no naming of their own behind.
        naming = step.naming(handoff.id, step.on_behalf_of)
        designations.designate(step.connection, naming)
    if source.clock is not None:
        term = clocks.Term(
            clock=source.clock, agency=handoff.asked, start=step.day, handoff=handoff.id
        )
        if started := clocks.start(step, term):
            handoffs.set_due(step.connection, handoff.id, started.due_on)


def new_handoff(
    step: Step, source: Source, *, handoff: HandoffId, to: AgencyId, question: ItemId
) -> HandoffRecord:
    """Build the record of an offered handoff."""
    return HandoffRecord(
        id=handoff,
        case=step.case.id,
        route=step.pack.id,
        pack_version=step.pack.version,
        kind=source.kind,
        source=source.code,
        asker=step.agency.id,
        asked=to,
        state=HandoffState.OFFERED,
        question=question,
        purpose=step.intent.purpose,
        article=source.article,
        offered_at=step.at,
    )


def check_in_time(
    step: Step, handoff: HandoffRecord, end: ClockEnd, agency: AgencyId
) -> None:
    """Refuse an act stored after a term ended, even if its alarm has not rung yet.

    Raises:
        ClockEnded: the term of `agency` that ends this handoff is over.
    """
    if end is ClockEnd.QUESTIONS_EXPIRE and handoff.kind == SourceKind.ADVICE:
        return
    for deadline in step.running:
        ends_it = end in step.pack.clock(deadline.clock).at_end
        if ends_it and deadline.agency == agency and deadline.ends_at <= step.at:
            raise too_late()


def _offer(
    step: Step, message: Question, source: Source, parent: HandoffRecord | None
) -> HandoffRecord:
    record = new_handoff(
        step,
        source,
        handoff=message.handoff,
        to=message.to,
        question=message.question,
    )
    if parent is not None:
        record = record.model_copy(
            update={"parent": parent.id, "due_on": parent.due_on}
        )
    handoffs.enter(step.connection, record)
    return record


def end_children(scene: Scene, parent: HandoffId) -> None:
    """Take back the questions that served a request which is over."""
    for handoff in handoffs.of_case(scene.connection, scene.case.id):
        if handoff.parent == parent and handoff.state in OPEN_STATES:
            guarded.clean(scene, handoff)
            scene.move(handoff, HandoffStep.RECALL)
            clocks.stop_all(scene, handoff.id)


def mine(step: Step, identifier: HandoffId) -> HandoffRecord:
    """Return a question that this officer may answer, in time."""
    handoff = step.handoff_of(identifier, asked=True)
    taken = handoff.state is not HandoffState.OFFERED or step.guard_of(handoff)
    if handoff.state in OPEN_STATES and taken:
        step.require_designation(handoff.id)
    check_in_time(step, handoff, ClockEnd.QUESTIONS_EXPIRE, handoff.asker)
    return handoff


def _check_ordinary(handoff: HandoffRecord, rather: str, command: str) -> None:
    """Leave requests for advice (L24 20-24) and for items to their own procedure."""
    if handoff.kind == SourceKind.RELEASE:
        raise TransitionNotAllowed(
            "a request to let an item go on is granted or denied",
            help="use `estafette item grant` or `estafette item deny`",
        )
    if handoff.kind == SourceKind.ADVICE:
        raise TransitionNotAllowed(
            f"a request for advice is {rather}", help=f"use `estafette {command}`"
        )


def _name_for_item(step: Step, handoff: HandoffRecord) -> None:
    """Let who takes a request about an item in hand read that item."""
    asked = releases.find(step.connection, handoff.id)
    if asked is None:
        return
    known = items.known(step.connection, asked.item, step.agency.id)
    if known is not None:
        designations.designate(step.connection, step.naming(known.handoff))


def _move(step: Step, handoff: HandoffRecord, by: HandoffStep) -> None:
    if step.guard_of(handoff):
        guarded.move(step, handoff, by)
    else:
        step.move(handoff, by)


def _conclude(step: Step, handoff: HandoffRecord, move: HandoffStep) -> None:
    step.lawful = True
    step.move(handoff, move)
    clocks.stop_all(step, handoff.id)
    end_children(step, handoff.id)
