"""Both verifiers say which side of a hand-off signed what, and believe no other."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from commands.ledger.keys import read_keys
from ledger.bundle_twins import Signed
from ledger.bundle_verify import verify_bundle
from models.twins import Change, Side
from tests.pieces import bundles as b
from tests.pieces import signed_bundles as s
from tests.pieces.verifiers import BothVerifiers
from vault import signing

SENDER, RECEIVER = Side.SENDER, Side.RECEIVER
VECTORS = Path(__file__).parents[1] / "vectors"
KEYS = replace(b.KEYS, agencies=b.KEYS.agencies | s.KEYS)


@pytest.fixture
def by_both(tmp_path):
    return BothVerifiers(tmp_path, KEYS)


def told(lines, keys=KEYS):
    """Return what ours says of entries and of whose signatures hold."""
    sides = verify_bundle(lines, keys).sides
    return dict(sides.by), sides.unsigned, dict(sides.unchecked)


ASK = Signed("handoff.ask", "offered", (s.ASKER, s.ASKED))
RECEIVE = Signed("handoff.receive", "received", (s.ASKER, s.ASKED))
ANSWER = Signed("handoff.answer", "answered", (s.ASKER, s.ASKED))


def test_both_sides_signed_every_change(by_both):
    lines = s.bundle()

    assert by_both(lines) is None
    assert told(lines) == ({ASK: 1, RECEIVE: 1, ANSWER: 1}, 0, {})
    assert by_both.signed == {
        ("handoff.ask as offered", s.ASKER, s.ASKED): 1,
        ("handoff.receive as received", s.ASKER, s.ASKED): 1,
        ("handoff.answer as answered", s.ASKER, s.ASKED): 1,
    }


def test_a_record_that_was_left_out_is_told_as_one_side_or_none(by_both):
    """Whoever makes a bundle may leave one out: it is said, and proves nothing."""
    one = s.line(1, twins={RECEIVER: s.word(1, RECEIVER)})
    lines = s.bundle(s.line(0), one, s.line(2, twins={}))

    assert by_both(lines) is None
    alone = RECEIVE._replace(by=(s.ASKED,))
    assert told(lines) == ({ASK: 1, alone: 1}, 1, {})


def test_entries_need_not_be_in_the_order_of_the_steps_nor_all_be_there(by_both):
    assert by_both(s.bundle(s.line(0), s.line(2))) is None
    assert by_both(s.bundle(s.line(2))) is None
    assert by_both(s.bundle(s.line(1), s.line(2), s.line(5))) is None


def test_a_record_whose_key_is_not_given_is_told_as_unchecked(by_both):
    older = signing.new_signing_key()
    data = s.signed_bytes(0, SENDER)
    strange = s.word(0, SENDER).model_copy(
        update={
            "key": sha256(signing.public_bytes(older)).hexdigest(),
            "signature": signing.sign(older, data).hex(),
        }
    )
    lines = s.bundle(s.line(0, twins={**s.both(0), SENDER: strange}))

    assert by_both(lines) is None
    assert told(lines) == ({ASK._replace(by=(s.ASKED,)): 1}, 0, {s.ASKER: 1})
    both = (*s.KEYS[s.ASKER], signing.public_bytes(older))
    known = replace(KEYS, agencies=KEYS.agencies | {s.ASKER: both})
    assert told(lines, known) == ({ASK: 1}, 0, {})


def resigned(number, side, **changes):
    """Return a move of which one side signed something else."""
    return s.line(
        number, twins={**s.both(number), side: s.word(number, side, **changes)}
    )


def altered(number, side, **changes):
    """Return a move of which one side's record was altered after it was signed."""
    word = s.word(number, side).model_copy(update=changes)
    return s.line(number, twins={**s.both(number), side: word})


OTHERS = s.word(0, RECEIVER)
WRONG = {
    "of another hand-off": [s.line(0, twins=s.both(3))],
    "of another entry of the hand-off": [s.line(1, twins=s.both(2))],
    "both altered to another state": [
        s.line(2, twins={side: s.word(2, side).model_copy(
            update={"change": Change.REFUSED}) for side in s.SIDES})
    ],
    "one side altered to another state": [altered(2, SENDER, change=Change.REFUSED)],
    "one side signed another state": [resigned(2, SENDER, change=Change.REFUSED)],
    "one side signed another day": [resigned(2, SENDER, at=s.AT)],
    "one side signed another step": [resigned(2, SENDER, step=4)],
    "one altered in when it was signed": [altered(0, SENDER, signed_at=1)],
    "one altered to have a receipt": [altered(0, RECEIVER, receipt=True)],
    "a receipt of who did not act": [resigned(0, RECEIVER, receipt=True)],
    "the sides exchanged": [
        s.line(0, twins={SENDER: s.word(0, RECEIVER), RECEIVER: s.word(0, SENDER)})
    ],
    "the record of the other side twice": [
        s.line(0, twins={SENDER: OTHERS, RECEIVER: OTHERS})
    ],
    "signed by somebody else in its name": [
        altered(0, SENDER, signature=OTHERS.signature)
    ],
    "no side is the agency that acted": [
        s.line(0, twins={SENDER: OTHERS.model_copy(update={"agency": "tax"}),
                         RECEIVER: OTHERS})
    ],
    "a question that another agency was asked": [
        s.line(0, twins={RECEIVER: s.word(0, RECEIVER, agency="tax")})
    ],
    "the side that did not act, alone": [
        s.line(1, twins={RECEIVER: s.word(1, RECEIVER, agency="tax")})
    ],
    "a side that acts for the other": [
        s.line(1, twins={SENDER: s.word(1, SENDER, agency=s.ASKED),
                         RECEIVER: s.word(1, RECEIVER, agency=s.ASKER)})
    ],
    "a side that is another agency later": [
        s.line(0), s.line(1, twins={SENDER: s.word(1, SENDER, agency="tax")})
    ],
    "a step that begins anew": [resigned(1, SENDER, previous="")],
    "a first step that goes on": [resigned(0, SENDER, previous="ab" * 32)],
    "a step that goes on from another": [
        s.line(0), s.line(1, twins={SENDER: s.word(1, SENDER, previous="ab" * 32)})
    ],
    "a step zero": [resigned(0, SENDER, step=0)],
    "an entry of no hand-off": [b.line(2, twins=s.both(0))],
    "a withheld entry with records": [
        s.line(0, body="", leaf=s.LEAVES[0].hex())
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", WRONG.values(), ids=WRONG)
def test_no_other_record_is_believed(by_both, lines):
    assert by_both(s.bundle(*lines))


def test_a_step_that_was_signed_twice_is_found(by_both):
    """Two entries as the same step: coordination told two stories."""
    assert by_both(s.bundle(s.line(6))) is None
    assert "twice" in by_both(s.bundle(s.line(0), s.line(6)))


def test_the_signed_bundle_of_the_formats_page_holds():
    """It was written once; whatever reads bundles later must still read it."""
    path, named = (VECTORS / f"bundle_signed.{ending}" for ending in ("jsonl", "keys"))

    with path.open("rb") as file:
        found = verify_bundle(file, read_keys(named))

    alone = RECEIVE._replace(by=(s.ASKED,))
    assert found.sides.by == {ASK: 1, alone: 1, ANSWER: 1}
    theirs = b.stranger()
    count, _, signed = theirs.verify(path, *theirs.read_keys(named))
    assert (count, len(signed)) == (3, 3)
    assert signed["handoff.receive as received", s.ASKED] == 1
