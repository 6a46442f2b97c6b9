"""Encryption of a keyring's rows, under the one key of the keyring.

Each secret is bound to its agency, keyring, table and row, and to everything else that
its row says about it: nothing can be moved to another row or file, and no row can be
made to speak of another case or receiver.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import CiphertextInvalid
from vault.binding import bind
from vault.envelope import NONCE_BYTES
from vault.master_keys import MasterKeys


@dataclass(frozen=True)
class KeyringName:
    """Which keyring this is: an agency may lose one and be given another."""

    agency: str
    keyring_id: str

    @property
    def owner(self) -> str:
        """Return the name under which its master keys are kept."""
        return f"{self.agency}.{self.keyring_id}"

    def bind(self, purpose: str, *parts: str | int) -> bytes:
        """Return what ties a ciphertext to this keyring."""
        return bind(purpose, "v1", self.agency, self.keyring_id, *parts)


class RowCipher:
    """Seals and opens the secrets of one keyring under one key."""

    def __init__(self, name: KeyringName, key: bytes) -> None:
        self._name = name
        self._cipher = AESGCM(key)
        self.key = key

    def seal(self, secret: bytes, *place: str | int) -> bytes:
        """Encrypt the secret of one row: nonce (12 bytes), ciphertext and tag.

        Nonces are random: one keyring key may seal some 2**32 secrets (NIST SP
        800-38D).
        """
        nonce = os.urandom(NONCE_BYTES)
        bound = self._name.bind("keyring-row", *place)
        return nonce + self._cipher.encrypt(nonce, secret, bound)

    def open(self, sealed: bytes, *place: str | int) -> bytes:
        """Return the secret of one row.

        Raises:
            CiphertextInvalid: altered, or not of this row.
        """
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        bound = self._name.bind("keyring-row", *place)
        try:
            return self._cipher.decrypt(nonce, ciphertext, bound)
        except (InvalidTag, ValueError) as error:
            raise CiphertextInvalid(
                f"a row in the keyring of `{self._name.agency}` was altered"
            ) from error


@dataclass(frozen=True)
class WrappedKey:
    """The key of a keyring as it lies in its file."""

    master_key_id: str
    wrapped: bytes


class KeyringCipher:
    """Finds the cipher of a keyring; the one used last is remembered.

    Remembering it keeps no destroyed key alive: a row is read afresh at each use, and
    with it which key it lies under.
    """

    def __init__(self, name: KeyringName, masters: MasterKeys) -> None:
        self._name = name
        self._masters = masters
        self._latest: tuple[WrappedKey, RowCipher] | None = None
        self._refused: WrappedKey | None = None

    def under(self, wrapped: WrappedKey) -> RowCipher:
        """Return the cipher of a wrapped keyring key.

        Raises:
            NotConfigured: the master key is not there, or not the right one.
            Unavailable: the place of the master keys does not answer.
        """
        if self._latest is None or self._latest[0] != wrapped:
            self._refused = wrapped
            master = self._masters.find(self._name.owner, wrapped.master_key_id)
            bound = self._bound(wrapped.master_key_id)
            key = master.unwrap(wrapped.wrapped, bound)
            self._latest, self._refused = (wrapped, RowCipher(self._name, key)), None
        return self._latest[1]

    def was_refused(self, wrapped: WrappedKey) -> bool:
        """Say whether the last key that was asked for is this one, and did not open."""
        return self._refused == wrapped

    def wrap(self, key: bytes) -> WrappedKey:
        """Wrap a keyring key under a master key that is made for it."""
        master = self._masters.make(self._name.owner)
        bound = self._bound(master.master_key_id)
        return WrappedKey(master.master_key_id, master.wrap(key, bound))

    def at(self, masters: MasterKeys) -> KeyringCipher:
        """Return the cipher of this keyring with master keys in another place."""
        return KeyringCipher(self._name, masters)

    def drop_masters(self, *, but: str | None) -> None:
        """Destroy this keyring's master keys but one, or all."""
        self._masters.keep_only(self._name.owner, but)

    def _bound(self, master_key_id: str) -> bytes:
        return self._name.bind("keyring-key", master_key_id)
