"""What a witness cosigns and refuses, and what it remembers through every fault."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger import checkpoint, cosignature
from ledger.checkpoint import Checkpoint
from ledger.merkle import leaf_hash, root
from ledger.proofs import consistency_proof
from ledger.signed_note import SignerKey
from ledger.witness import Cosigner, Witness, contradiction
from models.errors import EntryAltered, Unavailable
from models.link import CheckpointOffer
from runtime.witness import FileMemory
from tests.pieces.power import PowerCut, interrupted
from tests.pieces.trees import tree_of

LEDGER = SignerKey.generate("ledger.example")
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(20)]
FORKED = [*LEAVES[:3], leaf_hash(b"other"), *LEAVES[4:]]
SECRET = Ed25519PrivateKey.generate()
KEY = cosignature.witness_key(
    "ledger.example", "tax", SECRET.public_key().public_bytes_raw()
)


def note_of(leaves, signer=LEDGER):
    return checkpoint.sign(Checkpoint(signer.name, len(leaves), root(leaves)), signer)


def offer(leaves, seen=0):
    proof = consistency_proof(seen, len(leaves), tree_of(leaves)) if seen else []
    return CheckpointOffer(id=uuid4(), note=note_of(leaves), proof=tuple(proof))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "witness" / "tax.checkpoint"


@pytest.fixture
def witness(file: Path) -> Witness:
    return witness_at(file)


def witness_at(file: Path) -> Witness:
    return Witness(
        LEDGER.verifier,
        Cosigner(KEY, SECRET.sign, lambda: 1_763_802_000),
        FileMemory(file),
    )


def holds(said, given):
    """Say whether an answer cosigns what was offered."""
    return said.seen == given.note and cosignature.verify_line(
        given.note, said.cosignature, KEY
    )


def test_the_first_checkpoint_is_believed_and_each_that_continues_it_is_cosigned(
    witness, file
):
    for leaves, seen in ((LEAVES[:3], 0), (LEAVES[:8], 3), (LEAVES, 8), (LEAVES, 20)):
        given = offer(leaves, seen)
        assert holds(witness.consider(given), given)
        assert file.read_text() == given.note


def test_another_process_goes_on_from_what_was_remembered(witness, file):
    witness.consider(offer(LEAVES[:8]))

    said = witness_at(file).consider(offer(LEAVES[:3]))

    assert (said.cosignature, said.seen) == ("", note_of(LEAVES[:8]))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param(offer(LEAVES[:3]), "after one of `8`", id="rewound"),
        pytest.param(offer(FORKED, 8), "does not continue", id="forked"),
        pytest.param(offer(FORKED[:8]), "differ", id="forked at the same size"),
        pytest.param(offer(LEAVES, 3), "does not continue", id="proof of another size"),
        pytest.param(offer(LEAVES), "does not continue", id="no proof"),
    ],
)
def test_what_does_not_continue_it_is_refused_and_forgotten(witness, file, given, why):
    witness.consider(offer(LEAVES[:8]))

    said = witness.consider(given)

    assert (said.cosignature, said.seen) == ("", note_of(LEAVES[:8]))
    assert why in said.refused
    assert file.read_text() == note_of(LEAVES[:8])
    good = offer(LEAVES, 8)
    assert holds(witness.consider(good), good)


def test_what_the_ledger_did_not_sign_is_not_even_answered(witness, file):
    other = SignerKey.generate("ledger.example")
    given = CheckpointOffer(id=uuid4(), note=note_of(LEAVES, other))

    with pytest.raises(EntryAltered):
        witness.consider(given)
    assert not file.exists()


def test_a_memory_that_was_tampered_with_cosigns_nothing(witness, file):
    witness.consider(offer(LEAVES[:8]))
    file.write_text(file.read_text().replace("8", "7", 1))

    assert witness.consider(offer(LEAVES, 8)).refused


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("step", [0, 1])
@pytest.mark.parametrize("done", [False, True], ids=["not done", "done"])
def test_nothing_is_cosigned_that_is_not_remembered(
    witness, file, monkeypatch, call, step, done
):
    """A cosignature that leaves before its memory lets a fork be cosigned next."""
    witness.consider(offer(LEAVES[:8]))
    signed: list[bytes] = []
    failing = Witness(
        LEDGER.verifier,
        Cosigner(KEY, lambda m: signed.append(m) or b"", lambda: 0),
        FileMemory(file),
    )
    with monkeypatch.context() as patch:
        left = [step]
        if call == "fsync":
            patch.setattr(os, "fsync", interrupted(os.fsync, left, done))
        else:
            patch.setattr(Path, "replace", interrupted(Path.replace, left, done))
        try:
            failing.consider(offer(LEAVES, 8))
        except PowerCut:
            assert signed == []

    assert file.read_text() in (note_of(LEAVES[:8]), note_of(LEAVES))
    if signed:
        assert file.read_text() == note_of(LEAVES)
    again = offer(LEAVES, checkpoint.parse(file.read_text()).size)
    assert holds(witness.consider(again), again)
    assert witness.consider(offer(FORKED, 8)).refused


def test_a_disk_that_takes_nothing_is_worth_another_try(witness, file):
    file.parent.write_text("no directory")

    with pytest.raises(Unavailable, match="remember"):
        witness.consider(offer(LEAVES))


@pytest.mark.parametrize("size", [1, 7, 20])
def test_what_a_witness_holds_of_the_same_history_contradicts_nothing(size):
    seen = note_of(LEAVES[:size])

    found = contradiction(seen, LEDGER.verifier, size=20, tree=tree_of(LEAVES))

    assert found is None


@pytest.mark.parametrize(
    ("seen", "size"), [(LEAVES, 19), (FORKED, 20), (FORKED[:4], 20), (LEAVES, 0)]
)
def test_what_it_holds_of_another_or_a_longer_history_is_evidence(seen, size):
    tree = tree_of(LEAVES[:size])

    found = contradiction(note_of(seen), LEDGER.verifier, size=size, tree=tree)

    assert found == Checkpoint("ledger.example", len(seen), root(seen))


def test_what_the_ledger_did_not_sign_is_evidence_of_nothing():
    forged = note_of(FORKED, SignerKey.generate("ledger.example"))

    for claim in (forged, "", "nonsense"):
        with pytest.raises(EntryAltered):
            contradiction(claim, LEDGER.verifier, size=20, tree=tree_of(LEAVES))
