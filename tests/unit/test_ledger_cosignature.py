"""Cosignatures: the bytes that the page specifies, and nothing else."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger import checkpoint, cosignature
from ledger.checkpoint import Checkpoint
from ledger.signed_note import SignerKey, VerifierKey
from models.errors import EntryAltered, InvalidInput

ROOT = Path(__file__).parents[2]
GIVEN = json.loads((ROOT / "tests" / "vectors" / "ledger_cosignature.json").read_text())
SEED = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(GIVEN["seed"]))
KEY = cosignature.witness_key(
    GIVEN["origin"], GIVEN["agency"], SEED.public_key().public_bytes_raw()
)
NOTE, AT, LINE = GIVEN["note"], GIVEN["at"], GIVEN["line"]


def test_message_and_line_are_the_specified_bytes():
    assert cosignature.message(NOTE, AT).decode() == GIVEN["message"]
    assert cosignature.line(KEY, AT, SEED.sign(GIVEN["message"].encode())) == LINE
    assert KEY.vkey == GIVEN["vkey"]
    assert VerifierKey.parse(GIVEN["vkey"]) == KEY


def test_the_page_shows_these_very_lines():
    page = (ROOT / "docs" / "formats" / "checkpoint.md").read_text()

    assert LINE in page and GIVEN["vkey"] in page and GIVEN["message"] in page


def test_a_cosigned_note_says_when_it_was_seen_and_stays_a_checkpoint():
    both = cosignature.add(NOTE, [LINE])

    assert cosignature.verify(both, KEY) == AT
    ledger = VerifierKey.parse(GIVEN["ledger"])
    assert checkpoint.verify(both, ledger) == checkpoint.verify(NOTE, ledger)


def test_every_other_bit_of_a_cosignature_is_found():
    name, _, signed = LINE.rpartition(" ")
    for place in range(0, len(signed) - 2):
        other = "A" if signed[place] != "A" else "B"
        line = f"{name} {signed[:place]}{other}{signed[place + 1 :]}"
        with pytest.raises(EntryAltered):
            cosignature.verify_line(NOTE, line, KEY)


@pytest.mark.parametrize("text", ["600\n", "ledger.example"])
def test_a_cosignature_of_one_checkpoint_is_none_of_another(text):
    signer = SignerKey.generate(GIVEN["origin"])
    other = checkpoint.sign(Checkpoint(GIVEN["origin"], 9, b"r" * 32), signer)

    with pytest.raises(EntryAltered, match="is wrong"):
        cosignature.verify_line(other, LINE, KEY)


def test_more_than_a_line_is_not_taken():
    with pytest.raises(EntryAltered, match="one line"):
        cosignature.verify_line(NOTE, f"{LINE}\n{LINE}", KEY)


def test_who_cosigned_is_counted_once_and_only_if_it_holds():
    stranger = cosignature.witness_key(GIVEN["origin"], "other", bytes(32))
    twice = cosignature.add(NOTE, [LINE, LINE])

    assert cosignature.cosigners(twice, [KEY, KEY, stranger]) == [KEY.name]
    wrong = cosignature.line(KEY, AT, bytes(64))
    assert cosignature.cosigners(cosignature.add(NOTE, [wrong]), [KEY]) == []
    assert cosignature.cosigners(NOTE, [KEY]) == []


def test_a_plain_signature_of_the_witness_key_is_no_cosignature():
    """Type bytes keep apart what one key may have signed for two reasons."""
    plain = VerifierKey(KEY.name, KEY.public)
    assert plain.key_id != KEY.key_id

    signer = SignerKey(KEY.name, bytes.fromhex(GIVEN["seed"]))
    note = checkpoint.sign(Checkpoint(KEY.name, 8, b"r" * 32), signer)
    with pytest.raises(EntryAltered, match="not cosigned"):
        cosignature.verify(note, KEY)


def test_a_key_of_a_type_that_is_unknown_is_refused():
    name = KEY.name
    unknown = VerifierKey(name, KEY.public, b"\x06").vkey

    with pytest.raises(InvalidInput):
        VerifierKey.parse(unknown)
    with pytest.raises(InvalidInput):
        SignerKey.parse("PRIVATE+KEY+" + GIVEN["vkey"])
