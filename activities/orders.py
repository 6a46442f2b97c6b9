"""Coordination as one agency's node sees it: what waits, and what was done.

Whose work it is comes from whoever makes this: the node played here, or the
certificate at the other end of the link. Nothing that a node says can reach rows of
another agency. INVARIANT: an order is carried out last of all that comes of it: the
walls show the case, its terms and the item only while the order is open.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row

from activities import twins
from activities.hearing_witnesses import hear
from activities.noting import note_keys, note_witness
from activities.proving import hear_alarms, prove
from models.clock import LegalClock
from models.errors import InvalidInput
from models.kinds.destruction import ItemGivenBack, KeysDestroyed
from models.link import (
    MOST,
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
from storage import cases, deliveries, recalls, retention
from storage.log import evidence, witnessing
from storage.log import twins as owed
from storage.people import directory
from storage.sessions import serving
from storage.story import write_line
from storage.writing import together
from vault import statements
from vault.destruction import verify_recall, verify_receipt
from vault.signers import key_behind
from vault.trust import Trust
from vault.values import DestructionReceipt, RecallReceipt, Signer


class AgencyOrders:
    """Implements `vault.duties.Coordination` over the database, for one agency.

    `trust` reads whom coordination believes about what agencies sign.
    """

    def __init__(
        self,
        database: Engine,
        agency: str,
        clock: LegalClock,
        trust: Callable[[], Trust],
    ) -> None:
        self._database = database
        self._agency = agency
        self._clock = clock
        self._trust = trust

    def publish(self, key: PublishedKey) -> None:
        """See `Coordination.publish`."""
        with self._transaction() as connection:
            directory.agency(connection, self._agency)
            now, said = datetime.now(UTC), key.statement
            statements.believe(said, self._agency, self._trust(), now)
            read = statements.read(said)
            directory.publish(connection, self._agency, said, read.certificate)
            note_keys(connection, key, read, self._clock.now())
            owed.offer_again(connection, self._agency)

    def work(self) -> Work:
        """See `Coordination.work`."""
        with self._transaction() as connection:
            taken = deliveries.waiting(connection, self._agency, MOST)
            again = deliveries.broken(connection, self._agency, MOST)
            orders = retention.open_orders(connection, self._agency, MOST)
            recalled = recalls.open_orders(connection, self._agency, MOST)
            offered = witnessing.offer_to(connection, self._agency)
            sides = owed.offers(connection, self._agency, MOST)
        return Work(
            deliveries=tuple(CaseKeyDelivery(**asdict(each)) for each in taken),
            redeliveries=tuple(Redelivery(**each._mapping) for each in again),
            orders=tuple(map(_order, orders)),
            recalls=tuple(map(_recall, recalled)),
            checkpoint=offered,
            twins=tuple(sides),
        )

    def report(self, report: Report) -> None:
        """See `Coordination.report`."""
        with self._transaction() as connection:
            deliveries.settle(connection, self._agency, report.settled)
            deliveries.note_broken(connection, self._agency, report.broken)
            for fresh in report.redelivered:
                key, sealed = fresh.case_key_id, fresh.sealed_key
                deliveries.replace(connection, self._agency, key, sealed)
            deliveries.give_up(connection, self._agency, report.lost)
            for receipt in report.receipts:
                self._take(connection, receipt)
            for given_back in report.given_back:
                self._take_back(connection, given_back)
            if report.witnessed:
                hear(connection, self._agency, report.witnessed)
                note_witness(connection, self._agency, self._clock.now())
            hear_alarms(connection, self._agency, report.alarms)
            if report.twins:
                twins.hear(connection, self._agency, report.twins, self._trust())
            twins.hear_refusals(connection, self._agency, report.untwinned)

    def prove(self, wanted: InclusionWanted) -> Inclusions:
        """See `Coordination.prove`."""
        with self._transaction() as connection:
            return prove(connection, wanted)

    def _transaction(self) -> AbstractContextManager[Connection]:
        return serving(self._database, self._agency)

    def _take(self, connection: Connection, said: Receipt) -> None:
        """Believe a receipt: signed by this agency, about its own open order, final."""
        order = retention.lock_order(connection, self._agency, said.order)
        if order is None:
            return  # taken before, by an earlier report or another process
        receipt = DestructionReceipt(
            agency=self._agency,
            case_id=str(order.case_id),
            scope=order.scope,
            holder=order.holder,
            **said.model_dump(exclude={"order"}),
        )
        self._require_signed(connection, lambda key: verify_receipt(receipt, key))
        _require_final(said.order, is_final=receipt.is_final)
        self._prove(connection, order)
        retention.fulfil(connection, order.id, receipt)

    def _take_back(self, connection: Connection, said: GivenBack) -> None:
        """Believe that an item was closed: signed for its own open order, and final."""
        order = recalls.lock_order(connection, self._agency, said.order)
        if order is None:
            return
        receipt = RecallReceipt(
            agency=self._agency,
            case_id=str(order.case_id),
            item_id=str(order.item_id),
            **said.model_dump(exclude={"order"}),
        )
        self._require_signed(connection, lambda key: verify_recall(receipt, key))
        _require_final(said.order, is_final=receipt.is_final)
        at = self._clock.now()
        cases.hold(connection, order.case_id)
        recalls.end_term(connection, self._agency, order.item_id)
        cases.note_due(connection, order.case_id)
        entry = evidence.new_entry(
            ItemGivenBack(
                at=at,
                case=order.case_id,
                items=(order.item_id,),
                agency=order.agency_id,
            )
        )
        with together(connection) as rows:
            write_line(rows, entry, evidence.gather(rows, entry, None))
        recalls.fulfil(connection, order.id, receipt, at)

    def _require_signed(
        self, connection: Connection, check: Callable[[bytes], None]
    ) -> None:
        """Let this agency have signed it, with a certificate that holds now."""
        certificates = directory.agency(connection, self._agency).certificates
        signer = Signer(self._agency, certificates, datetime.now(UTC))
        key_behind(signer, self._trust(), check)

    def _prove(self, connection: Connection, order: Row[Any]) -> None:
        entry = evidence.new_entry(
            KeysDestroyed(
                at=self._clock.now(),
                case=order.case_id,
                agency=order.agency_id,
                detail=order.scope,
            )
        )
        with together(connection) as rows:
            write_line(rows, entry, evidence.gather(rows, entry, None))


def _order(row: Row[Any]) -> DestructionOrder:
    return DestructionOrder(
        id=row.id, case_id=str(row.case_id), scope=row.scope, holder=row.holder
    )


def _recall(row: Row[Any]) -> RecallOrder:
    return RecallOrder(id=row.id, case_id=str(row.case_id), item_id=str(row.item_id))


def _require_final(order: UUID, *, is_final: bool) -> None:
    if not is_final:
        raise InvalidInput(
            f"the receipt for order `{order}` is not final",
            help="carry the order out again",
        )
