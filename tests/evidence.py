"""What the record, the process and the ledger say, held against each other."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from ledger.verify import StoredEntry, Verification, verify_entries
from models.ids import CaseId
from runtime.keys import ledger_verifier
from tests.world import World

# What an act may change; what reading leaves behind is not among it.
_BY_CASE = {
    "case_file": "id",
    **dict.fromkeys(
        ("designation", "deadline", "timeline", "notice", "handoff", "item",
         "audience", "hearing", "decision", "appeal", "register_entry",
         "retention_due", "node_order"),
        "case_id",
    ),
}  # fmt: skip
_BY_ITEM = ("item_body", "item_key")
_STAGED = "select count(*) from ledger_staging"


def procedure_of(world: World, case: CaseId) -> dict[str, list[str]]:
    """Return every row of a case that an act could have changed, as text."""
    found = {}
    with world.superuser() as connection:
        for table, column in _BY_CASE.items():
            query = f"select t::text from {table} t where {column} = %s order by 1"
            rows = connection.execute(query.encode(), [case])
            found[table] = [row[0] for row in rows]
        for table in _BY_ITEM:
            query = (
                f"select t::text from {table} t join item i on i.id = t.item_id"
                " where i.case_id = %s order by 1"
            )
            rows = connection.execute(query.encode(), [case])
            found[table] = [row[0] for row in rows]
    return found


def disagreements(world: World, case: CaseId) -> list[str]:
    """Return where the process of a case and the record differ; empty: nowhere."""
    said = world.do(world.desk.process.position(case))
    row = world.rows(
        "select version, stage, closed_on is not null from case_file where id = %s",
        case,
    )
    handoffs = dict(
        world.rows("select id, state from handoff where case_id = %s", case)
    )
    running = "select id from deadline where case_id = %s and state = 'running'"
    pairs = [
        ("case", [(said.version, said.stage, said.closed)], row),
        ("handoffs", {h: s.value for h, s in said.handoffs.items()}, handoffs),
        (
            "terms",
            {timer.deadline for timer in said.timers},
            {found for (found,) in world.rows(running, case)},
        ),
    ]
    return [
        f"{what}: {mine} / {theirs}" for what, mine, theirs in pairs if mine != theirs
    ]


def waiting_acts(world: World) -> list[tuple[Any, ...]]:
    """Return the acts that are not recorded or refused yet, or not confirmed."""
    return world.rows(
        "select act_id, kind, state, settled_at is null from intent"
        " where state = 'staged' or settled_at is null"
    )


def entries(world: World) -> list[dict[str, Any]]:
    """Return every entry of the ledger, ordered or still staged."""
    rows = world.rows("select body from ledger_entry union all"
                      " select body from ledger_staging")  # fmt: skip
    return [orjson.loads(body) for (body,) in rows]


def verify_ledger(world: World) -> Verification:
    """Verify everything that is in the database now."""
    with world.superuser() as connection:
        connection.execute("set transaction isolation level repeatable read")
        rows = connection.execute(
            "select seq, body, leaf from ledger_entry order by seq"
        ).fetchall()
        notes = connection.execute(
            "select note from ledger_checkpoint order by size"
        ).fetchall()
    return verify_entries(
        (StoredEntry(*row) for row in rows),
        [note for (note,) in notes],
        ledger_verifier(world.settings),
    )


def unproven_acts(world: World) -> list[str]:
    """Return the closed acts that have not exactly one entry with their receipt."""
    leaves: dict[UUID, list[tuple[str, str]]] = {}
    both = "select body, leaf from ledger_entry union all select body, leaf from ledger_staging"
    for body, leaf in world.rows(both):
        entry = orjson.loads(body)
        if "act" in entry:
            found = leaves.setdefault(UUID(entry["act"]), [])
            found.append((entry["kind"], leaf.hex()))
    wrong = []
    closed = "select act_id, kind, state, outcome->>'receipt' from intent where state <> 'staged'"
    for act, kind, state, receipt in world.rows(closed):
        expected = kind if state == "recorded" else "act.refused"
        if leaves.get(act) != [(expected, receipt)]:
            wrong.append(f"{kind} {act}: {state}, {receipt}, {leaves.get(act)}")
    return wrong


def now() -> datetime:
    """Return machine time."""
    return datetime.now(UTC)
