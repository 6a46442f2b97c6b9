"""An originator takes an item back, or gives another in its place (LVP 32 §3)."""

from __future__ import annotations

from activities.recording import guarded, notices, releases
from activities.recording.scene import Scene
from activities.recording.second_keys import check_second_hand
from activities.recording.step import Step
from models.control import RecallGround
from models.deadlines import DeadlineRecord
from models.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    TransitionNotAllowed,
)
from models.events import Operation
from models.ids import AgencyId, HandoffId, ItemId
from models.items import ItemKind, ItemState, KnownItem
from models.messages.control import CorrectItem, RecallItem
from models.notices import NoticeKind
from models.recalls import Holding, Recall
from storage import items, recalls

# These are the act itself; they end by an act of their own.
_FOR_GOOD = frozenset({ItemKind.SUBJECT_CARD, ItemKind.PROPOSAL, ItemKind.DECISION})


def recall(step: Step, message: RecallItem) -> None:
    """Take an item back from everybody else, and the excerpts of it."""
    known = _own(step, message.item)
    _take_back(step, known, message.ground, NoticeKind.RECALLED)
    step.effects.operation = Operation.ERASURE


def correct(step: Step, message: CorrectItem) -> None:
    """Take an item back, and give those who held it another in its place."""
    known = _own(step, message.item)
    holders = recalls.holdings(step.connection, known.item)
    if any(holder.agency != step.agency.id for holder in holders):
        check_second_hand(step, known)
    _check_correction(step, known, message.correction, holders)
    step.serving |= {holder.agency: holder.handoff for holder in holders}
    step.lawful = True
    _take_back(step, known, message.ground, NoticeKind.CORRECTED)
    step.effects.operation = Operation.ALTERATION


def question_of(scene: Scene, deadline: DeadlineRecord) -> HandoffId | None:
    """Return for which question the agency had the item that a term is about."""
    if deadline.item is None:
        return None
    for holder in recalls.holdings(scene.connection, deadline.item):
        if holder.agency == deadline.agency:
            return holder.handoff
    return None


def tell_of_silence(scene: Scene, deadline: DeadlineRecord) -> None:
    """Tell the originator that a holder gave nothing back in its term.

    Which one stands in the list of recalls, for those who may know of holders.
    """
    if deadline.item is None:
        return
    held = items.known(scene.connection, deadline.item, deadline.agency)
    if held is None:
        return
    given = items.known(scene.connection, deadline.item, held.originator)
    handoff = None if given is None else given.handoff
    what = str(deadline.item)[:8]
    notices.of_item(scene, held.originator, handoff, NoticeKind.NOT_GIVEN_BACK, what)


def _own(step: Step, item: ItemId) -> KnownItem:
    """Return an item that the acting agency gave, and may still take back.

    Raises:
        NotFound: absent, of another case, or not held by this agency (any more).
        NotPermitted: another agency gave it.
        TransitionNotAllowed: taken back already, or of a kind that cannot be.
    """
    known = items.known(step.connection, item, step.agency.id)
    if known is None or known.case != step.case.id:
        raise NotFound(
            f"your agency has no item `{str(item)[:8]}` in this case",
            help="see `estafette case show` or `estafette handoff show`",
        )
    step.effects.handoff = known.handoff
    step.require_designation(known.handoff)
    if known.originator != step.agency.id:
        raise NotPermitted(
            f"only `{known.originator}` takes this item back: it gave it",
            help="tell the agency that gave it what is wrong",
            article=step.rule.article,
        )
    if known.state is not ItemState.LIVE:
        raise TransitionNotAllowed(
            f"this item is `{known.state}` already",
            help="see who gave it back with `estafette item recalls`",
        )
    if known.kind in _FOR_GOOD:
        raise TransitionNotAllowed(
            f"a `{known.kind}` is not taken back",
            help="propose again, or withdraw the decision",
        )
    return known


def _check_correction(
    step: Step, known: KnownItem, identifier: ItemId, holders: list[Holding]
) -> None:
    sealed = step.items.get(identifier)
    audience = tuple(sorted(holder.agency for holder in holders))
    if sealed is not None and sealed.audience != audience:
        raise Conflict(
            "who holds this item changed while you corrected it",
            help="correct it again",
        )
    fresh = step.take_item(identifier, known.kind, *audience, source=known.source)
    if (fresh.corrects, fresh.excerpt_of) != (known.item, known.excerpt_of):
        raise InvalidInput("the new item does not say that it corrects this one")


def _take_back(
    step: Step, known: KnownItem, ground: RecallGround, told: NoticeKind
) -> None:
    step.bound = []
    step.effects.detail = ground
    excerpts = recalls.excerpts(step.connection, step.case.id, known.item)
    _keep_inside(step, known, excerpts)
    for item in (known.item, *excerpts):
        holders = recalls.holdings(step.connection, item)
        recalls.take_back(step.connection, item, step.agency.id)
        step.effects.concerned.add(item)
        for holder in holders:
            if holder.agency != step.agency.id:
                _order(step, item, holder, ground)
                kind = told if item == known.item else NoticeKind.RECALLED
                detail = f"{str(item)[:8]} {ground}"
                notices.of_item(
                    step, AgencyId(holder.agency), holder.handoff, kind, detail
                )
        releases.lapse_about(step, item)


def _keep_inside(step: Step, known: KnownItem, excerpts: list[ItemId]) -> None:
    """Let nobody notice that what never left on a guarded question is changed."""
    question = guarded.question_of(step, known)
    if question is None:
        return
    guarded.check_not_prepared(step, question, known.item)
    holders = {
        holder.agency
        for item in (known.item, *excerpts)
        for holder in recalls.holdings(step.connection, item)
    }
    step.effects.inside = holders <= {step.agency.id}


def _order(step: Step, item: ItemId, holder: Holding, ground: RecallGround) -> None:
    recall = Recall(case=step.case.id, item=item, ground=ground, at=step.at)
    recalls.order(step.connection, recall, holder)
    step.effects.recipients.add(holder.agency)
    if step.bound is not None:
        step.bound.append((AgencyId(holder.agency), item))
