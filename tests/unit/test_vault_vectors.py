"""The keyring's ciphertexts are those that its page specifies."""

import json
from pathlib import Path

import pytest

from models.errors import CiphertextInvalid
from vault.keyring_cipher import KeyringName, RowCipher
from vault.master_key_files import FileMasterKey

ROOT = Path(__file__).parents[2]
GIVEN = json.loads((ROOT / "tests" / "vectors" / "keyring.json").read_text())
PAGE = (ROOT / "docs" / "formats" / "keyring.md").read_text()
NAME = KeyringName(GIVEN["agency"], GIVEN["keyring_id"])


def test_the_wrapped_key_opens_under_its_master_key():
    master = FileMasterKey(GIVEN["master_key_id"], bytes.fromhex(GIVEN["master_key"]))
    context = NAME.bind("keyring-key", GIVEN["master_key_id"])

    assert context.decode() == GIVEN["wrapped_context"]
    opened = master.unwrap(bytes.fromhex(GIVEN["wrapped"]), context)
    assert opened.hex() == GIVEN["keyring_key"]


def test_the_row_opens_in_its_place_and_in_no_other():
    cipher = RowCipher(NAME, bytes.fromhex(GIVEN["keyring_key"]))
    sealed, place = bytes.fromhex(GIVEN["sealed"]), GIVEN["place"]

    assert NAME.bind("keyring-row", *place).decode() == GIVEN["row_context"]
    assert cipher.open(sealed, *place).hex() == GIVEN["secret"]
    for at in range(len(place)):
        moved = [*place[:at], "x", *place[at + 1 :]]
        with pytest.raises(CiphertextInvalid):
            cipher.open(sealed, *moved)


def test_the_page_shows_these_very_bytes():
    shown = PAGE.replace(" ", "")

    assert GIVEN["wrapped"] in shown
    assert GIVEN["sealed"] in shown
    assert GIVEN["row_context"] in PAGE
