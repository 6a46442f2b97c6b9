"""A keyring at rest: nothing is in the clear, and no row can be moved or rewritten."""

import os
import sqlite3
from contextlib import closing

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from models.errors import CiphertextInvalid, NotConfigured
from tests.pieces.masters import masters_of, new_keyring, open_keyring
from vault.delivery import CaseKeyContext
from vault.keyring.keyring import Keyring
from vault.master_key_files import FileMasterKeys

TAX = CaseKeyContext("town", "tax", "case-1", "file", 1)
LABOUR = CaseKeyContext("town", "labour", "case-1", "file", 1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "town.keys"


@pytest.fixture
def keyring(path):
    with closing(new_keyring(path, "town")) as keyring:
        yield keyring


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def master_file(path):
    (found,) = (path.parent / "masters").iterdir()
    return found


def test_no_key_lies_in_the_clear_in_any_file_of_the_keyring(keyring, path):
    (held,) = keyring.case_keys_for([TAX], scope_here="file")
    (delivery,) = keyring.delivery_keys()
    signing = keyring.signing_key
    number = signing.private_numbers().private_value.to_bytes(32, "big")
    encoded = signing.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with keyring._access.reading() as file:
        own = file.current().key

    kept = b"".join(file.read_bytes() for file in path.parent.glob("town.keys*"))

    assert number in encoded
    for secret in (number, keyring.index_key, delivery.private, held.key, own):
        for at in range(0, len(secret), 16):
            assert secret[at : at + 16] not in kept
    assert master_file(path).read_bytes() not in kept


@pytest.mark.parametrize(
    "rewritten",
    [
        "receiver = 'post' WHERE receiver = 'tax'",
        "case_id = 'case-2' WHERE receiver = 'tax'",
        "scope_here = 'underlying' WHERE receiver = 'tax'",
        "giver = 'tax' WHERE receiver = 'tax'",
        "made_here = 0 WHERE receiver = 'tax'",
        "epoch = 2 WHERE receiver = 'tax'",
        "slot = (SELECT slot FROM case_keys WHERE receiver = 'labour')"
        " WHERE receiver = 'tax'",
        "slot = (SELECT index_slot FROM identity) WHERE receiver = 'tax'",
    ],
)
def test_a_row_that_was_rewritten_does_not_open(keyring, path, rewritten):
    held, _ = keyring.case_keys_for([TAX, LABOUR], scope_here="file")
    change(path, f"UPDATE case_keys SET {rewritten}")  # noqa: S608 (ours)

    with pytest.raises(CiphertextInvalid, match="altered"):
        keyring.held_key(held.case_key_id)


def test_a_key_cannot_be_brought_in_from_another_keyring(keyring, path, tmp_path):
    """Not even from an earlier keyring of the same agency."""
    (held,) = keyring.case_keys_for([TAX], scope_here="file")
    with closing(new_keyring(tmp_path / "other.keys", "town")) as other:
        other.case_keys_for([TAX], scope_here="file")
    change(
        path,
        f"ATTACH '{tmp_path / 'other.keys'}' AS other",
        "UPDATE key_material SET material = (SELECT material FROM other.case_keys"
        " JOIN other.key_material USING (slot))"
        " WHERE slot = (SELECT slot FROM case_keys)",
    )

    with pytest.raises(CiphertextInvalid, match="altered"):
        keyring.held_key(held.case_key_id)


def test_the_agency_of_a_keyring_cannot_be_renamed(keyring, path):
    change(path, "UPDATE identity SET agency = 'tax'")

    with pytest.raises(NotConfigured):
        open_keyring(path)


def test_a_keyring_without_its_master_key_does_not_open(keyring, path):
    master_file(path).unlink()

    with pytest.raises(NotConfigured, match="is not in") as refused:
        open_keyring(path)
    assert "nothing else opens this keyring" in refused.value.help


@pytest.mark.parametrize("content", [bytes(32), b"short"])
def test_a_keyring_with_another_master_key_does_not_open(keyring, path, content):
    master_file(path).write_bytes(content)

    with pytest.raises(NotConfigured, match=r"does not open|is not a master key"):
        open_keyring(path)


def test_a_master_key_that_others_may_read_is_not_used(keyring, path):
    master_file(path).chmod(0o640)

    with pytest.raises(NotConfigured, match="others may read"):
        open_keyring(path)


def test_no_other_place_is_tried_for_a_master_key(keyring, path, tmp_path):
    with pytest.raises(NotConfigured, match="is not in"):
        Keyring.open(path, FileMasterKeys(tmp_path / "elsewhere"))

    assert not (tmp_path / "elsewhere").exists()


def test_where_no_master_key_can_be_made_no_keyring_is_made(path, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(NotConfigured, match="can be made"):
        Keyring.create(path, "town", FileMasterKeys(tmp_path / "file"))
    assert not path.exists()


def test_a_keyring_that_was_not_made_leaves_no_master_key(keyring, path):
    with pytest.raises(Exception, match="exists already"):
        new_keyring(path, "town")

    assert master_file(path)  # the one and only


def test_master_keys_of_other_keyrings_are_left_alone(keyring, path, tmp_path):
    """An agency's earlier keyring may still be brought back."""
    with closing(new_keyring(tmp_path / "earlier.keys", "town")):
        keyring.renew()

    with closing(open_keyring(tmp_path / "earlier.keys")) as earlier:
        assert earlier.agency == "town"
    assert len(os.listdir(tmp_path / "masters")) == 2


def test_a_master_key_never_shows_in_a_trace(tmp_path):
    made = masters_of(tmp_path).make("town.1")

    assert repr(made.key) not in repr(made)
