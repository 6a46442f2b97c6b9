"""The page on receipts: its example, its messages, and what it refuses."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import checkpoint, cosignature
from ledger.merkle import leaf_hash
from ledger.receipts import Receipts
from ledger.signed_note import VerifierKey
from models.link import Inclusions, InclusionWanted
from runtime.receipts import ReceiptFile

ROOT = Path(__file__).parents[2]
GIVEN = json.loads((ROOT / "tests" / "vectors" / "receipt.json").read_text())
PAGE = (ROOT / "docs" / "formats" / "receipt.md").read_text()
LEAF = bytes.fromhex(GIVEN["receipt"])
REFUSED = {each["why"]: each["answer"] for each in GIVEN["refused"]}


class Held:
    """A witness that holds the checkpoint of the page."""

    def read(self) -> str:
        return str(GIVEN["note"])


@pytest.fixture
def book(tmp_path):
    book = ReceiptFile(tmp_path / "receipts" / "pz-midi.receipts")
    book.keep([LEAF, leaf_hash(b"not in the log")], datetime(2026, 3, 2, tzinfo=UTC))
    yield book
    book.close()


def ask(book, answer):
    """Let a node ask once; return what it asked."""
    asked = []
    key = VerifierKey.parse(GIVEN["ledger"])
    receipts = Receipts(key, Held(), book, lambda: datetime.now(UTC))
    receipts.settle(
        lambda wanted: asked.append(wanted) or Inclusions.model_validate_json(answer)
    )
    return asked


def test_the_receipt_is_the_leaf_of_its_entry():
    assert leaf_hash(bytes.fromhex(GIVEN["entry"])) == LEAF


def test_the_checkpoint_is_the_ledgers_and_was_cosigned():
    head = checkpoint.verify(GIVEN["note"], VerifierKey.parse(GIVEN["ledger"]))

    assert head.size == GIVEN["settled"]["size"]
    assert cosignature.verify(GIVEN["note"], VerifierKey.parse(GIVEN["witness"]))


def test_the_node_asks_and_settles_as_the_page_says(book):
    (asked,) = ask(book, json.dumps(GIVEN["answer"]))

    assert asked == InclusionWanted.model_validate_json(json.dumps(GIVEN["asked"]))
    assert LEAF not in [each.leaf for each in book.unsettled(0, 10)]
    assert book.tally().unsettled == 1


@pytest.mark.parametrize("answer", REFUSED.values(), ids=REFUSED)
def test_no_other_proof_settles_it(book, answer):
    ask(book, json.dumps(answer))

    assert book.tally().unsettled == 2


def test_the_page_shows_these_very_values():
    assert GIVEN["receipt"] in PAGE
    (found,) = GIVEN["answer"]["found"]
    for value in (*GIVEN["asked"]["leaves"], *found["proof"]):
        assert value in PAGE
