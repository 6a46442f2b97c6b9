"""What the record, the process and the ledger say, held against each other."""

import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
import psycopg
import pytest

from acts.performing import Done
from ledger.verify import StoredEntry, Verification, verify_entries
from models.errors import EstafetteError
from models.ids import CaseId
from runtime.keys import ledger_verifier
from tests.running.world import World

Error = TypeVar("Error", bound=EstafetteError)

# What an act may change; what reading leaves behind is not among it.
_BY_CASE = {
    "case_file": "id",
    **dict.fromkeys(
        ("designation", "exclusion", "existence", "guarded", "deadline", "timeline",
         "notice", "handoff", "item", "audience", "hearing", "decision", "appeal",
         "register_entry", "retention_due", "node_order", "release_request"),
        "case_id",
    ),
}  # fmt: skip
_BY_ITEM = ("item_body", "item_key")
_ENTRIES = (
    "select body, leaf from ("
    "select body, leaf, seq, null as staged_at from ledger_entry"
    " union all select body, leaf, null, staged_at from ledger_staging"
    ") as every order by seq nulls last, staged_at"
)


def procedure_of(world: World, case: CaseId) -> dict[str, list[str]]:
    """Return every row of a case that an act could have changed, as text."""
    found = {}
    with world.superuser() as connection:
        for table, column in _BY_CASE.items():
            which = f"where t.{column} = %s"
            found[table] = _texts(connection, table, which, case)
        for table in _BY_ITEM:
            which = "join item i on i.id = t.item_id where i.case_id = %s"
            found[table] = _texts(connection, table, which, case)
    return found


def at_rest(world: World, case: CaseId) -> bool:
    """Tell whether a case stays as it is for a moment.

    Alarms of several terms that ended on one day ring one after another.
    """
    before = procedure_of(world, case)
    time.sleep(0.5)
    return procedure_of(world, case) == before


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


def waiting_acts(world: World, *cases: UUID) -> list[tuple[Any, ...]]:
    """Return the acts of cases that are not recorded, refused or confirmed yet."""
    return world.rows(
        "select act_id, kind, state, settled_at is null from intent"
        " where (state = 'staged' or settled_at is null) and case_id = any(%s)",
        list(cases),
    )


@dataclass(frozen=True)
class StoredItem:
    """A sealed item as somebody with the whole database sees it."""

    item: UUID
    act: UUID
    kind: str
    state: str


def items_of(world: World, kind: str, *cases: UUID) -> list[StoredItem]:
    """Return the items of a kind; what they are stands in their signed header."""
    rows = world.rows(
        "select id, act_id, state, header from item where case_id = any(%s)",
        list(cases),
    )
    found = [
        StoredItem(item, act, orjson.loads(header)["kind"], state)
        for item, act, state, header in rows
    ]
    return [each for each in found if each.kind == kind]


def state_of(world: World, act: UUID) -> str:
    """Return whether an act is staged, recorded or refused."""
    return str(world.one("select state from intent where act_id = %s", act))


def standing(world: World, handoff: UUID) -> str:
    """Return where a handoff stands."""
    return str(world.one("select state from handoff where id = %s", handoff))


def entries(world: World) -> list[dict[str, Any]]:
    """Return every entry of the ledger: those ordered, then those still staged."""
    return [orjson.loads(body) for body, _ in world.rows(_ENTRIES)]


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
    for body, leaf in world.rows(_ENTRIES):
        entry = orjson.loads(body)
        if "act" in entry:
            found = leaves.setdefault(UUID(entry["act"]), [])
            found.append((entry["kind"], leaf.hex()))
    wrong = []
    for act, kind, state, receipt in world.rows(
        "select act_id, kind, state, outcome->>'receipt' from intent"
        " where state <> 'staged'"
    ):
        expected = kind if state == "recorded" else "act.refused"
        if leaves.get(act) != [(expected, receipt)]:
            wrong.append(f"{kind} {act}: {state}, {receipt}, {leaves.get(act)}")
    return wrong


def refused(
    world: World, case: CaseId, deed: Coroutine[Any, Any, Done], kind: type[Error]
) -> Error:
    """Try a deed that must fail and leave nothing behind but the proof of the attempt.

    Returns the error, which says what is wrong and what to do.
    """
    before, tried = procedure_of(world, case), _tried(world, case)
    with pytest.raises(kind) as caught:
        world.do(deed)

    assert type(caught.value) is kind
    assert caught.value.message and caught.value.help
    assert procedure_of(world, case) == before
    refusals = [state for state in _tried(world, case) if state not in tried]
    assert [state for _, state in refusals] in ([], ["refused"])
    proofs = [e for e in entries(world) if e.get("act") in {a for a, _ in refusals}]
    assert [proof["kind"] for proof in proofs] == ["act.refused"] * len(refusals)
    return caught.value


def both_signed(world: World, handoff: UUID) -> bool:
    """Tell whether both agencies signed all that became of a hand-off."""
    query = "select count(*), count(word) from handoff_twin where handoff_id = %s"
    ((owed, signed),) = world.rows(query, handoff)
    return bool(owed == signed > 0)


def _tried(world: World, case: CaseId) -> list[tuple[str, str]]:
    query = "select act_id::text, state from intent where case_id = %s"
    return [(act, state) for act, state in world.rows(query, case)]


def _texts(
    connection: psycopg.Connection[Any], table: str, which: str, case: CaseId
) -> list[str]:
    query = f"select t::text from {table} t {which} order by 1"  # noqa: S608
    return [text for (text,) in connection.execute(query.encode(), [case])]
