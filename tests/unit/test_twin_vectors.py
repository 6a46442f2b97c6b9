"""The page on twin records: its example, and what does not hold or is refused."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from models.errors import CiphertextInvalid
from models.twins import Twin, TwinOffer
from runtime.receipts import ReceiptFile
from runtime.twins import TwinFile
from tests.pieces.certified import certified
from tests.pieces.masters import new_keyring
from vault.signers import key_behind
from vault.signing import verify
from vault.trust import Trust
from vault.twins import Twins, check_follows, check_signed
from vault.values import Signer

ROOT = Path(__file__).parents[2]
GIVEN = json.loads((ROOT / "tests" / "vectors" / "twin.json").read_text())
PAGE = (ROOT / "docs" / "formats" / "twin.md").read_text()
TRUST = Trust((bytes.fromhex(GIVEN["authority"]),), (bytes.fromhex(GIVEN["revoked"]),))
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def read(record: object) -> Twin:
    return Twin.model_validate_json(json.dumps(record))


def offer(said: object) -> TwinOffer:
    return TwinOffer.model_validate_json(json.dumps(said))


SIGNED = [read(each["record"]) for each in GIVEN["records"]]
MINE = [each for each in SIGNED if each.agency == "pz-midi"]


@pytest.mark.parametrize("given", GIVEN["records"])
def test_what_was_signed_is_the_array_of_the_page(given):
    twin, signed = read(given["record"]), given["signed"].encode()
    signer = Signer(twin.agency, (twin.certificate,), NOW)

    key_behind(signer, TRUST, lambda key: verify(key, signed, twin.signature))
    check_signed(twin, TRUST)
    assert sha256(signed).hexdigest() == given["digest"]


def test_each_side_continues_its_own_record():
    for agency in ("anderlecht", "pz-midi"):
        first, second = (each for each in SIGNED if each.agency == agency)
        check_follows(first, None)
        check_follows(second, first)
    with pytest.raises(CiphertextInvalid):
        check_follows(MINE[1], SIGNED[0])


REFUSED = {each["why"]: each["record"] for each in GIVEN["refused"]}


@pytest.mark.parametrize("record", REFUSED.values(), ids=REFUSED)
def test_no_other_record_holds(record):
    with pytest.raises(CiphertextInvalid):
        check_signed(read(record), TRUST)


CONTRADICTIONS = {each["why"]: each["offer"] for each in GIVEN["contradictions"]}


@pytest.fixture
def twins(tmp_path):
    """A node that signed its side of the example."""
    keyring = new_keyring(tmp_path / "pz-midi.keys", "pz-midi")
    book, leaves = TwinFile(tmp_path / "twins"), ReceiptFile(tmp_path / "receipts")
    for each in MINE:
        book.keep(each)
    yield Twins(certified("pz-midi", keyring), book, leaves, lambda: NOW)
    for each in (book, leaves, keyring):
        each.close()


def test_a_node_that_signed_has_the_same_records_again(twins):
    offers = [offer(g["offer"]) for g in GIVEN["records"] if read(g["record"]) in MINE]

    assert twins.consider(offers).signed == tuple(MINE)


@pytest.mark.parametrize("said", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_node_refuses_what_contradicts_them(twins, said):
    considered = twins.consider([offer(said)])

    assert (considered.signed, len(considered.refused)) == ((), 1)


def test_the_page_shows_these_very_values():
    last = GIVEN["records"][-1]
    assert last["signed"] in PAGE
    for name in ("leaf", "previous", "handoff"):
        assert last["record"][name] in PAGE
