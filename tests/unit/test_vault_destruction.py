"""Destroyed keys are in no byte of the keyring's files."""

import os
import random
import sqlite3
from contextlib import closing

import pytest

from models.errors import Unavailable
from tests.pieces.masters import new_keyring
from vault.delivery import CaseKeyContext
from vault.keyring import access as keyring_access

SCOPES = ("file", "underlying", "register")


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def traces(folder, sealed):
    """Return how many of these sealed keys, or halves of them, any file still holds."""
    held = b"".join(file.read_bytes() for file in folder.glob("*.keys*"))
    return sum(each[:30] in held or each[30:] in held for each in sealed)


def sealed_keys(folder):
    """Return every case key as it lies in the file, by its id."""
    query = "SELECT case_key_id, material FROM case_keys JOIN key_material USING (slot)"
    with closing(sqlite3.connect(folder / "town.keys")) as connection:
        return dict(connection.execute(query).fetchall())


def fill(keyring, cases, folder):
    """Make keys for many cases in random order; return them, as sealed, by case."""
    contexts = [
        CaseKeyContext("town", receiver, f"case-{number}", scope, 1)
        for number in range(cases)
        for scope in SCOPES
        for receiver in ("town", "tax", "labour")
    ]
    random.Random(7).shuffle(contexts)
    made = [
        (context.case_id, context.scope, held.case_key_id)
        for context in contexts
        for held in keyring.case_keys_for([context], scope_here=context.scope)
    ]
    sealed = sealed_keys(folder)
    return [(case, scope, sealed[key_id]) for case, scope, key_id in made]


@pytest.mark.parametrize("scope", [None, "underlying"])
def test_no_trace_of_a_destroyed_key_is_left_in_any_file(folder, scope):
    with closing(new_keyring(folder / "town.keys", "town")) as keyring:
        made = fill(keyring, 60, folder)
        ordered = [f"case-{number}" for number in range(0, 60, 2)]
        gone = [
            key for case, of, key in made if case in ordered and scope in (None, of)
        ]
        kept = [key for _, _, key in made if key not in gone]
        assert traces(folder, gone) == len(gone)

        for case in ordered:
            keyring.destroy(case, scope)

        assert traces(folder, gone) == 0
        assert traces(folder, kept) == len(kept)
    assert traces(folder, gone) == 0


def test_keys_made_after_a_destruction_bring_nothing_back(folder):
    with closing(new_keyring(folder / "town.keys", "town")) as keyring:
        gone = [key for _, _, key in fill(keyring, 20, folder)]
        for number in range(20):
            keyring.destroy(f"case-{number}", None)
        for number in range(100):
            context = CaseKeyContext("town", "tax", f"n{number}", "file", 1)
            keyring.case_keys_for([context], scope_here="file")

        assert traces(folder, gone) == 0


def test_the_file_is_sound_after_destruction(folder):
    with closing(new_keyring(folder / "town.keys", "town")) as keyring:
        fill(keyring, 5, folder)
        keyring.destroy("case-1", None)

    with closing(sqlite3.connect(folder / "town.keys")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_destruction_cut_off_before_the_wipe_is_finished_by_its_repetition(
    folder, monkeypatch
):
    with closing(new_keyring(folder / "town.keys", "town")) as keyring:
        gone = [key for _, _, key in fill(keyring, 2, folder)]

        def cut_off(_connection):
            raise Unavailable("cut off")

        monkeypatch.setattr(keyring_access, "wipe", cut_off)
        with pytest.raises(Unavailable):
            keyring.destroy("case-0", None)
        assert traces(folder, gone) == len(gone)

        monkeypatch.undo()
        keyring.destroy("case-0", None)
        keyring.destroy("case-1", None)
        assert traces(folder, gone) == 0


def test_a_reader_in_another_process_delays_the_wipe_but_not_the_destruction(folder):
    with closing(new_keyring(folder / "town.keys", "town")) as keyring:
        context = CaseKeyContext("town", "tax", "c", "file", 1)
        (held,) = keyring.case_keys_for([context], scope_here="file")
        gone = sealed_keys(folder)[held.case_key_id]
        with keyring._access.reading() as file:
            file.connection.execute("PRAGMA busy_timeout = 10")
        reader = sqlite3.connect(folder / "town.keys", isolation_level=None)
        with closing(reader):
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM case_keys").fetchall()
            with pytest.raises(Unavailable):
                keyring.destroy("c", None)
            assert not keyring.has_key(held.case_key_id)

        keyring.destroy("c", None)
        assert traces(folder, [gone]) == 0


def test_random_key_bytes_are_long_enough_to_search_for(folder):
    """Guards the searches above: chance alone must never find a key."""
    (folder / "noise.keys").write_bytes(os.urandom(100_000))

    assert traces(folder, [os.urandom(60) for _ in range(100)]) == 0
