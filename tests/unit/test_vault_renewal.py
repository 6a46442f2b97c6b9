"""Renewal: why an old copy of a keyring opens nothing, and what it opens if stolen."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import KeyUnknown, NotConfigured, Unavailable
from tests.pieces.certified import certified, signer_of
from tests.pieces.masters import back_up, masters_of, new_keyring, open_keyring
from vault.delivery import CaseKeyContext
from vault.keyring import renewal as keyring_renewal
from vault.keyring.keyring import Keyring
from vault.master_key_files import FileMasterKeys
from vault.values import Recipient, SealRequest

ROOT = Path(__file__).parents[2]
CONTEXT = CaseKeyContext("town", "tax", "case-1", "file", 1)


@pytest.fixture
def path(tmp_path):
    (tmp_path / "live").mkdir()
    return tmp_path / "live" / "town.keys"


@pytest.fixture
def keyring(path):
    with closing(new_keyring(path, "town")) as keyring:
        yield keyring


def masters(path):
    return sorted(file.name for file in (path.parent / "masters").iterdir())


def materials(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT slot, material FROM key_material").fetchall()


@pytest.mark.parametrize("change", [Keyring.renew, Keyring.change_master_key])
def test_every_key_stays_what_it_was(keyring, path, change):
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    keyring.rotate_delivery_key()
    before = (keyring.delivery_keys(), keyring.index_key, masters(path))

    change(keyring)

    for each in (keyring, open_keyring(path)):
        assert each.held_key(held.case_key_id) == held
        assert (each.delivery_keys(), each.index_key) == before[:2]
        numbers = each.signing_key.private_numbers()
        assert numbers == keyring.signing_key.private_numbers()
    assert len(masters(path)) == 1
    assert masters(path) != before[2]


def test_a_new_master_key_leaves_rows_and_a_renewal_leaves_none(keyring, path):
    keyring.case_keys_for([CONTEXT], scope_here="file")
    before = materials(path)

    keyring.change_master_key()
    assert materials(path) == before

    keyring.renew()
    after = dict(materials(path))
    assert [slot for slot, material in before if after[slot] == material] == []
    assert {s: len(m) for s, m in before} == {s: len(m) for s, m in after.items()}


def test_destroyed_material_stays_erased(keyring, path):
    keyring.case_keys_for([CONTEXT], scope_here="file")
    keyring.destroy("case-1", None)

    keyring.renew()

    assert [len(set(material)) for _, material in materials(path)][-1] == 1


def test_an_old_copy_of_the_keyring_opens_nothing_after_a_destruction(
    keyring, path, tmp_path
):
    """Promise: unreadable in every copy and backup, the keyring's own included."""
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    copy = back_up(path, tmp_path / "backup")
    with closing(Keyring.open(copy, masters_of(path.parent))) as old:
        assert old.held_key(held.case_key_id) == held
    _, _, due = keyring.destroy("case-1", None)
    assert due

    keyring.renew()

    assert keyring.destroy("case-1", None)[2] is False
    with pytest.raises(NotConfigured):
        Keyring.open(copy, masters_of(path.parent))


def test_what_a_thief_of_an_old_keyring_and_its_master_key_has(keyring, path, tmp_path):
    """All that the agency held then, and nothing that came after the renewal."""
    (then,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    copy = back_up(path, tmp_path / "stolen")
    shutil.copytree(path.parent / "masters", tmp_path / "stolen" / "masters")
    keyring.destroy("case-1", None)
    keyring.renew()
    later = CaseKeyContext("town", "tax", "case-2", "file", 1)
    keyring.case_keys_for([later], scope_here="file")
    stolen = FileMasterKeys(tmp_path / "stolen" / "masters")

    with closing(Keyring.open(copy, stolen)) as thief:
        assert thief.held_key(then.case_key_id).key == then.key
    with pytest.raises(NotConfigured):
        Keyring.open(path, stolen)


def test_restored_beside_the_surviving_nodes_a_backup_opens_nothing(tmp_path):
    """Database and keyrings are copied, the keys destroyed, the copies restored."""
    (tmp_path / "live").mkdir()
    town, tax = (
        certified(name, new_keyring(tmp_path / "live" / f"{name}.keys", name))
        for name in ("town", "tax")
    )
    to_tax = Recipient("tax", tax.public_keys().statement)
    item = town.seal(SealRequest("item-1", "c", "file", b"{}", b"found", (to_tax,)))
    tax.accept(item.deliveries[0])
    signing = signer_of(town)
    copies = {
        node.agency: back_up(
            tmp_path / "live" / f"{node.agency}.keys", tmp_path / "backup"
        )
        for node in (town, tax)
    }

    for node in (town, tax):
        node.destroy("c", None)
        node.rotate_delivery_key()
        node.retire_delivery_keys()
        node.renew()
        assert node.destroy("c", None).is_final

    for node, wrap in ((town, item.wraps[0]), (tax, item.wraps[1])):
        with pytest.raises(KeyUnknown):
            node.open(item.sealed, wrap, signing)
        with pytest.raises(NotConfigured):
            Keyring.open(copies[node.agency], masters_of(tmp_path / "live"))
    with pytest.raises(KeyUnknown):
        tax.accept(item.deliveries[0])
    with pytest.raises(KeyUnknown):
        town.redeliver(item.wraps[1].case_key_id, to_tax)


def test_keys_destroyed_while_a_renewal_ends_make_another_one_due(keyring):
    keyring.case_keys_for([CONTEXT], scope_here="file")
    with keyring._access.writing() as file:
        keyring_renewal.renew(file)
    keyring.destroy("case-1", None)
    with keyring._access.writing() as file:
        keyring_renewal.keep_only_this_master(file)

    assert keyring.destroy("case-1", None)[2]
    keyring.renew()
    assert not keyring.destroy("case-1", None)[2]


@pytest.mark.parametrize("change", [Keyring.renew, Keyring.change_master_key])
def test_a_change_cut_off_before_the_old_master_key_went_is_finished_by_its_repetition(
    keyring, path, change, monkeypatch
):
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")

    def cut_off(*_):
        raise Unavailable("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(FileMasterKeys, "keep_only", cut_off)
        with pytest.raises(Unavailable):
            change(keyring)
    assert len(masters(path)) == 2
    with closing(open_keyring(path)) as again:
        assert again.held_key(held.case_key_id) == held
        change(again)

    assert len(masters(path)) == 1
    assert keyring.held_key(held.case_key_id) == held


def test_a_change_that_fails_leaves_the_keyring_as_it_was(keyring, path, monkeypatch):
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    before = materials(path)
    monkeypatch.setattr(keyring_renewal, "_store", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        keyring.renew()

    assert materials(path) == before
    with closing(open_keyring(path)) as again:
        assert again.held_key(held.case_key_id) == held


def test_a_process_that_reads_meanwhile_notices_nothing(keyring, path, tmp_path):
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    code = """
import os, sys
from tests.pieces.masters import open_keyring
keyring = open_keyring(sys.argv[1])
print("reading", flush=True)
while not os.path.exists(sys.argv[4]):
    assert keyring.held_key(sys.argv[2]).key.hex() == sys.argv[3]
"""
    enough = tmp_path / "enough"
    words = [path, held.case_key_id, held.key.hex(), enough]
    reader = subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=ROOT, stdout=subprocess.PIPE
    )
    reader.stdout.readline()
    renewals = 0
    while reader.poll() is None and renewals < 4:
        try:
            keyring.renew()
            renewals += 1
        except Unavailable:
            pass  # the reader kept the log from being emptied: asked again
    enough.touch()
    reader.communicate()
    keyring.renew()

    assert reader.returncode == 0
    assert renewals == 4
    assert len(masters(path)) == 1
