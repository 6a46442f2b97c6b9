"""What the pages on keyring and statement specify is what the code makes of it."""

import json
from base64 import urlsafe_b64decode
from datetime import datetime
from pathlib import Path

import pytest

from models.errors import CiphertextInvalid
from vault import statements
from vault.certificates import Use
from vault.keyring.cipher import KeyringName, RowCipher
from vault.master_key_files import FileMasterKey
from vault.signing import verify
from vault.trust import Trust

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


def test_the_statement_of_a_delivery_key_holds_as_its_page_says():
    said = json.loads((ROOT / "tests" / "vectors" / "statement.json").read_text())
    trust = Trust(
        (bytes.fromhex(said["authority"]),), (bytes.fromhex(said["revocations"]),)
    )
    written = json.loads(said["statement"])
    at = datetime.fromisoformat(said["at"])

    stated = statements.believe(said["statement"].encode(), said["agency"], trust, at)

    assert stated.key == urlsafe_b64decode(written["key"])
    parts = ["estafette", "delivery-key", "v1", said["agency"], stated.key.hex()]
    assert json.loads(said["signed"]) == [*parts, stated.signed_at]
    read = statements.read(said["statement"].encode())
    key = trust.key_of(read.certificate, said["agency"], Use.SIGNING, at)
    verify(key, said["signed"].encode(), read.signature)
    page = (ROOT / "docs" / "formats" / "statement.md").read_text()
    for name in ("key", "certificate", "signature"):
        assert f'"{name}": "{written[name][:44]}..."' in page
    assert f'"signed_at": {stated.signed_at}' in page
