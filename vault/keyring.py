"""The keyring of one agency: its own keys, and the case keys it made or was given.

Several threads and several processes may use one keyring at once. Keys are read from
the file at each use and never cached: asking SQLite whether a cache is stale costs as
much as reading the key, and a cache is where a destroyed key would live on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import urandom
from pathlib import Path
from threading import RLock

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from models.errors import InvalidInput, KeyUnknown, NotConfigured, Unavailable
from vault import keyring_rows as rows
from vault.delivery import CaseKeyContext, case_key_id
from vault.keyring_file import create_file, open_file, wipe
from vault.keyring_rows import DeliveryKey, HeldKey
from vault.signing import SigningKey, new_signing_key

_KEY_BYTES = 32


class Keyring:
    """One agency's keyring file, open. Use `create` or `open`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the agency's name and lasting keys."""
        self._connection = connection
        self._lock = RLock()
        self.agency, signing, self.index_key = rows.identity(connection)
        self.signing_key = _load_signing_key(signing)

    @classmethod
    def create(cls, path: Path | str, agency: str) -> Keyring:
        """Make the keyring of a new agency, with all its keys, and open it.

        Raises:
            Conflict: the file exists.
        """
        if not agency:
            raise InvalidInput("a keyring needs an agency")
        create_file(Path(path), lambda connection: _fill(connection, agency))
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str) -> Keyring:
        """Open a keyring.

        Raises:
            NotFound: there is none.
            NotConfigured: others may read it, or it is no keyring.
        """
        return cls(open_file(Path(path)))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def case_keys_for(
        self, contexts: Sequence[CaseKeyContext], *, scope_here: str
    ) -> list[HeldKey]:
        """Return this agency's key for each context, made now where there is none.

        `scope_here` is the scope of what they will wrap at this agency itself.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed, for good.
        """
        with self._reading() as connection:
            held = [rows.made_key(connection, each, scope_here) for each in contexts]
        if all(held):
            return [key for key in held if key]
        with self._writing():
            return [self._find_or_make(each, scope_here) for each in contexts]

    def held_key(self, key_id: str) -> HeldKey:
        """Return a case key by its id, whoever made it.

        Raises:
            KeyUnknown: never had, or destroyed.
        """
        with self._reading() as connection:
            held = rows.held_key(connection, key_id)
        if held is None:
            raise KeyUnknown(f"`{self.agency}` does not hold case key `{key_id}`")
        return held

    def has_key(self, key_id: str) -> bool:
        """Say whether this case key is held and not destroyed."""
        with self._reading() as connection:
            return rows.held_key(connection, key_id) is not None

    def refuse_closed(
        self, context: CaseKeyContext, *, scope_here: str | None = None
    ) -> None:
        """Keep a late or replayed delivery from bringing a destroyed key back.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed, for good.
        """
        here = scope_here or context.scope
        with self._reading() as connection:
            closed = rows.is_closed(
                connection, context, agency=self.agency, scope_here=here
            )
        if closed:
            raise KeyUnknown(
                f"keys of `{context.scope}` in case `{context.case_id}` were destroyed",
                help="seal later data of the case under another scope",
            )

    def keep(self, key: bytes, context: CaseKeyContext, delivery_key_id: str) -> None:
        """Store a delivered case key; storing it twice is storing it once.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed, for good.
        """
        with self._writing() as connection:
            self.refuse_closed(context)
            if not rows.held_key(connection, case_key_id(key, context)):
                rows.add_case_key(
                    connection,
                    key,
                    context,
                    scope_here=context.scope,
                    delivery_key_id=delivery_key_id,
                )

    def mark_delivered(self, key_ids: Iterable[str]) -> None:
        """Note that the deliveries of these keys are stored and need no repetition."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE case_keys SET delivered = 1 WHERE case_key_id = ?",
                [(key_id,) for key_id in key_ids],
            )

    def destroy(
        self, case_id: str, scope: str | None, holder: str | None = None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Destroy keys of a case and refuse new ones; see `Node.destroy`.

        Returns:
            All case keys so destroyed, now or earlier, and the delivery keys still
            held that could open a stored delivery of one of them; both sorted.

        Raises:
            Unavailable: destroyed, but not yet wiped from the log; call again.
        """
        if "" in (scope, holder):
            raise InvalidInput("scope or holder is empty", help="leave it out for all")
        order = {
            "agency": self.agency,
            "case_id": case_id,
            "scope": scope or "",
            "holder": holder or "",
        }
        with self._writing() as connection:
            gone = rows.destroy_case_keys(connection, order)
            held = {key.delivery_key_id for key in rows.delivery_keys(connection)}
        self._wipe()
        reopening = held & {delivery_key_id for _, delivery_key_id in gone}
        return tuple(sorted(key_id for key_id, _ in gone)), tuple(sorted(reopening))

    def delivery_keys(self) -> list[DeliveryKey]:
        """Return the private delivery keys still held, the current one first."""
        with self._reading() as connection:
            return rows.delivery_keys(connection)

    def rotate_delivery_key(self) -> None:
        """Make a new current delivery key; older ones still open what is under way."""
        with self._writing() as connection:
            rows.add_delivery_key(connection)

    def retire_delivery_keys(self) -> None:
        """Destroy all delivery keys but the current one.

        Raises:
            Unavailable: destroyed, but not yet wiped from the log; call again.
        """
        with self._writing() as connection:
            rows.destroy_old_delivery_keys(connection)
        self._wipe()

    def _find_or_make(self, context: CaseKeyContext, scope_here: str) -> HeldKey:
        """Return the key of a context, made now if need be. Needs a transaction."""
        self.refuse_closed(context, scope_here=scope_here)
        held = rows.made_key(self._connection, context, scope_here)
        return held or rows.add_case_key(
            self._connection, urandom(_KEY_BYTES), context, scope_here=scope_here
        )

    def _wipe(self) -> None:
        """Empty the log after a destruction."""
        with self._lock, _busy_is_unavailable():
            wipe(self._connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for single reads."""
        with self._lock, _busy_is_unavailable():
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction, alone among all processes."""
        with self._lock, _busy_is_unavailable():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


@contextmanager
def _busy_is_unavailable() -> Iterator[None]:
    """Tell a caller to retry when the file is locked or the disk does not answer."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unavailable(f"keyring does not answer: {error}") from error


def _fill(connection: sqlite3.Connection, agency: str) -> None:
    """Make the lasting keys of a new agency."""
    signing = new_signing_key().private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    slots = (
        rows.add_material(connection, signing),
        rows.add_material(connection, urandom(_KEY_BYTES)),
    )
    connection.execute("INSERT INTO identity VALUES (?, ?, ?)", (agency, *slots))
    rows.add_delivery_key(connection)


def _load_signing_key(private: bytes) -> SigningKey:
    """Read the signing key."""
    key = load_der_private_key(private, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NotConfigured("the keyring's signing key is not on P-256")
    return key
