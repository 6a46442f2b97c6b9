"""What a node does for coordination: takes case keys, destroys, closes, signs.

The one implementation: in process in the embedded set-up, across the link elsewhere.
Every step may be repeated. A node that dies on the way finds the same work again, and
so does one whose report was lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Protocol

import structlog

from models.errors import (
    CiphertextInvalid,
    KeyUnknown,
    NotPermitted,
)
from models.link import (
    CaseKeyDelivery,
    DestructionOrder,
    GivenBack,
    Inclusions,
    InclusionWanted,
    PublishedKey,
    RecallOrder,
    Receipt,
    Redelivery,
    Report,
    Work,
)
from vault.node import Node
from vault.values import Delivery, DestructionReceipt, RecallReceipt, Recipient
from vault.watching import BLIND, Watching

LIFETIME = timedelta(days=30)
"""How long deliveries are made to one key: who steals it opens no more than these."""

log = structlog.get_logger()


class Coordination(Protocol):
    """What a node asks of coordination. It speaks for one agency only."""

    def publish(self, key: PublishedKey) -> None:
        """Let others deliver to this key from now on.

        Raises:
            CiphertextInvalid: it is not vouched for, as far as coordination can tell.
            NotFound: the directory does not have this agency.
            Unavailable: coordination does not answer; ask again.
        """

    def work(self) -> Work:
        """Return what waits for this agency's node.

        Raises:
            Unavailable: coordination does not answer; ask again.
        """

    def report(self, report: Report) -> None:
        """Tell what was done. What was reported before is passed over.

        Raises:
            CiphertextInvalid: a receipt is not signed by this agency.
            InvalidInput: a receipt is not final.
            Unavailable: coordination does not answer; ask for work again.
        """

    def prove(self, wanted: InclusionWanted) -> Inclusions:
        """Return proofs for those leaves that are in the log.

        Raises:
            Unavailable: coordination does not answer; ask again.
        """


class Duties:
    """One node, the coordination it works for, and what watches the log for it."""

    def __init__(
        self, node: Node, coordination: Coordination, watching: Watching = BLIND
    ) -> None:
        self._node = node
        self._coordination = coordination
        self._watching = watching

    def publish(self) -> None:
        """State the delivery key, and replace one that has served its time.

        At the start, because a crash may have come after a rotation; and once an hour.
        """
        self._state()
        if datetime.now(UTC) - self._node.delivery_key_made_at() > LIFETIME:
            self._replace()

    def _state(self) -> None:
        keys = self._node.public_keys()
        said = PublishedKey(
            statement=keys.statement,
            master_key=keys.master_key,
            version=version("estafette"),
        )
        self._coordination.publish(said)

    def _replace(self) -> None:
        """Start a new delivery key; what is on its way to the old one comes again."""
        self._node.rotate_delivery_key()
        self._state()
        self._node.retire_delivery_keys()

    def once(self) -> None:
        """Do what waits, report it, and look for the receipts of this node."""
        work = self._coordination.work()
        if work.waits:
            self._do(work)
        self._look_for_receipts()

    def _do(self, work: Work) -> None:
        settled, broken = self._accept(work.deliveries)
        redelivered, lost = self._redeliver(work.redeliveries)
        sides = self._watching.sign(work.twins)
        report = Report(
            settled=tuple(settled),
            broken=tuple(broken),
            redelivered=tuple(redelivered),
            lost=tuple(lost),
            receipts=tuple(self._destroy(work.orders)),
            given_back=tuple(self._give_back(work.recalls)),
            witnessed=self._watching.consider(work.checkpoint),
            twins=sides.signed,
            untwinned=sides.refused,
        )
        self._coordination.report(report)

    def _look_for_receipts(self) -> None:
        receipts = self._watching.receipts
        if receipts is None:
            return
        receipts.settle(self._coordination.prove)
        receipts.judge()
        if alarms := receipts.untold():
            self._coordination.report(Report(alarms=tuple(alarms)))
            receipts.told(alarms)

    def _accept(
        self, deliveries: Sequence[CaseKeyDelivery]
    ) -> tuple[list[str], list[str]]:
        return accept(self._node, [Delivery(**dict(each)) for each in deliveries])

    def _redeliver(
        self, wishes: Sequence[Redelivery]
    ) -> tuple[list[CaseKeyDelivery], list[str]]:
        made, lost = [], []
        for wish in wishes:
            receiver = Recipient(wish.receiver, wish.statement)
            try:
                fresh = self._node.redeliver(wish.case_key_id, receiver)
            except KeyUnknown:
                lost.append(wish.case_key_id)
            except (NotPermitted, CiphertextInvalid) as error:
                key, reason = wish.case_key_id, error.message
                log.error("redelivery_refused", key=key, reason=reason)
            else:
                made.append(CaseKeyDelivery(**asdict(fresh)))
        return made, lost

    def _destroy(self, orders: Sequence[DestructionOrder]) -> list[Receipt]:
        """Destroy what is ordered, then make it final once for all orders."""
        receipts = [_carry_out(self._node, order) for order in orders]
        if any(receipt.delivery_key_ids for receipt in receipts):
            # While the delivery key lives, a stored copy of a delivery opens again.
            # If nobody believes this node now, it makes no new one in vain.
            self._state()
            self._replace()
        if not all(receipt.is_final for receipt in receipts):
            # Until then, an older copy of the keyring holds what was destroyed.
            self._node.renew()
        final = ((order, _carry_out(self._node, order)) for order in orders)
        # Another process of this node may be destroying just now: then next round.
        return [_receipt(order, done) for order, done in final if done.is_final]

    def _give_back(self, orders: Sequence[RecallOrder]) -> list[GivenBack]:
        """Close what is recalled, then make it final once for all orders."""
        receipts = [_close(self._node, order) for order in orders]
        if not all(receipt.is_final for receipt in receipts):
            # Until then, an older copy of the keyring opens what was recalled.
            self._node.renew()
        final = ((order, _close(self._node, order)) for order in orders)
        return [
            GivenBack(
                order=order.id, renewal_due=done.renewal_due, signature=done.signature
            )
            for order, done in final
            if done.is_final
        ]


def accept(node: Node, deliveries: Sequence[Delivery]) -> tuple[list[str], list[str]]:
    """Let a node take case keys.

    Returns:
        The ids of those it is done with, and of those that do not open: they were
        delivered to a delivery key that is gone.
    """
    settled, broken = [], []
    for delivery in deliveries:
        try:
            node.accept(delivery)
        except KeyUnknown:
            # Keys of that case and scope were destroyed here meanwhile, for good.
            log.info("delivery_came_too_late", key=delivery.case_key_id)
        except CiphertextInvalid:
            log.warning("delivery_does_not_open", key=delivery.case_key_id)
            broken.append(delivery.case_key_id)
            continue
        settled.append(delivery.case_key_id)
    return settled, broken


def _carry_out(node: Node, order: DestructionOrder) -> DestructionReceipt:
    return node.destroy(order.case_id, order.scope, order.holder)


def _close(node: Node, order: RecallOrder) -> RecallReceipt:
    return node.give_back(order.case_id, order.item_id)


def _receipt(order: DestructionOrder, done: DestructionReceipt) -> Receipt:
    return Receipt(
        order=order.id,
        case_key_ids=done.case_key_ids,
        delivery_key_ids=done.delivery_key_ids,
        renewal_due=done.renewal_due,
        signature=done.signature,
    )
