"""Master keys for tests: in a folder beside the keyrings."""

from pathlib import Path

from vault.keyring import Keyring
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
