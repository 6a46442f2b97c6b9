"""Receipts over real tables: found in the log, or an alarm at the node and here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from activities.witnessing import Offers
from ledger.receipts import PATIENCE, Receipts
from models.link import AlarmKind
from runtime.receipts import ReceiptFile
from runtime.witness import FileMemory
from storage.engine import transaction
from storage.log import node_alarms
from tests.running.offices import Offices, open_offices
from tests.running.watched_log import LOG, SIGNER, WATCH, Rig
from vault.duties import Duties
from vault.watching import Watching

TAX = "tax"


class Keeping(Rig):
    """A log, and one agency that keeps its receipts; time goes by as a test says."""

    def __init__(self, offices: Offices, place: Path) -> None:
        super().__init__(offices, place)
        self.late = timedelta(0)
        self.book = ReceiptFile(place / "tax.receipts")
        self.receipts = Receipts(
            SIGNER.verifier,
            FileMemory(place / "tax.checkpoint"),
            self.book,
            lambda: datetime.now(UTC) + self.late,
        )

    def act(self, count: int, word: str = "entry") -> list[bytes]:
        """Stage entries, and keep their leaves as an officer's program does."""
        leaves = self.stage(count, word)
        self.book.keep(leaves, datetime.now(UTC))
        return leaves

    def node(self) -> None:
        """Let the node do its duties once."""
        watching = Watching(self.witness(TAX), self.receipts)
        orders = self.offices.orders(TAX)
        Duties(self.offices.nodes[TAX], orders, watching).once()

    def open(self) -> list[bytes]:
        return [each.leaf for each in self.book.unsettled(0, 1000)]

    def heard(self) -> list[tuple[str, bytes, bool]]:
        """Return what coordination knows of alarms, as the integrator's role sees."""
        with transaction(self.ledger) as connection:
            rows = node_alarms.told(connection)
        return [(row.kind, row.leaf, row.over_at is not None) for row in rows]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with open_offices(tmp_path_factory.mktemp("offices")) as made:
        yield made


@pytest.fixture
def rig(offices: Offices, tmp_path: Path) -> Iterator[Keeping]:
    made = Keeping(offices, tmp_path)
    yield made
    made.book.close()
    made.close()


def test_receipts_are_settled_as_the_log_grows(rig: Keeping) -> None:
    for count in (3, 300, 1):
        rig.act(count)
        rig.integrator.once()
        rig.node()
        rig.node()
        assert rig.open() == []

    assert rig.book.tally().kept == 304
    rig.late = 2 * PATIENCE
    rig.node()
    assert rig.heard() == []


def test_an_entry_that_was_taken_out_before_it_was_ordered_raises_the_alarm(
    rig: Keeping,
) -> None:
    """No tree ever had it, and no other check of the log can miss it."""
    leaves = rig.act(3)
    rig.as_owner(f"delete from ledger_staging where leaf = '\\x{leaves[1].hex()}'")  # noqa: S608
    rig.integrator.once()
    rig.node()
    assert rig.open() == [leaves[1]]

    rig.late = PATIENCE
    rig.node()

    assert rig.heard() == [(AlarmKind.RECEIPT, leaves[1], False)]


def test_an_entry_that_was_changed_before_any_witness_saw_it_raises_the_alarm(
    rig: Keeping,
) -> None:
    """Rewritten and signed anew by the ledger itself: witnesses see one history."""
    leaves = rig.act(3)
    rig.integrator.once()
    rig.forget(*LOG, *WATCH)
    rig.restart()
    rig.stage(3, "other")
    rig.integrator.once()
    rig.node()

    rig.late = PATIENCE
    rig.node()

    assert rig.cosigned() == {TAX: 3}
    assert rig.contradictions() == []  # witnesses saw nothing else before
    assert [leaf for _, leaf, _ in rig.heard()] == leaves


def test_a_log_that_was_late_ends_the_alarm_and_says_so(rig: Keeping) -> None:
    (leaf,) = rig.act(1)
    rig.late = PATIENCE
    rig.node()
    assert rig.heard() == [(AlarmKind.RECEIPT, leaf, False)]

    rig.integrator.once()
    rig.node()

    assert rig.heard() == [(AlarmKind.RECEIPT, leaf, True)]
    assert rig.open() == []


def test_an_alarm_that_coordination_did_not_take_is_told_again(
    rig: Keeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.act(1)
    rig.late = PATIENCE
    with monkeypatch.context() as patch:
        patch.setattr(node_alarms, "note", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rig.node()
    assert rig.heard() == []

    rig.node()
    rig.node()

    assert len(rig.heard()) == 1


def test_a_log_shorter_than_what_was_cosigned_proves_nothing(rig: Keeping) -> None:
    rig.act(5)
    rig.integrator.once()
    rig.node()
    rig.as_owner("delete from ledger_entry where seq >= 3")
    (leaf,) = rig.act(1)

    rig.node()

    assert rig.open() == [leaf]


def test_a_checkpoint_is_offered_again_though_nothing_was_logged(rig: Keeping) -> None:
    """Else a quiet log could not be told from a coordination that withholds it."""
    rig.act(1)
    rig.integrator.once()
    rig.node()
    rig.integrator.once()
    assert rig.offices.orders(TAX).work().checkpoint is None

    rig.as_owner("update witness_offer set at = 'epoch'")
    with transaction(rig.ledger) as connection:
        Offers(SIGNER).make(connection)

    offered = rig.offices.orders(TAX).work().checkpoint
    assert offered
    assert rig.witness(TAX).consider(offered).cosignature


@pytest.mark.parametrize("query", ["select body from ledger_entry", "select kind from"
                                   " ledger_entry", "select note from ledger_checkpoint"
                                   ])  # fmt: skip
def test_who_proves_receipts_reads_hashes_and_no_entry(
    rig: Keeping, query: str
) -> None:
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction(rig.offices.database) as connection,
    ):
        connection.execute(text(query))
