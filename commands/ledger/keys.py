"""Reading a file of keys: the public keys that bundles are verified with."""

from __future__ import annotations

from pathlib import Path

from acts.audit.keys import PublicKeys, parse_keys
from commands.terminal.files import read_bytes


def read_keys(path: Path) -> PublicKeys:
    """Read a file of keys.

    Raises:
        InvalidInput: it cannot be read; the message names the line.
    """
    return parse_keys(read_bytes(path), str(path))
