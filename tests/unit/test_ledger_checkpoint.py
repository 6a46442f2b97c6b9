"""Signed notes, their keys, and checkpoints, including forged ones."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.checkpoint import Checkpoint, parse, sign, verify
from ledger.merkle import EMPTY_ROOT
from ledger.signed_note import SignerKey, VerifierKey, open_note, sign_note
from models.errors import EntryAltered, InvalidInput

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_checkpoint.json").read_text()
)
ORIGIN = "ledger.example/estafette"
KEY = SignerKey.generate(ORIGIN)
STRANGER = SignerKey.generate(ORIGIN)
HEAD = Checkpoint(ORIGIN, 5, bytes(range(32)))


@pytest.mark.parametrize("case", VECTORS["notes"], ids=lambda case: case["about"])
def test_a_note_has_the_published_bytes(case):
    signer, key = SignerKey.parse(case["skey"]), VerifierKey.parse(case["vkey"])

    assert signer.verifier == key
    assert (signer.skey, key.vkey) == (case["skey"], case["vkey"])
    assert sign_note(case["text"], signer) == case["note"]
    assert open_note(case["note"], key) == case["text"]


@pytest.mark.parametrize("case", VECTORS["checkpoints"], ids=lambda c: str(c["size"]))
def test_a_checkpoint_has_the_published_bytes(case):
    signer = SignerKey.parse(case["skey"])
    checkpoint = Checkpoint(case["origin"], case["size"], bytes.fromhex(case["root"]))

    assert sign(checkpoint, signer) == case["note"]
    assert verify(case["note"], signer.verifier) == checkpoint


def test_a_checkpoint_comes_back_from_its_note():
    note = sign(HEAD, KEY)

    assert parse(note) == verify(note, KEY.verifier) == HEAD


def test_no_character_of_a_checkpoint_may_change():
    note = sign(HEAD, KEY)
    for place, character in enumerate(note):
        for other in ("A", "1", "\n", ""):
            forged = note[:place] + other + note[place + 1 :]
            if other == character:
                continue
            with pytest.raises(EntryAltered):
                verify(forged, KEY.verifier)


def test_a_stranger_with_the_same_name_signs_for_nobody():
    with pytest.raises(EntryAltered, match="not signed by"):
        verify(sign(HEAD, STRANGER), KEY.verifier)


def test_a_signature_by_another_key_under_our_key_id_is_wrong():
    text = f"{ORIGIN}\n5\n{base64.b64encode(HEAD.root).decode()}\n"
    stranger = Ed25519PrivateKey.from_private_bytes(STRANGER.seed)
    raw = KEY.verifier.key_id + stranger.sign(text.encode())
    forged = f"{text}\n— {ORIGIN} {base64.b64encode(raw).decode()}\n"

    with pytest.raises(EntryAltered, match="is wrong"):
        verify(forged, KEY.verifier)


def test_a_second_spelling_of_our_signature_does_not_help_a_wrong_one():
    note, forged = sign(HEAD, KEY), sign(HEAD, KEY).splitlines(keepends=True)
    raw = base64.b64decode(forged[-1].split()[-1])
    wrong = base64.b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode()

    with pytest.raises(EntryAltered):
        verify(f"{note}— {ORIGIN} {wrong}\n", KEY.verifier)


def test_a_signature_has_one_spelling():
    """68 bytes leave two spare bits in base64; readers disagree on what they mean."""
    note = sign(HEAD, KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = note.rstrip("=\n")[-1]
    twin = alphabet[alphabet.index(last) + 1]
    respelt = note.replace(f"{last}=\n", f"{twin}=\n")
    line, twin_line = (text.split()[-1] for text in (note, respelt))
    assert base64.b64decode(line) == base64.b64decode(twin_line)

    with pytest.raises(EntryAltered):
        verify(respelt, KEY.verifier)


def test_lines_of_unknown_witnesses_are_left_alone():
    witness = sign_note("anything\n", SignerKey.generate("witness")).splitlines()[-1]

    assert verify(f"{sign(HEAD, KEY)}{witness}\n", KEY.verifier) == HEAD


def test_lines_after_the_root_are_allowed_and_signed():
    text = f"{ORIGIN}\n5\n{base64.b64encode(HEAD.root).decode()}\nextension\n"

    assert verify(sign_note(text, KEY), KEY.verifier) == HEAD


def test_a_checkpoint_of_another_ledger_by_the_same_key_is_refused():
    root = base64.b64encode(HEAD.root).decode()
    other = sign_note(f"another\n5\n{root}\n", KEY)

    with pytest.raises(EntryAltered, match="another"):
        verify(other, KEY.verifier)


@pytest.mark.parametrize(
    ("size", "root"),
    [
        ("05", EMPTY_ROOT),
        ("+5", EMPTY_ROOT),
        ("-5", EMPTY_ROOT),
        ("5.0", EMPTY_ROOT),
        ("٥", EMPTY_ROOT),
        ("", EMPTY_ROOT),
        ("5", EMPTY_ROOT[:31]),
        ("5", EMPTY_ROOT + b"\x00"),
    ],
)
def test_a_signed_checkpoint_in_another_spelling_is_refused(size, root):
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"

    with pytest.raises(EntryAltered):
        verify(sign_note(text, KEY), KEY.verifier)


@pytest.mark.parametrize("text", [f"{ORIGIN}\n5\n", f"{ORIGIN}\n", "\n5\nAAAA\n"])
def test_a_note_that_lacks_a_line_is_no_checkpoint(text):
    with pytest.raises(EntryAltered):
        verify(sign_note(text, KEY), KEY.verifier)


@pytest.mark.parametrize(
    "note", ["", "\n\n", "text", "text\n\nno dash\n", "a\n\n— x y\n", "a\n\n— x AAAA\n"]
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(EntryAltered):
        parse(note)


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint(ORIGIN, -1, EMPTY_ROOT),
        Checkpoint(ORIGIN, 0, b""),
        Checkpoint("another", 0, EMPTY_ROOT),
    ],
)
def test_an_impossible_checkpoint_is_not_signed(checkpoint):
    with pytest.raises(InvalidInput):
        sign(checkpoint, KEY)


@pytest.mark.parametrize("text", ["no newline", "bell\a\n", "carriage\r\n"])
def test_text_that_is_not_plain_lines_is_not_signed(text):
    with pytest.raises(InvalidInput):
        sign_note(text, KEY)


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "line\nbreak"])
def test_a_name_that_would_break_a_key_line_is_refused(name):
    with pytest.raises(InvalidInput):
        SignerKey.generate(name)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-4],
        lambda key: key.replace(ORIGIN, "another"),
        lambda key: key + "+",
        lambda key: "",
        lambda key: (
            key[: key.rindex("+") + 1] + base64.b64encode(b"\x02" * 33).decode()
        ),
    ],
)
def test_a_spoilt_key_line_is_refused(spoil):
    with pytest.raises(InvalidInput):
        VerifierKey.parse(spoil(KEY.verifier.vkey))
    with pytest.raises(InvalidInput):
        SignerKey.parse(spoil(KEY.skey))


def test_a_public_key_is_not_taken_for_a_private_one():
    with pytest.raises(InvalidInput):
        SignerKey.parse(KEY.verifier.vkey)


def test_a_private_key_never_shows_in_a_trace():
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)
