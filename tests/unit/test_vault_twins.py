"""What a node signs of a hand-off, what it refuses, and what it waits for."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from models.errors import CiphertextInvalid, ClockEnded, TransitionNotAllowed
from models.handoffs import HandoffState, HandoffStep, after
from models.link import AlarmKind
from models.twins import FOLLOWS, Change, Side, Twin, TwinOffer
from runtime.receipts import ReceiptFile
from runtime.twins import TwinFile
from tests.pieces.certified import TRUST, certified
from tests.pieces.masters import new_keyring
from vault.local_node import LocalNode
from vault.trust import Trust
from vault.twins import WAIT, Twins, check_follows, check_signed

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OF = uuid4()
GO, IN = Change.OFFERED, Change.RECEIVED


def leaf(number: int) -> bytes:
    return bytes([number]) * 32


def offer(step: int, change: Change, number: int = 0, **changed: object) -> TwinOffer:
    """Return a change; its entry is numbered as the step is, unless it is another's."""
    made = TwinOffer(
        handoff=OF,
        step=step,
        change=change,
        side=Side.RECEIVER,
        at=AT,
        leaf=leaf(number or step),
        acted=False,
    )
    return made.model_copy(update=changed)


class Rig:
    """One node, what it keeps, and a clock that a test moves."""

    def __init__(self, node: LocalNode, place: Path) -> None:
        self.node, self.place = node, place
        self.now = datetime.now(UTC)
        self.leaves = ReceiptFile(place / "tax.receipts")
        self.start()

    def start(self) -> None:
        """Begin as after a restart: what is not on the disk is forgotten."""
        book = TwinFile(self.place / "tax.twins")
        self.twins = Twins(self.node, book, self.leaves, lambda: self.now)

    def sign(self, *offers: TwinOffer) -> tuple[Twin, ...]:
        signed, refused = self.twins.consider(offers)
        assert refused == ()
        return signed

    def refused(self, *offers: TwinOffer) -> list[str]:
        signed, refused = self.twins.consider(offers)
        assert signed == ()
        return [each.reason for each in refused]

    def alarms(self) -> list[tuple[str, bytes, bool]]:
        return [(a.kind, a.leaf, a.over is not None) for a in self.leaves.alarms()]


@pytest.fixture
def rig(tmp_path):
    with closing(new_keyring(tmp_path / "tax.keys", "tax")) as keyring:
        made = Rig(certified("tax", keyring), tmp_path)
        yield made
        made.leaves.close()


def test_each_step_is_signed_and_continues_the_one_before(rig):
    first, second = rig.sign(offer(1, GO), offer(2, IN))
    (third,) = rig.sign(offer(3, Change.ANSWERED))

    for each in (first, second, third):
        check_signed(each, TRUST)
    check_follows(first, None)
    check_follows(second, first)
    check_follows(third, second)
    with pytest.raises(CiphertextInvalid):
        check_follows(third, first)


CHANGED = {"agency": "spy", "handoff": uuid4(), "step": 2, "change": Change.RECALLED,
           "side": Side.SENDER, "at": 1, "leaf": leaf(9), "receipt": True,
           "previous": leaf(9), "signed_at": 1}  # fmt: skip


@pytest.mark.parametrize("field", CHANGED)
def test_no_field_can_be_changed_after_it_was_signed(rig, field):
    (twin,) = rig.sign(offer(1, GO))

    with pytest.raises(CiphertextInvalid):
        check_signed(twin.model_copy(update={field: CHANGED[field]}), TRUST)


def test_nobody_is_believed_whom_no_authority_vouches_for(rig):
    (twin,) = rig.sign(offer(1, GO))

    with pytest.raises(CiphertextInvalid):
        check_signed(twin, Trust((), ()))


def test_the_same_change_has_the_same_record_again_after_a_restart_too(rig):
    first = rig.sign(offer(1, GO))
    rig.now += timedelta(days=1)

    assert rig.sign(offer(1, GO)) == first
    rig.start()
    assert rig.sign(offer(1, GO)) == first


OTHERS = {
    "another entry": offer(1, GO, 9),
    "another day": offer(1, GO, at=AT + timedelta(days=1)),
    "the other side": offer(1, GO, side=Side.SENDER),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_step_is_signed_for_one_change_only_and_the_refusal_is_seen(rig, other):
    rig.sign(offer(1, GO))
    rig.start()

    assert len(rig.refused(other)) == 1
    assert len(rig.refused(other)) == 1
    assert rig.alarms() == [(AlarmKind.TWIN, other.leaf, False)]


DISORDER = {
    "no beginning": [offer(1, IN)],
    "nothing before": [offer(2, IN)],
    "a step left out": [offer(1, GO), offer(3, Change.ACCEPTED)],
    "not after an offer": [offer(1, GO), offer(2, Change.ACCEPTED)],
    "the other side": [offer(1, GO), offer(2, IN, side=Side.SENDER)],
    "after the end": [offer(1, GO), offer(2, Change.RECALLED), offer(3, IN)],
}


@pytest.mark.parametrize("offers", DISORDER.values(), ids=DISORDER)
def test_what_cannot_come_next_is_refused(rig, offers):
    rig.sign(*offers[:-1])

    assert len(rig.refused(offers[-1])) == 1


def test_an_alarm_ends_when_the_change_is_signed_after_all(rig):
    rig.refused(offer(2, IN))
    rig.sign(offer(1, GO), offer(2, IN))

    assert rig.alarms() == [(AlarmKind.TWIN, leaf(2), True)]


def test_own_acts_wait_for_their_receipt_and_what_follows_waits_too(rig):
    mine = offer(2, IN, acted=True)
    later = offer(3, Change.ACCEPTED)
    assert [each.step for each in rig.sign(offer(1, GO), mine, later)] == [1]

    rig.leaves.keep([mine.leaf], rig.now)
    received, accepted = rig.sign(mine, later)

    assert (received.receipt, accepted.receipt) == (True, False)


def test_without_a_receipt_the_record_says_so(rig):
    mine = offer(1, GO, acted=True)
    assert rig.sign(mine) == ()
    rig.now += WAIT

    (twin,) = rig.sign(mine)

    assert not twin.receipt


def test_the_other_sides_entries_are_looked_for_in_the_log_too(rig):
    rig.sign(offer(1, GO))
    rig.sign(offer(1, GO))

    assert [each.leaf for each in rig.leaves.unsettled(0, 10)] == [leaf(1)]


STEPS = {
    HandoffStep.RECEIVE: IN,
    HandoffStep.ACCEPT: Change.ACCEPTED,
    HandoffStep.ANSWER: Change.ANSWERED,
    HandoffStep.REFUSE: Change.REFUSED,
    HandoffStep.RETURN: Change.RETURNED,
    HandoffStep.COMPLETE: Change.COMPLETED,
    HandoffStep.EXPIRE: Change.EXPIRED,
    HandoffStep.RECALL: Change.RECALLED,
}


@pytest.mark.parametrize("state", HandoffState)
def test_a_node_signs_every_move_that_the_record_makes(state):
    for step, change in STEPS.items():
        try:
            after(step, state)
        except (TransitionNotAllowed, ClockEnded):
            continue
        assert Change(state) in FOLLOWS[change]
