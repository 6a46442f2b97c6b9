"""What Temporal stores: closed to whoever lacks the key, and whole or nothing."""

import asyncio
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter

from models.errors import CiphertextInvalid
from models.ids import ActId, CaseId
from models.process import ActPointer
from runtime import temporal
from runtime.codec import SealedPayloads

KEY, OTHER = bytes(32), bytes([1]) * 32
ID = UUID(int=0x7F << 100)
CLEAR = Payload(metadata={"encoding": b"json/plain"}, data=b'{"kind":"case.open"}')


def sealed(payload: Payload = CLEAR, key: bytes = KEY) -> Payload:
    (stored,) = asyncio.run(SealedPayloads(key).encode([payload]))
    return stored


def opened(payload: Payload, key: bytes = KEY) -> Payload:
    (clear,) = asyncio.run(SealedPayloads(key).decode([payload]))
    return clear


payloads = st.builds(
    Payload,
    metadata=st.dictionaries(st.text(max_size=10), st.binary(max_size=20), max_size=3),
    data=st.binary(max_size=200),
)


@given(payloads)
def test_a_payload_comes_back_as_it_was(payload: Payload) -> None:
    assert opened(sealed(payload)) == payload


@given(st.integers(min_value=0), st.integers(0, 7))
def test_one_flipped_bit_anywhere_opens_nothing(place: int, bit: int) -> None:
    stored = sealed()
    data = bytearray(stored.data)
    data[place % len(data)] ^= 1 << bit

    with pytest.raises(CiphertextInvalid):
        opened(Payload(metadata=stored.metadata, data=bytes(data)))


@given(st.integers(0, 60))
def test_a_payload_cut_short_opens_nothing(length: int) -> None:
    stored = sealed()

    with pytest.raises(CiphertextInvalid):
        opened(Payload(metadata=stored.metadata, data=stored.data[:length]))


def test_the_key_of_another_installation_opens_nothing() -> None:
    with pytest.raises(CiphertextInvalid, match="does not open"):
        opened(sealed(key=OTHER))


def test_a_payload_in_clear_is_not_taken_for_one_of_ours() -> None:
    with pytest.raises(CiphertextInvalid, match="is not encrypted"):
        opened(CLEAR)


def test_nothing_of_a_payload_can_be_read_where_it_is_stored() -> None:
    stored = sealed()

    assert b"case.open" not in stored.SerializeToString()
    assert b"json/plain" not in stored.SerializeToString()
    assert set(stored.metadata) == {"encoding"}


def test_the_same_payload_is_never_stored_twice_alike() -> None:
    assert sealed().data != sealed().data


def test_our_converter_seals_what_a_process_is_told() -> None:
    pointer = ActPointer(act=ActId(ID), case=CaseId(ID), kind="case.open")
    converter: DataConverter = temporal.converter(KEY)

    (stored,) = asyncio.run(converter.encode([pointer]))

    assert str(ID).encode() not in stored.SerializeToString()
    assert asyncio.run(converter.decode([stored], [ActPointer])) == [pointer]


def test_the_words_of_a_failure_are_closed_too() -> None:
    converter = temporal.converter(KEY)
    failure = Failure()

    asyncio.run(converter.encode_failure(ValueError("Peeters is wrong"), failure))

    assert b"Peeters" not in failure.SerializeToString()
    error = asyncio.run(converter.decode_failure(failure))
    assert "Peeters is wrong" in str(error)
