"""Staging acts, and closing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import (
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from models.errors import Conflict, InvalidInput
from models.ids import ActId, AgencyId, CaseId, OfficerId
from models.intents import Intent, Intention, IntentState, Staged
from models.messages.acts import act_message
from models.process import ActPointer, Outcome
from storage import tables as t

_MAY_STAGE = select(
    func.may_stage(
        bindparam("kind", type_=t.intent.c.kind.type),
        bindparam("case", type_=t.intent.c.case_id.type),
    )
)
_STAGE = insert(t.intent)
_FIND = select(t.intent).where(t.intent.c.act_id == bindparam("act"))
# Without its outcome, which is for the process.
_STAGED = select(
    *(t.intent.c.act_id, t.intent.c.case_id, t.intent.c.asked),
    *(t.intent.c.message, t.intent.c.state),
).where(t.intent.c.act_id == bindparam("act"))
_LOCK = _FIND.with_for_update()
_UPDATE = update(t.intent).where(t.intent.c.act_id == bindparam("act"))
# Longer than an officer is kept waiting for an answer; and how long a refusal is told.
_WAITED, _TOLD_FOR = timedelta(seconds=10), timedelta(days=7)
_ROW = t.intent.c
OWN_WAITING = (
    select(_ROW.act_id, _ROW.case_id, _ROW.kind, _ROW.stored_at, _ROW.state)
    .where(
        or_(
            and_(_ROW.state == IntentState.STAGED, _ROW.settled_at.is_(None)),
            and_(
                _ROW.state == IntentState.REFUSED,
                _ROW.settled_at > _ROW.stored_at + _WAITED,
                _ROW.settled_at > func.now() - _TOLD_FOR,
            ),
        )
    )
    .order_by(_ROW.stored_at)
    .limit(100)
)
"""Acts that wait to be recorded, and those that were refused lately, after they had
waited: nobody was there to be told. Oldest first; the walls leave an officer's own."""
OWN_WAITING_ON_CASE = OWN_WAITING.where(_ROW.case_id == bindparam("case"))
"""The same on one case."""
# Lost in a crash, the relay resends the act and finds it recorded: no need to wait
# for the disk.
_SETTLE = _UPDATE.returning(
    exists(t.case_file.c.id)
    .where(t.case_file.c.id == t.intent.c.case_id)
    .label("leads"),
    func.set_config("synchronous_commit", "off", True),
)


def may_stage(connection: Connection, kind: str, case: UUID) -> bool:
    """Tell whether the connection knows of a case, so that an act on it is stored.

    The wall on intents asks the same function.
    """
    return bool(connection.scalar(_MAY_STAGE, {"kind": kind, "case": case}))


def stage(connection: Connection, intent: Intention) -> None:
    """Store an act, visible to nobody until it is recorded.

    Raises:
        Conflict: there is one with its id already.
    """
    values = {
        "act_id": intent.act,
        "asked": intent.asked,
        "case_id": intent.case,
        "kind": intent.message.kind,
        "officer_id": intent.officer,
        "agency_id": intent.agency,
        "purpose": intent.purpose,
        "message": intent.message.model_dump(mode="json"),
        "state": IntentState.STAGED,
    }
    try:
        connection.execute(_STAGE, values)
    except IntegrityError:
        raise Conflict(
            "this act was asked for already", help="ask again what came of it"
        ) from None


def staged(connection: Connection, act: UUID) -> Staged | None:
    """Return an act that the connection's officer asked for before."""
    row = connection.execute(_STAGED, {"act": act}).first()
    if row is None:
        return None
    return Staged(
        act=ActId(row.act_id),
        case=CaseId(row.case_id),
        asked=row.asked,
        message=act_message.validate_python(row.message),
        state=IntentState(row.state),
    )


def lock(connection: Connection, act: UUID) -> Intent | None:
    """Return an intent and keep others from closing it; None if there is none."""
    row = connection.execute(_LOCK, {"act": act}).first()
    return None if row is None else _intent(row)


def close(connection: Connection, act: UUID, outcome: Outcome) -> None:
    """Write down what came of an intent."""
    state = IntentState.REFUSED if outcome.refused else IntentState.RECORDED
    values = {"act": act, "state": state, "outcome": outcome.model_dump(mode="json")}
    connection.execute(_UPDATE, values)


def settle(connection: Connection, act: UUID, at: datetime) -> bool:
    """Note that the process confirmed an act; tell whether its case can be seen."""
    row = connection.execute(_SETTLE, {"act": act, "settled_at": at}).first()
    return row is not None and row.leads


def unsettled(connection: Connection, before: datetime) -> Sequence[ActPointer]:
    """Return the acts stored before an instant that nobody confirmed, oldest first."""
    query = (
        select(t.intent.c.act_id, t.intent.c.case_id, t.intent.c.kind)
        .where(t.intent.c.settled_at.is_(None), t.intent.c.stored_at < before)
        .order_by(t.intent.c.stored_at)
        .limit(100)
    )
    return [
        ActPointer(act=ActId(r.act_id), case=CaseId(r.case_id), kind=r.kind)
        for r in connection.execute(query)
    ]


def waiting_before(connection: Connection, case: CaseId, instant: datetime) -> bool:
    """Tell whether an act that counts before `instant` still waits to be recorded."""
    query = select(t.intent.c.act_id).where(
        t.intent.c.case_id == case,
        t.intent.c.state == IntentState.STAGED,
        t.intent.c.legal_at < instant,
    )
    return connection.execute(query.limit(1)).first() is not None


def destroy_content(connection: Connection, act: UUID) -> None:
    """Destroy the sealed content of an act that was refused."""
    ids = select(t.item.c.id).where(t.item.c.act_id == act)
    connection.execute(delete(t.item_body).where(t.item_body.c.item_id.in_(ids)))
    connection.execute(delete(t.item_key).where(t.item_key.c.item_id.in_(ids)))
    tokens = t.number_token.c
    connection.execute(delete(t.number_token).where(tokens.item_id.in_(ids)))
    connection.execute(delete(t.item).where(t.item.c.act_id == act))
    connection.execute(delete(t.staged_wrap).where(t.staged_wrap.c.act_id == act))


def _intent(row: Row[tuple[object, ...]]) -> Intent:
    try:
        return _read(row)
    except ValidationError:
        raise InvalidInput(
            "what was staged is no message of ours", help="perform the act again"
        ) from None


def _read(row: Row[tuple[object, ...]]) -> Intent:
    return Intent(
        act=ActId(row.act_id),
        asked=row.asked,
        case=CaseId(row.case_id),
        officer=OfficerId(row.officer_id),
        agency=AgencyId(row.agency_id),
        purpose=row.purpose,
        message=act_message.validate_python(row.message),
        stored_at=row.stored_at,
        legal_at=row.legal_at,
        state=IntentState(row.state),
        outcome=None if row.outcome is None else Outcome.model_validate(row.outcome),
    )
