"""What an originator keeps holds where each agency's keys are in another process."""

from collections.abc import Iterator

import pytest

from commands.demo.federation import start_federation
from ledger.checkpoint import verify
from models.errors import KeyUnknown, NotPermitted
from runtime.keys import ledger_verifier
from runtime.nodes import nodes_apart
from runtime.receipts import ReceiptFiles, Tally
from tests.deeds.cast import HANDLER, POLICE, Cast
from tests.deeds.control import CIEAR, SECRET, Control, Kept, all_done, holders
from tests.oracles.evidence import disagreements, unproven_acts
from tests.pieces.certified import key_in
from tests.running.playing import copies_of
from tests.running.world import World, eventually, living_world
from vault.destruction import verify_recall
from vault.values import RecallReceipt


@pytest.fixture(scope="module")
def apart() -> Iterator[World]:
    with living_world({"fsync": "off"}, start_federation) as world:
        yield world


@pytest.fixture(scope="module")
def at(apart: World) -> Control:
    return Control(apart, Cast(apart))


@pytest.fixture(scope="module")
def granted(apart: World, at: Control) -> Kept:
    """An item that its originator's own node wrapped for one more agency."""
    kept = at.keep()
    apart.do(at.grant(apart.do(at.requested(kept))))
    return kept


def test_the_originators_node_grants_and_the_new_holders_node_opens(
    apart: World, at: Control, granted: Kept
) -> None:
    waiting = "select count(*) from key_delivery where receiver = 'ciear-bxl' and live"
    assert eventually(lambda: apart.one(waiting) == 0)  # taken across the link
    wraps = "select agency_id, giver from item_key where item_id = %s order by 1"

    assert holders(apart, granted.item) == {"anderlecht", "ciear-bxl", "pz-midi"}
    assert {giver for _, giver in apart.rows(wraps, granted.item)} == {"pz-midi"}
    for who in (HANDLER, CIEAR):
        assert SECRET.encode() in at.read(granted.item, who).body


def test_each_holders_node_gives_the_item_back_across_the_link_and_signs(
    apart: World, at: Control, granted: Kept
) -> None:
    copies = [
        (agency, copy)
        for copy in copies_of(apart, granted.case)
        for agency in [copy[2].receiver]
        if copy[0] == granted.item and agency != "pz-midi"
    ]
    nodes = nodes_apart(apart.settings)
    for agency, (_, sealed, wrap, signer) in copies:
        assert SECRET.encode() in nodes[agency].open(sealed, wrap, signer)

    apart.do(at.recall(granted.item))

    assert eventually(lambda: all_done(apart, granted.item))
    for agency, (_, sealed, wrap, signer) in copies:
        with pytest.raises(KeyUnknown, match="taken back"):
            nodes[agency].open(sealed, wrap, signer)
        with pytest.raises(NotPermitted):
            at.read(granted.item, {"anderlecht": HANDLER}.get(agency, CIEAR))
    query = "select agency_id, receipt from node_order where item_id = %s"
    receipts = dict(apart.rows(query, granted.item))
    assert receipts.keys() == {agency for agency, _ in copies}
    for agency, stored in receipts.items():
        said = stored | {"signature": bytes.fromhex(stored["signature"])}
        verify_recall(RecallReceipt(**said), key_in(at.cast.agency(agency)))
    assert {line.agency for line in at.lines(POLICE, granted.item)} == receipts.keys()
    assert eventually(lambda: disagreements(apart, granted.case) == [])
    assert unproven_acts(apart) == []


def test_each_node_witnesses_the_log_and_remembers_it_in_its_own_directory(
    apart: World, granted: Kept
) -> None:
    nodes = nodes_apart(apart.settings)
    cosigned = "select count(distinct agency_id) from cosignature"
    assert eventually(lambda: apart.one(cosigned) == len(nodes))
    for agency in nodes:
        place = apart.settings.at_node(agency).node_files.witness
        memory = place / f"{agency}.checkpoint"
        assert verify(memory.read_text(), ledger_verifier(apart.settings)).size
        for path in (place, memory):
            assert not path.stat().st_mode & 0o077
    assert apart.one("select count(*) from witness where refused <> ''") == 0
    assert apart.one("select count(*) from contradiction") == 0


def test_each_node_finds_the_receipts_of_its_own_officers(
    apart: World, granted: Kept
) -> None:
    def books() -> dict[str, Tally]:
        return {
            agency: book.tally()
            for agency in nodes_apart(apart.settings)
            if (book := files.of(agency)).exists()
        }

    files = ReceiptFiles(lambda agency: apart.settings.at_node(agency).node_files)
    assert {a for a, held in books().items() if held.kept} >= {"anderlecht", "pz-midi"}
    assert eventually(lambda: not any(each.unsettled for each in books().values()))
    assert apart.one("select count(*) from node_alarm") == 0
