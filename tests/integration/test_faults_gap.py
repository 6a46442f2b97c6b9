"""Everything dies between the database's commit and the process's note of it."""

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from commands.demo.starting import wait_for_worker
from models.ids import CaseId
from tests.deeds.cast import Cast
from tests.oracles.evidence import (
    disagreements,
    entries,
    items_of,
    state_of,
    unproven_acts,
    verify_ledger,
    waiting_acts,
)
from tests.running.programs import program
from tests.running.world import PATIENCE, World, eventually

pytestmark = pytest.mark.timeout(400)  # servers come back at their own pace


def patient(world: World) -> Cast:
    """Return officers whose connections no other test has broken."""
    return Cast(world, world.new_desk(world.process(patience=PATIENCE)))


def test_client_worker_and_engine_die_after_the_commit_and_nothing_parts(
    fragile: World, tmp_path: Path
) -> None:
    """And within thirty seconds of their restart, process and record agree."""
    cast, committed = patient(fragile), tmp_path / "committed"
    fragile.stack.kill("worker")
    try:
        with program(fragile, "tests.running.pausing_worker", str(committed)) as worker:
            log = fragile.data.logs / "tests.running.pausing_worker.log"
            assert eventually(lambda: b"worker_started" in log.read_bytes(), within=60)
            case = fragile.do(cast.open_case())
            with program(fragile, "tests.running.lone_client", str(case)) as client:
                assert eventually(committed.exists, within=60)
                for victim in (client, worker):
                    victim.kill()
                fragile.stack.kill("temporal")
        act = UUID(committed.read_text())
        assert state_of(fragile, act) == "recorded"  # and nobody knows
        assert waiting_acts(fragile, case) != []
    finally:
        fragile.stack.restart("temporal")
        fragile.stack.restart("worker")
    fragile.do(wait_for_worker(fragile.settings))
    agreed = eventually(lambda: _agree(fragile, case), within=30)

    assert agreed, (disagreements(fragile, case), waiting_acts(fragile, case))
    proofs = [e["kind"] for e in entries(fragile) if e.get("act") == str(act)]
    assert proofs == ["item.add"]
    assert [each.act for each in items_of(fragile, "fact", case)] == [act]
    position = fragile.do(fragile.desk.process.position(case))
    assert position.version == 2
    assert unproven_acts(fragile) == []
    verify_ledger(fragile)


def _agree(world: World, case: CaseId) -> bool:
    return not disagreements(world, case) and not waiting_acts(world, case)


def test_while_the_engine_is_down_an_act_is_stored_and_reading_goes_on(
    fragile: World,
) -> None:
    """With the patience of the product: three seconds."""
    hasty = Cast(fragile, fragile.new_desk(fragile.process()))
    case: CaseId = fragile.do(patient(fragile).open_case())
    fragile.stack.kill("temporal")
    try:
        done = fragile.do(asyncio.wait_for(hasty.add_fact(case), 20))
        seen = hasty.file(case)
    finally:
        fragile.stack.restart("temporal")

    assert not done.taken_up and done.outcome is None
    assert seen.case.id == case
    assert state_of(fragile, done.act) == "staged"
    assert {item.kind for item in seen.items} == {"opening_facts", "subject_card"}
    fragile.grow_old("item.add", case)
    assert eventually(lambda: state_of(fragile, done.act) == "recorded")
    assert eventually(lambda: disagreements(fragile, case) == [])
