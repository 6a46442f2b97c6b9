"""Envelope, wrap, commitment and index: what opens, and what must not."""

from dataclasses import fields, replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.errors import CiphertextInvalid, InvalidInput
from vault.binding import bind
from vault.blind_index import token
from vault.commitments import commit, new_salt
from vault.envelope import commit_to_key, open_sealed, seal, verify_sealed
from vault.signing import new_signing_key, public_bytes, sign, verify
from vault.values import Sealed
from vault.wrapping import unwrap, wrap

ORIGINATOR, STRANGER = new_signing_key(), new_signing_key()
PUBLIC = public_bytes(ORIGINATOR)
HEADER, BODY = b'{"item":"i-1"}', b"what the inspection found"
CASE_KEY = bytes(range(32))


def flip(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def resign(sealed, signer=ORIGINATOR):
    """Sign altered parts anew, as a hostile originator could."""
    parts = (sealed.header, sealed.ciphertext, sealed.commitment)
    digests = b"".join(sha256(part).digest() for part in parts)
    signature = sign(signer, bind("sealed", "v1") + digests)
    return replace(sealed, signature=signature)


def test_an_item_opens_to_what_was_sealed():
    sealed, key = seal(HEADER, BODY, ORIGINATOR)

    assert open_sealed(sealed, key, PUBLIC) == BODY
    assert BODY not in sealed.ciphertext


@pytest.mark.parametrize("body", [b"", b"\x00", b"x" * 100_000])
def test_bodies_of_every_size_come_back(body):
    sealed, key = seal(HEADER, body, ORIGINATOR)

    assert open_sealed(sealed, key, PUBLIC) == body


def test_the_same_body_never_gives_the_same_bytes():
    (first, first_key), (second, second_key) = (
        seal(HEADER, BODY, ORIGINATOR) for _ in range(2)
    )

    assert first_key != second_key
    assert first.ciphertext != second.ciphertext
    assert first.commitment != second.commitment


@pytest.mark.parametrize("part", [field.name for field in fields(Sealed)])
def test_no_bit_of_a_sealed_item_may_change(part):
    sealed, key = seal(HEADER, BODY, ORIGINATOR)
    whole = getattr(sealed, part)

    for bit in range(0, len(whole) * 8, 3):
        with pytest.raises(CiphertextInvalid):
            open_sealed(replace(sealed, **{part: flip(whole, bit)}), key, PUBLIC)


@pytest.mark.parametrize("part", ["header", "ciphertext", "commitment"])
def test_no_part_may_change_even_if_the_originator_signs_it_anew(part):
    sealed, key = seal(HEADER, BODY, ORIGINATOR)
    altered = resign(replace(sealed, **{part: flip(getattr(sealed, part), 3)}))

    verify_sealed(altered, PUBLIC)
    with pytest.raises(CiphertextInvalid):
        open_sealed(altered, key, PUBLIC)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27])
def test_a_cut_ciphertext_does_not_open(length):
    sealed, key = seal(HEADER, BODY, ORIGINATOR)
    cut = resign(replace(sealed, ciphertext=sealed.ciphertext[:length]))

    with pytest.raises(CiphertextInvalid):
        open_sealed(cut, key, PUBLIC)


def test_the_header_of_another_item_does_not_fit():
    sealed, key = seal(HEADER, BODY, ORIGINATOR)
    other, _ = seal(b'{"item":"i-2"}', BODY, ORIGINATOR)

    with pytest.raises(CiphertextInvalid):
        open_sealed(replace(sealed, header=other.header), key, PUBLIC)


def test_bytes_cannot_move_between_header_and_ciphertext():
    sealed, key = seal(HEADER, BODY, ORIGINATOR)
    moved = replace(
        sealed,
        header=sealed.header + sealed.ciphertext[:1],
        ciphertext=sealed.ciphertext[1:],
    )

    with pytest.raises(CiphertextInvalid):
        open_sealed(moved, key, PUBLIC)


def test_an_item_that_a_stranger_signed_does_not_open():
    sealed, key = seal(HEADER, BODY, STRANGER)

    with pytest.raises(CiphertextInvalid, match="signature"):
        open_sealed(sealed, key, PUBLIC)


def test_another_key_is_refused_before_decryption():
    sealed, _ = seal(HEADER, BODY, ORIGINATOR)

    with pytest.raises(CiphertextInvalid, match="not the one"):
        open_sealed(sealed, bytes(32), PUBLIC)


def test_a_key_that_decrypts_but_was_not_committed_to_is_refused():
    """AES-GCM lets a sender build one ciphertext for two keys; commitment does not."""
    second_key, nonce = bytes(32), bytes(12)
    sealed, _ = seal(HEADER, BODY, ORIGINATOR)
    planted = nonce + AESGCM(second_key).encrypt(nonce, b"another text", HEADER)
    two_faced = resign(replace(sealed, ciphertext=planted))

    with pytest.raises(CiphertextInvalid, match="not the one"):
        open_sealed(two_faced, second_key, PUBLIC)


def test_the_commitment_is_not_the_key_and_differs_for_each_key():
    assert commit_to_key(CASE_KEY) not in (CASE_KEY, commit_to_key(bytes(32)))


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()],
)
def test_a_public_key_on_another_curve_is_refused(key):
    public = key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )

    with pytest.raises(InvalidInput, match="P-256"):
        verify(public, b"data", b"signature")


def test_bytes_that_are_no_public_key_are_refused():
    with pytest.raises(InvalidInput):
        verify(b"no key", b"data", b"signature")


def test_a_wrapped_key_comes_back():
    wrapped = wrap(b"k" * 32, CASE_KEY, item_id="i-1", case_key_id="c-1")

    assert unwrap(wrapped, CASE_KEY, item_id="i-1", case_key_id="c-1") == b"k" * 32
    assert len(wrapped) == 60


@pytest.mark.parametrize(
    ("case_key", "item_id", "case_key_id"),
    [(bytes(32), "i-1", "c-1"), (CASE_KEY, "i-2", "c-1"), (CASE_KEY, "i-1", "c-2")],
)
def test_a_wrap_opens_only_for_its_item_under_its_key(case_key, item_id, case_key_id):
    wrapped = wrap(b"k" * 32, CASE_KEY, item_id="i-1", case_key_id="c-1")

    with pytest.raises(CiphertextInvalid):
        unwrap(wrapped, case_key, item_id=item_id, case_key_id=case_key_id)


def test_no_bit_of_a_wrap_may_change():
    wrapped = wrap(b"k" * 32, CASE_KEY, item_id="i-1", case_key_id="c-1")

    for bit in range(len(wrapped) * 8):
        with pytest.raises(CiphertextInvalid):
            unwrap(flip(wrapped, bit), CASE_KEY, item_id="i-1", case_key_id="c-1")


@pytest.mark.parametrize("length", [0, 5, 12, 13, 59])
def test_a_cut_wrap_does_not_open(length):
    wrapped = wrap(b"k" * 32, CASE_KEY, item_id="i-1", case_key_id="c-1")

    with pytest.raises(CiphertextInvalid):
        unwrap(wrapped[:length], CASE_KEY, item_id="i-1", case_key_id="c-1")


def test_no_two_contexts_have_the_same_bytes():
    pairs = [("a|b", "c"), ("a", "b|c"), ('a","b', "c"), ("a", 'b","c'), ("a", None)]

    assert len({bind("p", *pair) for pair in pairs}) == len(pairs)
    assert bind("p", "1") != bind("p", 1)
    assert bind("p", "a") != bind("a", "p")


def test_a_context_that_is_no_text_is_refused():
    with pytest.raises(InvalidInput):
        bind("p", "\ud800")


def test_a_commitment_shows_the_person_only_to_holders_of_the_salt():
    salt, number = new_salt(), "85.07.30-033.28"
    commitment = commit(salt, number)

    assert commit(salt, number) == commitment
    assert commit(new_salt(), number) != commitment
    assert commit(salt, "85.07.30-033.29") != commitment
    assert len(salt) == len(commitment) == 32


def test_equal_numbers_give_equal_tokens_within_one_agency_and_kind_only():
    mine, other = bytes(32), bytes(range(32))

    assert token(mine, "enterprise", "0308357159") == token(
        mine, "enterprise", "0308357159"
    )
    assert token(mine, "enterprise", "0308357159") != token(
        other, "enterprise", "0308357159"
    )
    assert token(mine, "enterprise", "0308357159") != token(
        mine, "establishment", "0308357159"
    )
