"""A honey record is known to auditors alone, and whoever reads it is named."""

from uuid import uuid4

import psycopg
import pytest

from acts.items.reading import read_item
from models.agencies import OfficerFunction
from models.ids import CaseId, ItemId
from tests.deeds.cast import HANDLER, MAYOR, Cast
from tests.deeds.staff import hire
from tests.oracles.evidence import entries
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

AUDITOR = "audit/auditor"
HONEY = ("audit", "honey")


@pytest.fixture(scope="module")
def decoy(world: World, case: CaseId, item: ItemId) -> ItemId:
    """An item that the log has in its order."""
    seen = "select count(*) from ledger_entry where item_ids ? %s"
    assert eventually(lambda: world.one(seen, str(item)))
    return item


def test_a_read_of_a_honey_record_is_named_until_it_is_lifted(
    terminal: Terminal, world: World, cast: Cast, decoy: ItemId
) -> None:
    def read() -> str:
        receipt = read_item(cast.desk, cast.reader(HANDLER), decoy).receipt
        leaf = "select entry_id from ledger_entry where leaf = decode(%s, 'hex')"
        return str(eventually(lambda: world.one(leaf, receipt)))

    def listed() -> set[str]:
        return {e["item"] for e in terminal.do(AUDITOR, *HONEY, "list")}

    before, others = read(), listed()
    terminal.do(AUDITOR, *HONEY, "set", decoy)
    caught = read()
    assert listed() - others == {str(decoy)}
    assert terminal.ask(AUDITOR, *HONEY, "set", decoy).code == 5
    terminal.do(AUDITOR, *HONEY, "lift", decoy)
    after = read()

    found = terminal.do(AUDITOR, "audit", "unusual", "--item", decoy)
    honey = {e["line"]["entry"]: e["signs"].get("honey", "") for e in found}
    assert honey[caught] == "it is a honey record: nobody has a task with it"
    assert not honey.get(before) and not honey.get(after)
    kinds = [e["kind"] for e in entries(world) if str(decoy) in e.get("items", ())]
    assert kinds.count("honey.set") == kinds.count("honey.lifted") == 1


def test_nobody_else_sees_or_sets_one(
    terminal: Terminal, world: World, cast: Cast, decoy: ItemId
) -> None:
    terminal.do(AUDITOR, *HONEY, "set", decoy)
    inside = hire(world, cast, "anderlecht/auditor", OfficerFunction.AUDITOR)
    rows = b"select count(*) from honey"
    for who in (HANDLER, MAYOR, "anderlecht/supervisor", inside, "pz-midi/analyst"):
        with world.seat(cast.officer(who)) as seat:
            assert seat.execute(rows).fetchone() == (0,)
        assert (who == inside) == (terminal.ask(who, *HONEY, "list").code == 0)
        found = terminal.ask(who, "item", "show", decoy, "--reason", "checking")
        assert "honey" not in found.out + found.err
    assert terminal.ask(HANDLER, *HONEY, "set", decoy).code == 4
    trail = terminal.do(inside, "audit", "trail", "--item", decoy)
    assert not [e for e in trail if e["kind"].startswith("honey")]
    terminal.do(AUDITOR, *HONEY, "lift", decoy)


def test_only_what_the_trail_names_becomes_one(
    terminal: Terminal, world: World, cast: Cast, decoy: ItemId
) -> None:
    absent = uuid4()
    stranger = hire(world, cast, "onss/auditor-2", OfficerFunction.AUDITOR)

    for who, item in ((AUDITOR, absent), (stranger, decoy), (stranger, absent)):
        assert terminal.ask(who, *HONEY, "set", item).code == 3
        assert terminal.ask(who, *HONEY, "lift", item).code == 3
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level"):
        with world.seat(cast.officer(stranger)) as seat:
            row = b"insert into honey values ('onss', %s, now(), null)"
            seat.execute(row, [decoy])
