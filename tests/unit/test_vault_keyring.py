"""The keyring file: who may read it, who may share it, what survives."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import (
    Conflict,
    InvalidInput,
    KeyUnknown,
    NotConfigured,
    NotFound,
    Unavailable,
)
from tests.pieces.masters import new_keyring, open_keyring
from vault.delivery import CaseKeyContext, case_key_id

ROOT = Path(__file__).parents[2]
CONTEXT = CaseKeyContext("town", "tax", "case-1", "file", 1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "town.keys"


@pytest.fixture
def keyring(path):
    with closing(new_keyring(path, "town")) as keyring:
        yield keyring


def run(code, *arguments):
    """Start another process at work on the same keyring."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_lasting_keys_are_the_same_at_each_opening(keyring, path):
    with closing(open_keyring(path)) as again:
        assert again.agency == "town"
        assert again.index_key == keyring.index_key
        assert again.signing_key.private_numbers() == (
            keyring.signing_key.private_numbers()
        )
        assert again.delivery_keys() == keyring.delivery_keys()


def test_two_agencies_share_no_key(keyring, tmp_path):
    with closing(new_keyring(tmp_path / "tax.keys", "tax")) as other:
        assert other.index_key != keyring.index_key
        assert other.delivery_keys() != keyring.delivery_keys()


def test_only_the_owner_may_read_any_of_its_files(keyring, path):
    keyring.case_keys_for([CONTEXT], scope_here="file")

    files = [file for file in path.parent.rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert len(files) == 4  # database, log, its index, master key


def test_a_keyring_that_others_may_read_is_not_opened(keyring, path):
    os.chmod(path, 0o640)

    with pytest.raises(NotConfigured, match="others may read"):
        open_keyring(path)


def test_an_existing_keyring_is_never_replaced(keyring, path):
    before = path.read_bytes()

    with pytest.raises(Conflict):
        new_keyring(path, "town")

    assert path.read_bytes() == before
    assert [file for file in path.parent.iterdir() if file.name[0] == "."] == []


def test_a_keyring_that_is_not_there_is_not_made_by_opening(path):
    with pytest.raises(NotFound):
        open_keyring(path)

    assert not path.exists()


def test_a_file_that_is_no_keyring_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    os.chmod(path, 0o600)

    with pytest.raises(NotConfigured):
        open_keyring(path)


def test_a_file_that_is_no_database_is_refused(path):
    path.write_bytes(b"not a database" * 100)
    os.chmod(path, 0o600)

    with pytest.raises(NotConfigured):
        open_keyring(path)


def test_a_keyring_belongs_to_somebody(path):
    with pytest.raises(InvalidInput):
        new_keyring(path, "")


def test_a_case_key_is_made_once_and_reused(keyring, path):
    (made,) = keyring.case_keys_for([CONTEXT], scope_here="file")

    assert keyring.case_keys_for([CONTEXT], scope_here="file") == [made]
    assert keyring.held_key(made.case_key_id) == made
    assert made.case_key_id == case_key_id(made.key, CONTEXT)
    with closing(open_keyring(path)) as again:
        assert again.case_keys_for([CONTEXT], scope_here="file") == [made]


@pytest.mark.parametrize(
    "other",
    [
        CaseKeyContext("town", "labour", "case-1", "file", 1),
        CaseKeyContext("town", "tax", "case-2", "file", 1),
        CaseKeyContext("town", "tax", "case-1", "underlying", 1),
        CaseKeyContext("town", "tax", "case-1", "file", 2),
    ],
)
def test_every_receiver_case_scope_and_epoch_has_its_own_key(keyring, other):
    first, second = keyring.case_keys_for([CONTEXT, other], scope_here="file")

    assert first.key != second.key
    assert first.case_key_id != second.case_key_id


def test_a_received_key_is_never_used_to_give(keyring):
    """Else whoever can encrypt to us could choose the keys we seal with."""
    claimed = CaseKeyContext("tax", "tax", "case-1", "file", 1)
    (delivery_key,) = keyring.delivery_keys()
    keyring.keep(bytes(32), claimed, delivery_key.delivery_key_id)

    (made,) = keyring.case_keys_for([CONTEXT], scope_here="file")

    assert made.key != bytes(32)


def test_keeping_a_key_twice_is_keeping_it_once(keyring):
    (delivery_key,) = keyring.delivery_keys()
    given = CaseKeyContext("tax", "town", "case-1", "file", 1)

    for _ in range(2):
        keyring.keep(bytes(32), given, delivery_key.delivery_key_id)

    assert keyring.held_key(case_key_id(bytes(32), given)).key == bytes(32)


def test_an_unknown_key_is_said_to_be_unknown(keyring):
    with pytest.raises(KeyUnknown):
        keyring.held_key("00" * 16)


def test_a_failed_change_leaves_nothing_behind(keyring):
    with pytest.raises(sqlite3.IntegrityError):
        keyring.keep(bytes(32), CONTEXT, "no such delivery key")

    assert not keyring.has_key(case_key_id(bytes(32), CONTEXT))
    assert keyring.case_keys_for([CONTEXT], scope_here="file")


def test_threads_that_need_one_key_at_once_get_the_same(keyring):
    with ThreadPoolExecutor(8) as pool:
        held = list(
            pool.map(
                lambda _: keyring.case_keys_for([CONTEXT], scope_here="file"), range(40)
            )
        )

    assert all(keys == held[0] for keys in held)


def test_processes_that_need_one_key_at_once_get_the_same(keyring, path):
    code = """
import sys
from vault.delivery import CaseKeyContext
from tests.pieces.masters import new_keyring, open_keyring
keyring = open_keyring(sys.argv[1])
contexts = [CaseKeyContext("town", "tax", f"case-{n}", "file", 1) for n in range(25)]
for each in contexts:
    print(keyring.case_keys_for([each], scope_here="file")[0].case_key_id)
"""
    processes = [run(code, path) for _ in range(3)]
    outputs = [process.communicate()[0] for process in processes]

    assert len(outputs[0].split()) == 25
    assert len(set(outputs)) == 1


def test_a_key_destroyed_by_another_process_is_gone_here_at_once(keyring, path):
    (held,) = keyring.case_keys_for([CONTEXT], scope_here="file")
    code = "import sys; from tests.pieces.masters import open_keyring;"
    code += "open_keyring(sys.argv[1]).destroy('case-1', None)"

    (process := run(code, path)).communicate()

    assert process.returncode == 0
    with pytest.raises(KeyUnknown):
        keyring.held_key(held.case_key_id)
    with pytest.raises(KeyUnknown):
        keyring.case_keys_for([CONTEXT], scope_here="file")


def test_what_was_committed_survives_a_kill(keyring, path):
    code = """
import os, signal, sys
from vault.delivery import CaseKeyContext
from tests.pieces.masters import new_keyring, open_keyring
keyring = open_keyring(sys.argv[1])
context = CaseKeyContext("town", "tax", "case-1", "file", 1)
print(keyring.case_keys_for([context], scope_here="file")[0].case_key_id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    output, _ = (process := run(code, path)).communicate()

    assert process.returncode < 0
    assert (
        keyring.case_keys_for([CONTEXT], scope_here="file")[0].case_key_id
        == output.strip()
    )


def test_a_keyring_locked_for_too_long_asks_for_a_retry(keyring, path):
    with keyring._access.reading() as file:
        file.connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable):
            keyring.case_keys_for([CONTEXT], scope_here="file")
        other.execute("ROLLBACK")

    assert keyring.case_keys_for([CONTEXT], scope_here="file")


def test_private_keys_never_show_in_a_trace(keyring):
    (held,), (delivery,) = (
        keyring.case_keys_for([CONTEXT], scope_here="file"),
        keyring.delivery_keys(),
    )

    assert repr(held.key) not in repr(held)
    assert repr(delivery.private) not in repr(delivery)
