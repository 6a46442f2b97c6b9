"""What settles a receipt, what raises the alarm, and what a node asks for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger import checkpoint
from ledger.checkpoint import Checkpoint
from ledger.merkle import leaf_hash, root
from ledger.proofs import inclusion_proof
from ledger.receipts import PATIENCE, SILENCE, Receipts
from ledger.signed_note import SignerKey
from models.errors import Unavailable
from models.link import MOST, AlarmKind, Inclusion, Inclusions
from runtime.receipts import ReceiptFile
from tests.pieces.trees import tree_of

LEDGER = SignerKey.generate("ledger.example")
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(300)]
SECOND = timedelta(seconds=1)


class Log:
    """A log that answers as coordination does; its head is what a witness holds."""

    def __init__(self) -> None:
        self.leaves: list[bytes] = []
        self.note: str | None = None
        self.asked: list[int] = []

    def grow(self, *leaves: bytes) -> None:
        self.leaves += leaves
        size, top = len(self.leaves), root(self.leaves)
        self.note = checkpoint.sign(Checkpoint("ledger.example", size, top), LEDGER)

    def read(self) -> str | None:
        return self.note

    def prove(self, wanted):
        self.asked.append(len(wanted.leaves))
        held = self.leaves[: wanted.size]
        tree = tree_of(held)
        there = [each for each in wanted.leaves if each in held]
        return Inclusions(
            found=tuple(
                Inclusion(
                    leaf=each,
                    place=held.index(each),
                    proof=tuple(inclusion_proof(held.index(each), len(held), tree)),
                )
                for each in there
            )
        )


class Rig:
    """One node's receipts, a log, and a clock that a test moves."""

    def __init__(self, path: Path) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.log = Log()
        self.book = ReceiptFile(path)
        self.start()

    def start(self) -> None:
        self.receipts = Receipts(LEDGER.verifier, self.log, self.book, lambda: self.now)

    def keep(self, *leaves: bytes) -> None:
        self.book.keep(leaves, self.now)

    def round(self, after: timedelta = timedelta(0)) -> None:
        """Let time go by, and let the node look once."""
        self.now += after
        self.receipts.settle(self.log.prove)
        self.receipts.judge()

    def open(self) -> list[bytes]:
        return [each.leaf for each in self.book.unsettled(0, 1000)]

    def alarms(self) -> list[tuple[str, bytes, bool]]:
        return [
            (each.kind, each.leaf, each.over is not None) for each in self.book.alarms()
        ]


@pytest.fixture
def rig(tmp_path: Path):
    made = Rig(tmp_path / "receipts" / "tax.receipts")
    yield made
    made.book.close()


def test_a_receipt_is_settled_once_its_own_witness_cosigned_a_tree_that_has_it(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[3], LEAVES[7])

    rig.round()
    assert rig.open() == [LEAVES[7]]
    rig.log.grow(*LEAVES[5:9])
    rig.round()

    assert rig.open() == []
    rig.round(2 * PATIENCE)
    assert rig.alarms() == []


def test_nothing_is_asked_for_twice_at_one_size(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[7])
    for _ in range(3):
        rig.round(SECOND)
    assert rig.log.asked == [1]

    rig.keep(LEAVES[8])
    rig.round()
    rig.log.grow(*LEAVES[5:6])
    rig.round()

    assert rig.log.asked == [1, 2, 2]


def test_what_reached_the_log_before_the_node_kept_it_is_asked_for_all_the_same(rig):
    """The officer's program may be slower than integrator and witness together."""
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[1])
    rig.round()

    rig.keep(LEAVES[2])
    rig.round()

    assert rig.open() == []


def test_many_receipts_are_asked_for_in_turns(rig):
    rig.log.grow(*LEAVES)
    rig.keep(*LEAVES)

    rig.round()

    assert rig.open() == []
    assert rig.log.asked == [MOST] * 3


def test_a_leaf_that_was_handed_out_twice_is_settled_twice(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[1])
    rig.keep(LEAVES[1])

    rig.round()

    assert rig.open() == []


def test_a_receipt_that_the_log_lacks_after_a_minute_raises_one_alarm(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[7])
    rig.round(PATIENCE - SECOND)
    assert rig.alarms() == []

    for _ in range(3):
        rig.round(SECOND)

    assert rig.alarms() == [(AlarmKind.RECEIPT, LEAVES[7], False)]


def test_without_any_checkpoint_the_alarm_is_raised_too(rig):
    rig.keep(LEAVES[7])

    rig.round(PATIENCE)

    assert rig.alarms() == [(AlarmKind.RECEIPT, LEAVES[7], False)]


def test_an_alarm_is_told_until_it_was_heard_and_once_more_when_it_is_over(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[7])
    rig.round(PATIENCE)
    (first,) = rig.receipts.untold()
    assert rig.receipts.waits()
    assert rig.receipts.untold() == [first]
    rig.receipts.told([first])
    assert not rig.receipts.waits()

    rig.log.grow(*LEAVES[5:9])
    rig.round()

    (second,) = rig.receipts.untold()
    assert (first.over, second.over) == (None, rig.now)
    assert (second.leaf, second.since) == (first.leaf, first.since)
    rig.receipts.told([first])  # what was told meanwhile is not what is so now
    assert rig.receipts.untold() == [second]
    rig.receipts.told([second])
    assert rig.receipts.untold() == []


def test_a_node_that_was_away_asks_before_it_judges(rig):
    rig.log.grow(*LEAVES[:5])
    rig.keep(LEAVES[7])
    rig.now += 100 * PATIENCE
    rig.start()

    rig.receipts.judge()
    rig.round(PATIENCE - SECOND)
    assert rig.alarms() == []
    rig.round(SECOND)

    assert rig.alarms() == [(AlarmKind.RECEIPT, LEAVES[7], False)]


def test_coordination_that_does_not_answer_puts_no_alarm_off(rig):
    rig.log.grow(*LEAVES[:9])
    rig.keep(LEAVES[7])

    def away(wanted):
        raise Unavailable("coordination does not answer")

    with pytest.raises(Unavailable):
        rig.receipts.settle(away)
    rig.now += PATIENCE
    rig.receipts.judge()
    assert rig.alarms() == [(AlarmKind.RECEIPT, LEAVES[7], False)]

    rig.round()

    assert rig.open() == []
    assert rig.alarms() == [(AlarmKind.RECEIPT, LEAVES[7], True)]


def test_a_proof_that_does_not_hold_puts_no_alarm_off(rig):
    rig.log.grow(*LEAVES[:9])
    rig.keep(LEAVES[7])

    def lie(wanted):
        (true,) = rig.log.prove(wanted).found
        return Inclusions(found=(true.model_copy(update={"place": 6}),))

    rig.receipts.settle(lie)
    rig.now += PATIENCE
    rig.receipts.judge()

    assert rig.open() == [LEAVES[7]]
    assert len(rig.alarms()) == 1


def test_a_proof_for_another_tree_settles_nothing(rig):
    """What the witness did not cosign may have been made up for this receipt."""
    rig.log.grow(*LEAVES[:9])
    rig.keep(LEAVES[20])
    made_up = Log()
    made_up.grow(*LEAVES[20:29])

    rig.receipts.settle(made_up.prove)

    assert rig.open() == [LEAVES[20]]


def test_a_checkpoint_that_the_ledger_did_not_sign_settles_nothing(rig):
    rig.log.grow(*LEAVES[:9])
    forged = Checkpoint("ledger.example", 9, root(LEAVES[:9]))
    rig.log.note = checkpoint.sign(forged, SignerKey.generate("ledger.example"))
    rig.keep(LEAVES[7])

    rig.receipts.settle(rig.log.prove)

    assert (rig.open(), rig.log.asked) == ([LEAVES[7]], [])


def test_silence_raises_one_alarm_and_the_next_offer_ends_it(rig):
    rig.log.grow(*LEAVES[:5])
    for _ in range(4):
        rig.round(SILENCE / 4)
        rig.receipts.heard()
    assert rig.alarms() == []

    rig.round(SILENCE - SECOND)
    assert rig.alarms() == []
    for _ in range(3):
        rig.round(SECOND)
    assert rig.alarms() == [(AlarmKind.SILENCE, b"", False)]
    rig.start()
    rig.round(SILENCE)
    assert rig.alarms() == [(AlarmKind.SILENCE, b"", False)]

    rig.receipts.heard()

    assert rig.alarms() == [(AlarmKind.SILENCE, b"", True)]
