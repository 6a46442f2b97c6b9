"""A holder asks the originator to let an item go on to one more agency.

The request is a handoff of the kind `release`: it has the states, the inbox and the
term of any other question. What it asks for stands in a row beside it.
"""

from __future__ import annotations

from activities.recording import clocks, evidence, notices
from activities.recording.handoffs import check_in_time, new_handoff, offered
from activities.recording.scene import Scene
from activities.recording.second_keys import check_second_hand
from activities.recording.step import Step
from models.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OutsidePack,
    TransitionNotAllowed,
)
from models.handoffs import (
    OPEN_STATES,
    HandoffRecord,
    HandoffStep,
    ReleaseRequest,
    too_late,
)
from models.ids import HandoffId, ItemId
from models.items import ItemKind, ItemState, KnownItem
from models.kinds.terms import HandoffExpired
from models.law.clocks import ClockEnd
from models.law.sources import Source, SourceKind
from models.messages.control import DenyRelease, GrantRelease, RequestRelease
from models.notices import NoticeKind
from policies.conditions import loosened
from policies.scopes import data_class
from storage import handoffs, items, recalls, releases
from storage.items import KeyRow


def request(step: Step, message: RequestRelease) -> None:
    """Ask the originator of an item that is held to make it readable by one more."""
    held = _held(step, message.item)
    served = _served(step, message)
    source = _source(step)
    if message.to in (held.originator, step.agency.id):
        raise InvalidInput(
            f"`{message.to}` has this item", help="name the agency that needs it"
        )
    mine = (h for h in step.view.handoffs if h.asker == step.agency.id)
    waiting = {handoff.id for handoff in mine if handoff.state in OPEN_STATES}
    for earlier in releases.open_about(step.connection, held.item):
        if earlier.recipient == message.to and earlier.handoff in waiting:
            raise TransitionNotAllowed(
                "this was asked already, and waits for its answer",
                help="see `estafette handoff show`",
            )
    originator = held.originator
    step.take_item(message.question, ItemKind.QUESTION, originator, source=source.code)
    step.lawful = True
    step.effects.article, step.effects.detail = source.article, source.code
    handoff = new_handoff(
        step,
        source,
        handoff=message.handoff,
        to=originator,
        question=message.question,
    ).model_copy(update={"parent": served.id})
    handoffs.enter(step.connection, handoff)
    releases.enter(
        step.connection,
        ReleaseRequest(
            handoff=handoff.id,
            case=step.case.id,
            item=held.item,
            recipient=message.to,
            serves=served.id,
            article=served.article,
        ),
    )
    offered(step, handoff, source)


def grant(step: Step, message: GrantRelease) -> None:
    """Let one more agency read an item, or another in its place."""
    handoff, asked = _waiting(step, message.handoff)
    whole = _releasable(step, asked)
    check_second_hand(step, whole)
    step.lawful = True
    step.effects.article = asked.article
    step.effects.concerned.add(whole.item)
    if message.excerpt is None:
        _give_whole(step, asked, whole)
    else:
        _give_excerpt(step, asked, whole, message.excerpt)
    notices.of_item(step, asked.recipient, asked.serves, NoticeKind.GRANTED)
    _conclude(step, handoff, HandoffStep.ANSWER)


def deny(step: Step, message: DenyRelease) -> None:
    """Keep an item where it is, with a word of the list and reasons."""
    handoff, _ = _waiting(step, message.handoff)
    step.take_item(message.reasons, ItemKind.REASONS, handoff.asker)
    step.lawful = True
    step.effects.detail = message.word
    _conclude(step, handoff, HandoffStep.REFUSE)


def lapse(scene: Scene, identifier: HandoffId) -> None:
    """Let a request end that nobody answered: silence grants nothing."""
    handoff = handoffs.find(scene.connection, identifier)
    if handoff is None or handoff.state not in OPEN_STATES:
        return
    scene.move(handoff, HandoffStep.EXPIRE)
    clocks.stop_all(scene, handoff.id)
    scene.effects.proofs[handoff.id] = evidence.of_clock(
        scene, HandoffExpired, handoff.asked, handoff.id
    )
    notices.of_item(scene, handoff.asker, handoff.id, NoticeKind.ENDED)


def lapse_about(step: Step, item: ItemId) -> None:
    """Let the requests about an item end that is taken back."""
    for waiting in releases.open_about(step.connection, item):
        lapse(step, waiting.handoff)


def _held(step: Step, identifier: ItemId) -> KnownItem:
    known = items.known(step.connection, identifier, step.agency.id)
    if known is None or known.case != step.case.id:
        raise NotFound(
            f"your agency has no item `{str(identifier)[:8]}` in this case",
            help="see `estafette case show` or `estafette handoff show`",
        )
    step.require_designation(known.handoff)
    if known.originator == step.agency.id:
        raise TransitionNotAllowed(
            "this item is your own: nobody has to be asked",
            help="answer or ask with it",
        )
    if known.state is not ItemState.LIVE:
        raise TransitionNotAllowed(
            f"this item is `{known.state}`", help="use its correction, if there is one"
        )
    return known


def _served(step: Step, message: RequestRelease) -> HandoffRecord:
    """Return the open question between this agency and the one that needs the item.

    It is what makes the exchange lawful: the closed list had it.
    """
    served = handoffs.find(step.connection, message.serves)
    parties = {step.agency.id, message.to}
    if (
        served is None
        or served.case != step.case.id
        or {served.asker, served.asked} != parties
    ):
        raise OutsidePack(
            f"no question between your agency and `{message.to}` needs this item",
            help="ask that agency first, or answer its question",
            article=step.rule.article,
        )
    if served.state not in OPEN_STATES:
        raise TransitionNotAllowed(
            f"the question that the item shall serve is `{served.state}`",
            help="an item goes on only for a question that is open",
        )
    return served


def _source(step: Step) -> Source:
    for source in step.pack.sources:
        if source.kind is SourceKind.RELEASE and step.agency.kind in source.asked_by:
            return source
    raise OutsidePack(
        "on this route your agency cannot ask that an item go on",
        help=step.pack.outside.alternative.en,
        article=step.pack.outside.article,
    )


def _waiting(step: Step, identifier: HandoffId) -> tuple[HandoffRecord, ReleaseRequest]:
    handoff = step.handoff_of(identifier, asked=True)
    asked = releases.find(step.connection, handoff.id)
    if asked is None:
        raise NotFound(
            f"handoff `{str(handoff.id)[:8]}` is not a request to let an item go on",
            help="use `estafette handoff answer` or `estafette handoff refuse`",
        )
    step.require_designation(handoff.id)
    check_in_time(step, handoff, ClockEnd.QUESTIONS_EXPIRE, handoff.asker)
    for term in step.running:
        ends_it = ClockEnd.SILENCE_REFUSES in step.pack.clock(term.clock).at_end
        if ends_it and term.handoff == handoff.id and term.ends_at <= step.at:
            raise too_late()
    return handoff, asked


def _releasable(step: Step, asked: ReleaseRequest) -> KnownItem:
    known = items.known(step.connection, asked.item, step.agency.id)
    if known is None or known.originator != step.agency.id:
        raise NotPermitted(
            "only its originator lets an item go on", help="ask that agency"
        )
    if known.state is not ItemState.LIVE:
        raise TransitionNotAllowed(
            f"this item is `{known.state}`", help="deny the request"
        )
    served = handoffs.find(step.connection, asked.serves)
    if served is None or served.state not in OPEN_STATES:
        raise TransitionNotAllowed(
            "the question that the item should serve is over",
            help="deny the request: the item has no lawful use there any more",
        )
    return known


def _give_whole(step: Step, asked: ReleaseRequest, whole: KnownItem) -> None:
    """Make the wrap that the originator's node made the key of the new holder."""
    key = releases.staged_wrap(step.connection, step.intent.act)
    holders = recalls.holdings(step.connection, whole.item)
    if any(holder.agency == asked.recipient for holder in holders):
        raise TransitionNotAllowed(
            f"`{asked.recipient}` has this item already",
            help="deny the request with `--word not_stated`",
        )
    if key is None or not _is_ours(step, asked, whole, key):
        raise InvalidInput(
            "the act carries no key of this item for that agency, made by yours",
            help="let the node of your agency grant it",
        )
    step.items[whole.item] = whole.model_copy(
        update={"audience": tuple(sorted({step.agency.id, asked.recipient}))}
    )
    step.taken.add(whole.item)
    releases.give(step.connection, step.intent.act, whole, key, asked.serves)


def _is_ours(step: Step, asked: ReleaseRequest, whole: KnownItem, key: KeyRow) -> bool:
    kind = step.agency_of(asked.recipient).kind
    return (key.item, key.agency, key.giver, key.scope) == (
        whole.item,
        asked.recipient,
        whole.originator,
        data_class(step.pack, whole.kind, kind),
    )


def _give_excerpt(
    step: Step, asked: ReleaseRequest, whole: KnownItem, excerpt: ItemId
) -> None:
    """Give an item in the place of the whole, under the same conditions or stricter."""
    item = step.take_item(excerpt, whole.kind, asked.recipient, source=whole.source)
    if item.excerpt_of != whole.item:
        raise InvalidInput("the new item does not say of which it is a part")
    if loose := loosened(whole.handling, item.handling):
        raise InvalidInput(
            f"these conditions are looser than those of the item: {', '.join(loose)}",
            help="give it under the same conditions, or stricter ones",
        )
    step.serving |= {asked.recipient: asked.serves, step.agency.id: whole.handoff}


def _conclude(step: Step, handoff: HandoffRecord, move: HandoffStep) -> None:
    step.move(handoff, move)
    clocks.stop_all(step, handoff.id)
