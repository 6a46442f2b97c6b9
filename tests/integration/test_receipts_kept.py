"""Whoever acts or reads is handed a receipt, and the agency's node keeps it first."""

from dataclasses import replace
from pathlib import Path

import pytest

from acts.items.reading import read_item
from acts.pages import lists
from models.errors import NotFound, NotPermitted, Unavailable
from models.ids import CaseId, ItemId
from runtime.receipts import ReceiptFile, ReceiptFiles
from storage.sessions import acting
from tests.deeds.cast import HANDLER, MAYOR, POLICE, Cast
from tests.oracles.evidence import items_of
from tests.running.terminal import Terminal
from tests.running.world import World, eventually

TOWN, ZONE = "anderlecht", "pz-midi"


class Kept:
    """Counts what is kept, over everything that was kept before."""

    def __init__(self, world: World) -> None:
        self._files = ReceiptFiles(lambda agency: world.settings.node_files)
        self._before = {agency: self._count(agency) for agency in (TOWN, ZONE)}

    def book(self, agency: str) -> ReceiptFile:
        return self._files.of(agency)

    def since(self) -> tuple[int, int]:
        """Return how many town and zone kept since this was made."""
        return tuple(  # type: ignore[return-value]
            self._count(agency) - before for agency, before in self._before.items()
        )

    def _count(self, agency: str) -> int:
        return self.book(agency).tally().kept


@pytest.fixture
def kept(world: World, case: CaseId) -> Kept:
    owed = "select count(*) from handoff_twin where word is null and refused = ''"
    assert eventually(lambda: world.one(owed) == 0)  # nodes keep what they sign, too
    return Kept(world)


def test_an_act_a_read_and_a_page_leave_one_receipt_each(
    world: World, cast: Cast, case: CaseId, item: ItemId, kept: Kept
) -> None:
    world.do(cast.add_fact(case))
    assert kept.since() == (1, 0)
    read_item(cast.desk, cast.reader(HANDLER), item)
    assert kept.since() == (2, 0)
    lists.list_cases(cast.desk, cast.reader(POLICE))

    assert kept.since() == (2, 1)


def test_refusals_leave_one_too(
    world: World, cast: Cast, case: CaseId, kept: Kept
) -> None:
    (card,) = items_of(world, "subject_card", case)
    other = cast.reader(HANDLER).model_copy(update={"purpose": "other"})
    with pytest.raises(NotPermitted):
        read_item(cast.desk, other, ItemId(card.item))
    assert kept.since() == (1, 0)


def test_what_was_not_committed_leaves_none(
    world: World, cast: Cast, kept: Kept
) -> None:
    nowhere = ItemId(CaseId("00000000-0000-4000-8000-000000000000"))
    with pytest.raises(NotFound):
        read_item(cast.desk, cast.reader(HANDLER), nowhere)

    assert kept.since() == (0, 0)


def test_every_receipt_is_settled_by_the_node(
    world: World, cast: Cast, item: ItemId, kept: Kept
) -> None:
    opened = read_item(cast.desk, cast.reader(HANDLER), item)
    book = kept.book(TOWN)

    def settled() -> bool:
        left = [each.leaf.hex() for each in book.unsettled(0, 10_000)]
        return opened.receipt not in left

    assert eventually(settled)
    assert not [each for each in book.alarms() if each.leaf.hex() == opened.receipt]


@pytest.fixture
def full(world: World, cast: Cast, tmp_path: Path) -> Cast:
    """The cast at a desk whose disk takes no receipt."""
    files = world.settings.node_files
    (tmp_path / "receipts").write_text("no directory")

    class Full(ReceiptFiles):
        def of(self, agency: str) -> ReceiptFile:
            return ReceiptFile(tmp_path / "receipts" / "x.receipts")

    return Cast(world, replace(cast.desk, receipts=Full(lambda agency: files)))


def test_nothing_is_shown_whose_receipt_cannot_be_kept(
    full: Cast, item: ItemId
) -> None:
    with pytest.raises(Unavailable, match="receipts cannot be kept"):
        read_item(full.desk, full.reader(HANDLER), item)
    with pytest.raises(Unavailable, match="receipts cannot be kept"):
        lists.list_cases(full.desk, full.reader(HANDLER))


def test_an_act_that_is_recorded_is_not_reported_as_failed(
    world: World, full: Cast, case: CaseId
) -> None:
    facts = len(items_of(world, "fact", case))

    world.do(full.add_fact(case))

    assert len(items_of(world, "fact", case)) == facts + 1


def test_whoever_runs_a_node_sees_what_it_keeps(
    terminal: Terminal, cast: Cast, kept: Kept
) -> None:
    lists.list_cases(cast.desk, cast.reader(MAYOR))

    shown = terminal.run("node", "receipts", "--agency", TOWN, "--json").document
    page = terminal.run("node", "receipts", "--agency", TOWN)
    nobody = terminal.run("node", "receipts", "--agency", "nobody", "--json")

    assert shown["kept"] == kept.book(TOWN).tally().kept >= shown["settled"]
    assert "proven to be in the log" in page.out
    assert (nobody.code, nobody.error["error"]) == (3, "NotFound")


def test_a_transaction_that_fails_hands_out_nothing(cast: Cast, kept: Kept) -> None:
    who = cast.desk.acting(cast.officer(HANDLER))
    with pytest.raises(ZeroDivisionError), acting(cast.desk.database, who):
        raise ZeroDivisionError

    assert kept.since() == (0, 0)
