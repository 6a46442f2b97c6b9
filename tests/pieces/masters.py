"""Master keys for tests: in a folder beside the keyrings."""

import sqlite3
from contextlib import closing
from pathlib import Path

from vault.keyring.keyring import Keyring
from vault.master_key_files import FileMasterKeys


def masters_of(folder: Path) -> FileMasterKeys:
    """Return the place of the master keys of keyrings in `folder`."""
    return FileMasterKeys(folder / "masters")


def new_keyring(path: Path, agency: str) -> Keyring:
    """Make a keyring with master keys in a folder beside it."""
    return Keyring.create(path, agency, masters_of(path.parent))


def open_keyring(path: Path | str) -> Keyring:
    """Open a keyring made by `new_keyring`."""
    return Keyring.open(path, masters_of(Path(path).parent))


def back_up(path: Path, into: Path) -> Path:
    """Copy a keyring file as a backup does, without its master key; return the copy."""
    into.mkdir(exist_ok=True)
    with (
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(into / path.name)) as copy,
    ):
        source.backup(copy)
    (into / path.name).chmod(0o600)
    return into / path.name
