"""Acts on a question, and on an item that somebody gave."""

from __future__ import annotations

from collections.abc import Awaitable
from uuid import UUID

from acts import advice, handoffs, people, recalls, releases
from acts.handoffs import Enclosure
from acts.offered import bodies as b
from acts.offered.offer import About, Offer, bare, dated, on_handoff, saying
from acts.performing import Done
from acts.recalls import Correction
from acts.releases import Conditions, Wish
from acts.seat import Seat
from models.act_kinds import ActKind
from models.agencies import ReadReason
from models.ids import HandoffId, ItemId


def _answer(at: Seat, handoff: UUID, given: b.Replies) -> Awaitable[Done]:
    replies = tuple(
        each.model_copy(update={"handling": dated(at, each.handling)})
        for each in given.replies
    )
    enclosures = tuple(
        Enclosure(body=each.document, name=each.name, handling=dated(at, each.handling))
        for each in given.documents
    )
    return handoffs.answer(at.desk, at.officer, HandoffId(handoff), replies, enclosures)


def _refuse(at: Seat, handoff: UUID, given: b.RefusalGiven) -> Awaitable[Done]:
    article, why = given.article, given.reasons
    return handoffs.refuse(at.desk, at.officer, HandoffId(handoff), article, why)


def _grant(at: Seat, handoff: UUID, given: b.Granted) -> Awaitable[Done]:
    reader = at.reader(ReadReason.ANSWERING)
    conditions = Conditions(
        body=given.text if given.document is None else given.document,
        name=given.name,
        code=given.code,
        expires_on=given.expires_on,
    )
    return releases.grant(at.desk, reader, HandoffId(handoff), conditions)


def _deny(at: Seat, handoff: UUID, given: b.Denied) -> Awaitable[Done]:
    word, why = given.word, given.reasons
    return releases.deny(at.desk, at.officer, HandoffId(handoff), word, why)


def _request(at: Seat, item: UUID, given: b.ReleaseWish) -> Awaitable[Done]:
    wish = Wish(item=ItemId(item), **dict(given))
    return releases.request(at.desk, at.officer, wish)


def _correct(at: Seat, item: UUID, given: b.Corrected) -> Awaitable[Done]:
    fresh: str | bytes = given.body if given.text is None else given.text
    correction = Correction(body=fresh, name=given.name, ground=given.ground)
    reader = at.reader(ReadReason.CHECKING)
    return recalls.correct(at.desk, reader, ItemId(item), correction)


OFFERS = (
    on_handoff(ActKind.HANDOFF_RECEIVE, bare(handoffs.receive)),
    on_handoff(
        ActKind.HANDOFF_DESIGNATE,
        saying(people.designate_for_handoff, "officer"),
        b.Named,
    ),
    on_handoff(ActKind.HANDOFF_ACCEPT, bare(handoffs.accept)),
    on_handoff(ActKind.HANDOFF_ANSWER, _answer, b.Replies),
    on_handoff(ActKind.HANDOFF_NOTHING, bare(handoffs.nothing_known)),
    on_handoff(ActKind.HANDOFF_CONFIRM, bare(handoffs.confirm)),
    on_handoff(ActKind.HANDOFF_DECLINE, bare(handoffs.decline)),
    on_handoff(ActKind.HANDOFF_REFUSE, _refuse, b.RefusalGiven),
    on_handoff(ActKind.HANDOFF_RETURN, saying(handoffs.return_, "reasons"), b.Reasons),
    on_handoff(ActKind.HANDOFF_COMPLETE, saying(handoffs.complete, "text"), b.Text),
    on_handoff(ActKind.HANDOFF_RECALL, bare(handoffs.recall)),
    on_handoff(ActKind.ADVICE_COMPLETE, saying(advice.complete, "text"), b.Text),
    on_handoff(ActKind.ADVICE_ADMIT, bare(advice.admit)),
    on_handoff(ActKind.ADVICE_REJECT, saying(advice.reject, "reasons"), b.Reasons),
    on_handoff(ActKind.ADVICE_DELIVER, saying(advice.deliver, "text"), b.Text),
    on_handoff(ActKind.ITEM_GRANT, _grant, b.Granted),
    on_handoff(ActKind.ITEM_DENY, _deny, b.Denied),
    Offer(ActKind.ITEM_REQUEST_RELEASE, About.ITEM, b.ReleaseWish, _request),
    Offer(
        ActKind.ITEM_RECALL, About.ITEM, b.RecallGiven, saying(recalls.recall, "ground")
    ),
    Offer(ActKind.ITEM_CORRECT, About.ITEM, b.Corrected, _correct),
)
