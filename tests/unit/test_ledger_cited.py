"""Entries bind the rulings they cite: the stored ruling is as it was, or is found."""

import json
from hashlib import sha256
from hmac import digest
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from ledger.canonical import encode
from ledger.cited import BATCH, Cited, cited_rulings, verify_rulings
from ledger.verify import StoredEntry
from models.errors import EntryAltered
from storage.rulings import commitment

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "ruling_commitment.json").read_text(
        "utf-8"
    )
)
FIRST = VECTORS["rulings"][0]
GIVEN = (bytes.fromhex(FIRST["salt"]), UUID(FIRST["act"]), FIRST["ruling"])


def entry(seq, *notes):
    body = encode({"id": str(uuid4()), "rulings": list(notes)} if notes else {"v": 1})
    return StoredEntry(seq, body, b"")


def note(ruling, said):
    return {"id": str(ruling), "allowed": True, "commitment": said}


@pytest.mark.parametrize("case", VECTORS["rulings"])
def test_a_commitment_written_earlier_is_recomputed_alike(case):
    salt = bytes.fromhex(case["salt"])

    made = commitment(salt, UUID(case["act"]), case["ruling"])

    assert made == case["commitment"]
    assert made == digest(salt, case["text"].encode(), sha256).hex()


@pytest.mark.parametrize("field", list(FIRST["ruling"]))
def test_whatever_is_altered_in_a_ruling_alters_its_commitment(field):
    salt, act, ruling = GIVEN

    altered = {**ruling, field: "altered"}

    assert commitment(salt, act, altered) != FIRST["commitment"]


@pytest.mark.parametrize("fact", list(FIRST["ruling"]["facts"]))
def test_whatever_fact_is_altered_alters_the_commitment(fact):
    salt, act, ruling = GIVEN
    altered = {**ruling, "facts": {**ruling["facts"], fact: "altered"}}

    assert commitment(salt, act, altered) != FIRST["commitment"]


def test_another_act_or_salt_gives_another_commitment():
    salt, act, ruling = GIVEN

    assert commitment(salt, uuid4(), ruling) != FIRST["commitment"]
    assert commitment(bytes(32), act, ruling) != FIRST["commitment"]


def test_rulings_are_found_in_the_entries_that_commit_to_them():
    one, two, old = uuid4(), uuid4(), uuid4()
    entries = [
        entry(0),
        entry(1, note(one, "aa"), note(two, "bb")),
        entry(2, {"id": str(old), "allowed": True}),
    ]

    assert list(cited_rulings(entries)) == [Cited(1, one, "aa"), Cited(1, two, "bb")]


def test_rulings_that_are_stored_as_cited_are_counted():
    cited = [Cited(n, uuid4(), f"{n:02x}") for n in range(BATCH * 2 + 1)]
    stored = {each.ruling: each.commitment for each in cited}
    asked = []

    def recompute(rulings):
        asked.append(len(rulings))
        return {each: stored[each] for each in rulings}

    assert verify_rulings(cited, recompute) == len(cited)
    assert asked == [BATCH, BATCH, 1]


def test_a_ruling_that_was_altered_is_named_with_its_entry():
    cited = Cited(7, uuid4(), "aa")

    with pytest.raises(EntryAltered, match=f"{cited.ruling}.*altered after entry `7`"):
        verify_rulings([cited], lambda _: {cited.ruling: "bb"})


def test_a_ruling_that_is_gone_is_named_with_its_entry():
    cited = Cited(7, uuid4(), "aa")

    with pytest.raises(EntryAltered, match=f"{cited.ruling}.*entry `7` is not stored"):
        verify_rulings([cited], lambda _: {})
