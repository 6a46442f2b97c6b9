"""Hearings, decisions, appeals and register entries."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from models.decisions import Appeal, Decision, Hearing
from storage import tables as t

_HEARING = {"case": "case_id", "invitation": "invitation_id", "proof": "proof_id",
            "minutes": "minutes_id"}  # fmt: skip
_DECISION = {"case": "case_id", "proposal": "proposal_id", "text": "text_id"}
_APPEAL = {"case": "case_id", "decision": "decision_id"}

HEARINGS = (
    select(t.hearing)
    .where(t.hearing.c.case_id == bindparam("case"))
    .order_by(t.hearing.c.hearing_on)
)
DECISIONS = select(t.decision).where(t.decision.c.case_id == bindparam("case"))
APPEALS = select(t.appeal).where(t.appeal.c.case_id == bindparam("case"))


def enter_hearing(connection: Connection, hearing: Hearing) -> None:
    """Insert an invitation."""
    _insert(connection, t.hearing, hearing, _HEARING)


def change_hearing(connection: Connection, hearing: Hearing) -> None:
    """Write what came of an invitation."""
    _update(connection, t.hearing, hearing, _HEARING)


def hearings(connection: Connection, case: UUID) -> list[Hearing]:
    """Return the hearings of a case, in order."""
    rows = connection.execute(HEARINGS, {"case": case})
    return [hearing_of(row) for row in rows]


def enter_decision(connection: Connection, decision: Decision) -> None:
    """Insert a proposal."""
    _insert(connection, t.decision, decision, _DECISION)


def change_decision(connection: Connection, decision: Decision) -> None:
    """Write what became of a proposal."""
    _update(connection, t.decision, decision, _DECISION)


def decision(connection: Connection, identifier: UUID) -> Decision | None:
    """Return one decision that the connection may see."""
    query = select(t.decision).where(t.decision.c.id == identifier)
    row = connection.execute(query).first()
    return None if row is None else decision_of(row)


def decisions(connection: Connection, case: UUID) -> list[Decision]:
    """Return the decisions of a case."""
    rows = connection.execute(DECISIONS, {"case": case})
    return [decision_of(row) for row in rows]


def enter_appeal(connection: Connection, appeal: Appeal) -> None:
    """Insert an appeal."""
    _insert(connection, t.appeal, appeal, _APPEAL)


def change_appeal(connection: Connection, appeal: Appeal) -> None:
    """Write the judgment."""
    _update(connection, t.appeal, appeal, _APPEAL)


def appeals(connection: Connection, case: UUID) -> list[Appeal]:
    """Return the appeals of a case."""
    rows = connection.execute(APPEALS, {"case": case})
    return [appeal_of(row) for row in rows]


def enter_in_register(
    connection: Connection, decision: Decision, **where: str | UUID | datetime
) -> None:
    """Enter a measure in the register; `where` says under which id, by whom, when."""
    connection.execute(
        insert(t.register_entry).values(
            case_id=decision.case,
            measure=decision.outcome,
            decided_on=decision.adopted_on,
            **where,
        )
    )


def hearing_of(row: Any) -> Hearing:
    """Return the hearing that a row holds."""
    return Hearing(**_values(row, t.hearing, _HEARING))


def decision_of(row: Any) -> Decision:
    """Return the decision that a row holds."""
    return Decision(**_values(row, t.decision, _DECISION))


def appeal_of(row: Any) -> Appeal:
    """Return the appeal that a row holds."""
    return Appeal(**_values(row, t.appeal, _APPEAL))


def _insert(
    connection: Connection,
    table: Table,
    value: Hearing | Decision | Appeal,
    names: dict[str, str],
) -> None:
    connection.execute(insert(table), _columns(value, names))


def _update(
    connection: Connection,
    table: Table,
    value: Hearing | Decision | Appeal,
    names: dict[str, str],
) -> None:
    columns = _columns(value, names)
    connection.execute(update(table).where(table.c.id == value.id).values(**columns))


def _columns(
    value: Hearing | Decision | Appeal, names: dict[str, str]
) -> dict[str, Any]:
    plain = value.model_dump(mode="python")
    if "grounds" in plain:
        plain["grounds"] = value.model_dump(mode="json")["grounds"]
    return {names.get(name, name): each for name, each in plain.items()}


def _values(row: Any, table: Table, names: dict[str, str]) -> dict[str, Any]:
    back = {column: name for name, column in names.items()}
    return {back.get(c.name, c.name): getattr(row, c.name) for c in table.c}
