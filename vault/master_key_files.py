"""Master keys in files of a directory: 32 random bytes each, mode 0600.

The directory should lie where the keyrings do not: on another volume, out of the same
backups. It must be writable, because destruction makes a new master key and destroys
the one before.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import NotConfigured, Unavailable
from vault.envelope import NONCE_BYTES
from vault.master_keys import KEYRING_KEY_BYTES

_KIND = "file-"


@dataclass(frozen=True)
class FileMasterKey:
    """A master key that was read from its file."""

    master_key_id: str
    key: bytes = field(repr=False)

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """See `MasterKey.wrap`: nonce (12 bytes), AES-256-GCM ciphertext and tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, secret, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """See `MasterKey.unwrap`."""
        nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return AESGCM(self.key).decrypt(nonce, ciphertext, context)
        except (InvalidTag, ValueError) as error:
            raise NotConfigured(
                f"master key `{self.master_key_id}` does not open this keyring",
                help="put back the master key and the keyring that belong together",
            ) from error


class FileMasterKeys:
    """Implements `MasterKeys` over one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def make(self, owner: str) -> FileMasterKey:
        """See `MasterKeys.make`."""
        key = FileMasterKey(
            f"{_KIND}{secrets.token_hex(8)}", os.urandom(KEYRING_KEY_BYTES)
        )
        path = self._path(owner, key.master_key_id)
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, os.O_CREAT | os.O_EXCL, key.key)
            _sync(self._directory)
        except OSError as error:
            raise NotConfigured(
                f"no master key can be made in `{self._directory}`: {error.strerror}",
                help="give this account a directory that it may write to",
            ) from error
        return key

    def find(self, owner: str, master_key_id: str) -> FileMasterKey:
        """See `MasterKeys.find`."""
        path = self._path(owner, master_key_id)
        try:
            others_may = path.stat().st_mode & 0o077
            key = path.read_bytes()
        except OSError as error:
            raise NotConfigured(
                f"master key `{master_key_id}` is not in `{self._directory}`",
                help="put it back, or name the place that has it:"
                " nothing else opens this keyring",
            ) from error
        if others_may:
            raise NotConfigured(
                f"others may read master key `{path}`", help="chmod 600 it"
            )
        if len(key) != KEYRING_KEY_BYTES:
            raise NotConfigured(f"`{path}` is not a master key")
        return FileMasterKey(master_key_id, key)

    def keep_only(self, owner: str, master_key_id: str | None) -> None:
        """See `MasterKeys.keep_only`: overwritten where they lie, then removed."""
        if not self._directory.exists():
            return
        for path in sorted(self._directory.iterdir()):
            if path.name.startswith(f"{owner}.") and path.name != (
                f"{owner}.{master_key_id}"
            ):
                _destroy(path)
        _sync(self._directory)

    def _path(self, owner: str, master_key_id: str) -> Path:
        if "/" in owner or "/" in master_key_id or owner.startswith("."):
            raise NotConfigured(f"`{owner}` names no keyring")
        return self._directory / f"{owner}.{master_key_id}"


def _destroy(path: Path) -> None:
    try:
        _write(path, 0, bytes(KEYRING_KEY_BYTES))
        path.unlink()
    except FileNotFoundError:
        pass  # another process destroyed it a moment ago
    except OSError as error:
        raise Unavailable(
            f"master key `{path}` could not be destroyed: {error.strerror}"
        ) from error


def _write(path: Path, flags: int, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file)


def _sync(directory: Path) -> None:
    """Make names in a directory survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
