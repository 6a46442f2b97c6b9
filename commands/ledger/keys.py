"""Reading a file of keys: the public keys that bundles are verified with."""

from __future__ import annotations

from pathlib import Path

from acts.audit.keys import PublicKeys, parse_keys
from commands.terminal.files import read_bytes
from models.errors import InvalidInput


def read_keys(path: Path) -> PublicKeys:
    """Read a file of keys.

    Raises:
        InvalidInput: it cannot be read; the message names the line.
    """
    return parse_keys(_text(path), str(path))


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"`{path}` is not a file of keys",
            help="make one with `estafette ledger keys > KEYS`",
        ) from None
