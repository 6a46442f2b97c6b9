"""How every act is performed: seal, stage, send, settle, explain. It never decides."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from acts.desk import Desk
from acts.finding import pack_in
from acts.sealing import NOTHING_SEALED, SealedDrafts, Sealing
from models import errors
from models.agencies import Officer
from models.clock import legal_day
from models.errors import EngineUnavailable, EstafetteError, Unavailable
from models.ids import ActId, AgencyId, CaseId
from models.intents import Intent
from models.items import DraftItem
from models.messages import ActMessage, OpenCase
from models.packs import Pack
from models.process import ActPointer, Outcome, Refused
from models.values import Value
from storage import cases, deliveries, intents, items
from storage.cases import no_such_case
from storage.sessions import acting

PURPOSE = "integrity_inquiry"


class Done(Value):
    """What came of an act.

    `outcome` is None when the act is stored and the process has not taken it up yet.
    """

    act: ActId
    case: CaseId
    message: ActMessage
    outcome: Outcome | None = None

    @property
    def taken_up(self) -> bool:
        """Tell whether the act was recorded."""
        return self.outcome is not None


class _Order(Value):
    officer: Officer
    case: CaseId
    message: ActMessage
    drafts: tuple[DraftItem, ...]


async def perform(
    desk: Desk, officer: Officer, case: CaseId, message: ActMessage, *drafts: DraftItem
) -> Done:
    """Perform an act; `drafts` is the content that its message speaks of.

    Raises:
        EstafetteError: the record refused the act; its content is destroyed.
        InvalidInput: a draft cannot be sealed; nothing was stored.
    """
    act = ActId(uuid4())
    order = _Order(officer=officer, case=case, message=message, drafts=drafts)
    await asyncio.to_thread(_stage, desk, order, act)
    pointer = ActPointer(act=act, case=case, kind=message.kind)
    try:
        outcome = await desk.process.send(pointer)
    except EngineUnavailable:
        return Done(act=act, case=case, message=message)
    leads = False
    try:
        leads = await asyncio.to_thread(_settle, desk, order, act)
    except Unavailable:
        pass  # it is recorded, and must not be reported as failed: the relay settles it
    if outcome.refused is not None:
        raise _refusal(outcome.refused)
    known = outcome if leads else outcome.for_partner()
    return Done(act=act, case=case, message=message, outcome=known)


def _refusal(refused: Refused) -> EstafetteError:
    """Return the error that the record refused an act with."""
    kind = getattr(errors, refused.error, EstafetteError)
    error: EstafetteError = kind(
        refused.message, help=refused.help, **dict(refused.details)
    )
    return error


def _stage(desk: Desk, order: _Order, act: ActId) -> None:
    agency = order.officer.agency
    node = desk.node(agency)
    now = datetime.now(UTC)
    legal = desk.clock.legal(now)
    with acting(desk.database, desk.acting(order.officer)) as connection:
        sealed = _seal(desk, order, connection)
        intents.stage(
            connection,
            Intent(
                act=act,
                case=order.case,
                officer=order.officer.id,
                agency=agency,
                purpose=PURPOSE,
                message=order.message,
                stored_at=now,
                legal_at=legal,
            ),
        )
        items.stage(connection, act, legal_day(legal), sealed.items)
        items.stage_keys(connection, sealed.keys)
        deliveries.store(connection, act, sealed.deliveries)
    if sealed.deliveries:
        node.delivered(*(d.case_key_id for d in sealed.deliveries))


def _seal(desk: Desk, order: _Order, connection: Connection) -> SealedDrafts:
    """Seal what an act carries, if its officer knows of the case.

    Raises:
        NotFound: the case is absent or hidden.
    """
    if not intents.may_stage(connection, order.message.kind, order.case):
        raise no_such_case(order.case)
    if not order.drafts:
        return NOTHING_SEALED
    agency = AgencyId(order.officer.agency)
    sealing = Sealing(desk, agency, order.case, _pack(desk, order, connection))
    return sealing.seal(connection, order.drafts)


def _pack(desk: Desk, order: _Order, connection: Connection) -> Pack:
    message = order.message
    if isinstance(message, OpenCase):
        return desk.packs.get(message.route, message.pack_version)
    return pack_in(desk, connection, order.case)


def _settle(desk: Desk, order: _Order, act: ActId) -> bool:
    """Note that the process confirmed an act; tell whether its officer has the case."""
    with acting(desk.database, desk.acting(order.officer)) as connection:
        intents.settle(connection, act, datetime.now(UTC))
        return cases.find(connection, order.case) is not None
