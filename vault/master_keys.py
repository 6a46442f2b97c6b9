"""The keys above every keyring: what a place that keeps them must be able to do.

A master key never leaves its place; it wraps the one key of a keyring, and nothing
else. Making, finding and destroying are the place's work, so that a file, a token or
a key service can stand behind the same keyring.
"""

from __future__ import annotations

from typing import Protocol

KEYRING_KEY_BYTES = 32


class MasterKey(Protocol):
    """One master key, at work."""

    @property
    def master_key_id(self) -> str:
        """Return its id; the beginning says which kind of place keeps it."""

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Encrypt the key of a keyring, bound to `context`."""

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the key of a keyring.

        Raises:
            NotConfigured: this is not the key it was wrapped under, or it was altered.
            Unavailable: the place does not answer.
        """


class MasterKeys(Protocol):
    """A place that keeps master keys. `owner` names one keyring, never reused."""

    def make(self, owner: str) -> MasterKey:
        """Make a master key; it is safe from a power cut once this returns.

        Raises:
            NotConfigured: nothing can be made here.
            Unavailable: the place does not answer.
        """

    def find(self, owner: str, master_key_id: str) -> MasterKey:
        """Return a master key.

        Raises:
            NotConfigured: it is not here. No other key is tried.
            Unavailable: the place does not answer.
        """

    def keep_only(self, owner: str, master_key_id: str | None) -> None:
        """Destroy the master keys of this keyring but one, or all, for good."""
