"""Delivery of a case key: only the receiver opens it, and only as what it is."""

from dataclasses import replace

import pytest

from models.errors import CiphertextInvalid, InvalidInput
from vault.delivery import (
    CaseKeyContext,
    case_key_id,
    context_of,
    delivery_public_key,
    new_delivery_key,
    open_case_key,
    seal_case_key,
)

CONTEXT = CaseKeyContext("giver", "receiver", "case-1", "file", 1)
RECEIVER, STRANGER = new_delivery_key(), new_delivery_key()
KEY = bytes(range(32))
DELIVERY = seal_case_key(KEY, CONTEXT, delivery_public_key(RECEIVER))


def test_the_receiver_gets_the_key():
    assert open_case_key(DELIVERY, RECEIVER) == KEY
    assert context_of(DELIVERY) == CONTEXT
    assert DELIVERY.case_key_id == case_key_id(KEY, CONTEXT)


def test_nobody_else_gets_the_key():
    with pytest.raises(CiphertextInvalid):
        open_case_key(DELIVERY, STRANGER)


@pytest.mark.parametrize(
    "claim",
    [
        {"giver": "other"},
        {"receiver": "other"},
        {"case_id": "case-2"},
        {"scope": "underlying"},
        {"epoch": 2},
        {"case_key_id": case_key_id(bytes(32), CONTEXT)},
    ],
)
def test_a_delivery_opens_under_no_other_claim(claim):
    with pytest.raises(CiphertextInvalid):
        open_case_key(replace(DELIVERY, **claim), RECEIVER)


@pytest.mark.parametrize("place", [0, 500, 1087, 1088, 1119, 1120, 1150, 1167])
def test_no_byte_of_a_delivery_may_change(place):
    sealed = bytearray(DELIVERY.sealed_key)
    sealed[place] ^= 1

    with pytest.raises(CiphertextInvalid):
        open_case_key(replace(DELIVERY, sealed_key=bytes(sealed)), RECEIVER)


@pytest.mark.parametrize("sealed", [b"", b"short", DELIVERY.sealed_key + b"more"])
def test_a_delivery_of_another_length_does_not_open(sealed):
    with pytest.raises(CiphertextInvalid):
        open_case_key(replace(DELIVERY, sealed_key=sealed), RECEIVER)


def test_a_forger_cannot_bring_another_key_under_a_known_id():
    """Anybody can encrypt to a public key; the id is what the forger cannot meet."""
    forged = seal_case_key(bytes(32), CONTEXT, delivery_public_key(RECEIVER))

    with pytest.raises(CiphertextInvalid, match="another key"):
        open_case_key(replace(forged, case_key_id=DELIVERY.case_key_id), RECEIVER)


@pytest.mark.parametrize(
    "public", [b"", b"short", bytes(1216), delivery_public_key(RECEIVER) + b"more"]
)
def test_what_is_no_delivery_key_is_refused(public):
    with pytest.raises(InvalidInput, match="receiver"):
        seal_case_key(KEY, CONTEXT, public)
