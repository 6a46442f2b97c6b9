"""How every act is performed: seal, stage, send, settle, explain. It never decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from acts.desk import Desk
from acts.drafts.sealing import NOTHING_SEALED, SealedDrafts, Sealing
from acts.looking_up import handoff_in, pack_in
from models import errors
from models.agencies import Officer
from models.errors import (
    EngineUnavailable,
    EstafetteError,
    Unavailable,
)
from models.handoffs import HandoffRecord
from models.ids import ActId, AgencyId, CaseId, HandoffId
from models.intents import Intention, Ticket
from models.items import DraftItem
from models.messages.acts import ActMessage
from models.messages.cases import OpenCase
from models.messages.codes import check_codes, officers_in
from models.packs import Pack
from models.process import ActPointer, Outcome, Refused
from models.values import Value
from storage import deliveries, intents, items, numbers, releases
from storage.cases import no_such_case
from storage.items import KeyRow
from storage.people import directory
from storage.sessions import acting
from vault.values import Delivery

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


@dataclass(frozen=True)
class Given:
    """The key of a live item, wrapped by its originator's node for one more agency."""

    key: KeyRow
    delivery: Delivery | None


@dataclass(frozen=True)
class Deed:
    """What an officer does: a message, and the content that it speaks of."""

    message: ActMessage
    drafts: tuple[DraftItem, ...] = ()
    given: Given | None = None


@dataclass(frozen=True)
class _Order:
    case: CaseId
    deed: Deed
    question: HandoffRecord | None = None


_Find = Callable[[Connection], _Order]


async def perform(
    desk: Desk, officer: Officer, case: CaseId, message: ActMessage, *drafts: DraftItem
) -> Done:
    """Perform an act; `drafts` is the content that its message speaks of.

    Raises:
        NotFound: the case is absent or hidden.
        EstafetteError: the record refused the act; its content is destroyed.
        InvalidInput: a draft cannot be sealed, or a word of the message is no code;
            nothing was stored. NotFound too: it names somebody whom the agency lacks.
    """

    def find(connection: Connection) -> _Order:
        if not intents.may_stage(connection, message.kind, case):
            raise no_such_case(case)
        return _Order(case, Deed(message, drafts))

    return await _carry_through(desk, officer, find)


async def perform_by(
    desk: Desk, officer: Officer, case: CaseId, write: Callable[[Pack], Deed]
) -> Done:
    """Perform an act on a case; `write` says which, now that its pack is found.

    Raises:
        NotFound, EstafetteError, InvalidInput: as `perform`.
    """

    def find(connection: Connection) -> _Order:
        return _Order(case, write(pack_in(desk, connection, case)))

    return await _carry_through(desk, officer, find)


async def perform_on(
    desk: Desk,
    officer: Officer,
    handoff: HandoffId,
    write: Callable[[HandoffRecord], Deed],
) -> Done:
    """Perform an act on a question; `write` says which, now that it is found.

    Raises:
        NotFound: the question is absent or hidden.
        EstafetteError, InvalidInput: as `perform`.
    """

    def find(connection: Connection) -> _Order:
        found = handoff_in(connection, handoff)
        return _Order(found.case, write(found), found)

    return await _carry_through(desk, officer, find)


async def _carry_through(desk: Desk, officer: Officer, find: _Find) -> Done:
    ticket = desk.ticket or Ticket(act=ActId(uuid4()))
    order = await asyncio.to_thread(_stage, desk, officer, ticket, find)
    done = Done(act=ticket.act, case=order.case, message=order.deed.message)
    return await take_up(desk, officer, done)


async def take_up(desk: Desk, officer: Officer, stored: Done) -> Done:
    """Hand a stored act to the process of its case, and return what came of it.

    It may be handed over again: then what came of it the first time is returned.

    Raises:
        EstafetteError: the record refused it.
    """
    act, case = stored.act, stored.case
    pointer = ActPointer(act=act, case=case, kind=stored.message.kind)
    try:
        outcome = await desk.process.send(pointer)
    except EngineUnavailable:
        return stored
    await asyncio.to_thread(_keep, desk, officer, outcome)
    leads = False
    try:
        leads = await asyncio.to_thread(_settle, desk, officer, act)
    except Unavailable:
        pass  # it is recorded, and must not be reported as failed: the relay settles it
    if outcome.refused is not None:
        raise _refusal(outcome.refused)
    known = outcome if leads else outcome.for_partner()
    return stored.model_copy(update={"outcome": known})


def _keep(desk: Desk, officer: Officer, outcome: Outcome) -> None:
    """Keep the receipt of what was recorded, a refusal too."""
    if not outcome.receipt:
        return
    try:
        desk.receipts.keep(officer.agency, [bytes.fromhex(outcome.receipt)])
    except Unavailable:
        pass  # it is recorded, and must not be reported as failed: the log tells


def _refusal(refused: Refused) -> EstafetteError:
    """Return the error that the record refused an act with."""
    kind = getattr(errors, refused.error, EstafetteError)
    error: EstafetteError = kind(
        refused.message, help=refused.help, **dict(refused.details)
    )
    return error


def _stage(desk: Desk, officer: Officer, ticket: Ticket, find: _Find) -> _Order:
    agency, act = officer.agency, ticket.act
    node = desk.node(agency)
    today = desk.today
    with acting(desk.database, desk.acting(officer)) as connection:
        order = find(connection)
        _check_words(connection, officer, order.deed.message)
        sealed = _seal(desk, officer, order, connection)
        intents.stage(
            connection,
            Intention(
                **dict(ticket),
                case=order.case,
                officer=officer.id,
                agency=agency,
                purpose=PURPOSE,
                message=order.deed.message,
            ),
        )
        items.stage(connection, act, today, sealed.items)
        items.stage_keys(connection, sealed.keys)
        numbers.keep(connection, sealed.tokens)
        under_way = [*sealed.deliveries, *_grant(connection, act, order.deed.given)]
        deliveries.store(connection, act, under_way)
    if under_way:
        node.delivered(*(d.case_key_id for d in under_way))
    return order


def _check_words(connection: Connection, officer: Officer, message: ActMessage) -> None:
    """Store no prose, and no name but those of the directory."""
    check_codes(message)
    for named in officers_in(message):
        directory.colleague(connection, officer.agency, named)


def _grant(connection: Connection, act: ActId, given: Given | None) -> list[Delivery]:
    if given is None:
        return []
    releases.stage_wrap(connection, act, given.key)
    return [given.delivery] if given.delivery else []


def _seal(
    desk: Desk, officer: Officer, order: _Order, connection: Connection
) -> SealedDrafts:
    if not order.deed.drafts:
        return NOTHING_SEALED
    pack = _pack(desk, order, connection)
    sealing = Sealing(desk, AgencyId(officer.agency), order.case, pack)
    return sealing.seal(connection, order.deed.drafts)


def _pack(desk: Desk, order: _Order, connection: Connection) -> Pack:
    message = order.deed.message
    if order.question is not None:
        return desk.packs.get(order.question.route, order.question.pack_version)
    if isinstance(message, OpenCase):
        return desk.packs.get(message.route, message.pack_version)
    return pack_in(desk, connection, order.case)


def _settle(desk: Desk, officer: Officer, act: ActId) -> bool:
    """Note that the process confirmed an act; tell whether its officer has the case."""
    with acting(desk.database, desk.acting(officer)) as connection:
        return intents.settle(connection, act, datetime.now(UTC))
