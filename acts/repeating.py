"""Performing an act once, however often it is asked for (Idempotency-Key)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

from acts.performing import Done, take_up
from acts.seat import Seat
from models.errors import Conflict, NotFound, TransitionNotAllowed
from models.ids import ActId
from models.intents import IntentState, Staged, Ticket
from models.process import Outcome
from storage import cases, intents
from storage.sessions import acting

Perform = Callable[[Seat], Awaitable[Done]]


def ticket_of(seat: Seat, key: UUID, asked: bytes) -> Ticket:
    """Return the number of an act that an officer asks for under a key.

    Two officers never have one number. `asked` is committed to under the key, which is
    stored nowhere: whoever reads the row can confirm no guess.
    """
    named = f"act\n{seat.officer.id}\n{key}".encode()
    act = UUID(bytes=hashlib.sha256(named).digest()[:16], version=4)
    return Ticket(act=ActId(act), asked=hmac.digest(key.bytes, asked, "sha256"))


async def once(seat: Seat, ticket: Ticket, perform: Perform) -> Done:
    """Perform an act, or return what came of it when it was asked for before.

    Raises:
        Conflict: something else was asked for under the same key.
        EstafetteError: as the act; a refusal of the record is the same each time.
    """
    before = await asyncio.to_thread(_before, seat, ticket.act)
    if before is None:
        numbered = replace(seat, desk=replace(seat.desk, ticket=ticket))
        return await perform(numbered)
    if before.asked != ticket.asked:
        raise Conflict(
            "something else was asked for under this key",
            help="take a new key for each act, and the same one to ask for it again",
        )
    return await _again(seat, before)


async def outcome_of(seat: Seat, act: ActId) -> Done:
    """Return what came of an act that an officer asked for.

    Raises:
        NotFound: the officer asked for no such act.
        EstafetteError: the record refused it.
    """
    before = await asyncio.to_thread(_before, seat, act)
    if before is None:
        raise NotFound(f"there is no act `{str(act)[:8]}` of yours", help="do it")
    return await _again(seat, before)


def _before(seat: Seat, act: ActId) -> Staged | None:
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        return intents.staged(connection, act)


async def _again(seat: Seat, before: Staged) -> Done:
    stored = Done(act=before.act, case=before.case, message=before.message)
    try:
        return await take_up(seat.desk, seat.officer, stored)
    except TransitionNotAllowed:
        if before.state is not IntentState.RECORDED:
            raise
        # The process is over and says nothing any more, but the record has the act.
        outcome = await asyncio.to_thread(_recorded, seat, before)
        return stored.model_copy(update={"outcome": outcome})


def _recorded(seat: Seat, before: Staged) -> Outcome:
    with acting(seat.desk.database, seat.desk.acting(seat.officer)) as connection:
        found = cases.find(connection, before.case)
    stage = found.stage if found else ""
    return Outcome(act=before.act, case=before.case, stage=stage)
