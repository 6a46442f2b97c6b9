"""A holder that does not give an item back: reminded, then its superior is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from models.errors import (
    NotPermitted,
)
from models.retention import OrderState
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import CIEAR, Control, Kept, all_done, given_back, notices
from tests.running.world import World, eventually


def test_a_holder_whose_node_is_down_is_reminded_then_its_superior_is_told(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    """And once the node is back, it gives the item back all the same."""
    recalled_on = cast.today
    with node_down(world, "ciear-bxl"):
        world.do(control.recall(spread.item))
        assert eventually(
            lambda: given_back(world, spread.item)["anderlecht"] == "done"
        )
        world.do(cast.working_days(1, recalled_on))
        reminded = eventually(
            lambda: [
                n for n in notices(cast, CIEAR, spread.served) if n.kind == "reminder"
            ]
        )
        world.do(cast.until(cast.working_day(2, recalled_on) + timedelta(days=1)))
        superior = "ciear-bxl/supervisor"
        told = eventually(lambda: notices(cast, superior, spread.served))
        late = {line.agency: line.state for line in control.lines(POLICE, spread.item)}
        with pytest.raises(NotPermitted):
            control.read(spread.item, CIEAR)

    assert late == {"anderlecht": OrderState.DONE, "ciear-bxl": OrderState.OPEN}
    assert [n.clock for n in (*reminded, *told)] == ["recall_receipt"] * 2
    assert [n.kind for n in told] == ["escalation"]
    assert {n.detail for n in (*reminded, *told)} == {""}
    (warned,) = [
        n for n in notices(cast, POLICE, spread.police) if n.kind == "not_given_back"
    ]
    assert warned.detail == str(spread.item)[:8]  # who it is stands in the list
    mine = notices(cast, HANDLER, spread.police)
    assert not [n for n in mine if n.clock == "recall_receipt"]
    assert eventually(lambda: all_done(world, spread.item))


def test_an_order_does_not_end_with_the_case(
    world: World, cast: Cast, control: Control, spread: Kept
) -> None:
    with node_down(world, "ciear-bxl"):
        world.do(control.recall(spread.item))
        world.do(cast.close(spread.case))
        states = dict(
            world.rows(
                "select agency_id, state from deadline where item_id = %s", spread.item
            )
        )
        assert states["ciear-bxl"] == "running"

    assert eventually(lambda: given_back(world, spread.item)["ciear-bxl"] == "done")


@contextmanager
def node_down(world: World, agency: str) -> Iterator[None]:
    """Let nobody write to a keyring: its node carries out no order meanwhile."""
    file = world.data.root / "keyrings" / f"{agency}.keyring"
    with closing(sqlite3.connect(file, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")
