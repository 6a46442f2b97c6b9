"""Whatever dies between a recall and its receipt, order, receipt and state agree."""

from pathlib import Path

import pytest

from commands.demo.starting import wait_for_worker
from models.errors import NotPermitted
from models.ids import ItemId
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import Control
from tests.oracles.evidence import entries, unproven_acts, verify_ledger
from tests.running.programs import program
from tests.running.world import PATIENCE, World, eventually


@pytest.mark.timeout(400)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_worker_dies_around_the_nodes_work_and_nothing_parts(
    fragile: World, tmp_path: Path, moment: str
) -> None:
    cast = Cast(fragile, fragile.new_desk(fragile.process(patience=PATIENCE)))
    control, paused = Control(fragile, cast), tmp_path / "paused"
    kept = control.keep()
    fragile.stack.kill("worker")
    try:
        with program(
            fragile, "tests.running.pausing_node", str(paused), moment
        ) as worker:
            fragile.do(control.recall(kept.item))
            assert eventually(paused.exists, within=60)
            worker.kill()
        rows = fragile.rows(
            "select state, receipt, done_at from node_order where item_id = %s",
            kept.item,
        )
        assert rows == [("open", None, None)]
        with pytest.raises(NotPermitted):  # closed all the same, since the commit
            control.read(kept.item, HANDLER)
    finally:
        fragile.stack.restart("worker")
    fragile.do(wait_for_worker(fragile.settings))

    assert eventually(lambda: _is_done(fragile, kept.item))
    (line,) = control.lines(POLICE, kept.item)
    assert line.signature
    term = "select state from deadline where item_id = %s"
    assert fragile.rows(term, kept.item) == [("met",)]
    kinds = [
        e["kind"] for e in entries(fragile) if str(kept.item) in e.get("items", ())
    ]
    assert kinds.count("item.recall") == kinds.count("item.given_back") == 1
    assert unproven_acts(fragile) == []
    verify_ledger(fragile)


def _is_done(world: World, item: ItemId) -> bool:
    query = "select state from node_order where item_id = %s"
    return set(world.rows(query, item)) == {("done",)}
