"""Entries written by an earlier release keep their bytes, leaf and meaning."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.canonical import decode, encode
from ledger.merkle import leaf_hash
from models.events import Entry

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ledger_entry.json").read_text()
)


@pytest.mark.parametrize("case", VECTORS["entries"])
def test_an_entry_written_earlier_is_read_and_written_alike(case):
    body = case["body"].encode()
    entry = Entry.model_validate(decode(body))

    assert encode(entry.model_dump(mode="json", exclude_defaults=True)) == body


@pytest.mark.parametrize("case", VECTORS["entries"])
def test_the_leaf_is_sha256_of_a_zero_byte_and_the_body(case):
    body = case["body"].encode()

    assert leaf_hash(body) == sha256(b"\x00" + body).digest()
    assert leaf_hash(body).hex() == case["leaf"]
