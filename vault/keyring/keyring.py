"""The keyring of one agency: its own keys, and the case keys it made or was given.

Several threads and several processes may use one keyring at once. Keys are read from
the file at each use and never cached: asking SQLite whether a cache is stale costs as
much as reading the key, and a cache is where a destroyed key would live on. What is
remembered is the key that opens rows, until another process renews it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from os import urandom
from pathlib import Path
from secrets import token_hex

from models.errors import Conflict, InvalidInput, KeyUnknown
from vault.delivery import CaseKeyContext, case_key_id
from vault.keyring import followed, identity, items, renewal, rows
from vault.keyring.access import KeyringAccess
from vault.keyring.cipher import KeyringCipher, KeyringName
from vault.keyring.file import create_file, open_file
from vault.keyring.rows import DeliveryKey, HeldKey, UnlockedFile
from vault.master_keys import MasterKeys
from vault.statements import Stated

_KEY_BYTES = 32


class Keyring:
    """One agency's keyring file, open. Use `create` or `open`."""

    def __init__(self, connection: sqlite3.Connection, masters: MasterKeys) -> None:
        """Read the agency's name and lasting keys."""
        self._access = KeyringAccess(connection, masters)
        self.agency = self._access.name.agency
        self.signing_key = self._access.find(identity.signing_key)
        self.index_key = self._access.find(identity.index_key)
        self.witness_key = self._access.find(identity.witness_key)

    @classmethod
    def create(cls, path: Path | str, agency: str, masters: MasterKeys) -> Keyring:
        """Make the keyring of a new agency, with all its keys, and open it.

        Raises:
            Conflict: the file exists.
        """
        if not agency:
            raise InvalidInput("a keyring needs an agency")
        name = KeyringName(agency, token_hex(8))
        cipher = KeyringCipher(name, masters)

        def fill(connection: sqlite3.Connection) -> None:
            identity.fill(UnlockedFile(connection, cipher), name)

        try:
            create_file(Path(path), fill)
        except Conflict:
            cipher.drop_masters(but=None)  # made for a file that nobody will see
            raise
        return cls.open(path, masters)

    @classmethod
    def open(cls, path: Path | str, masters: MasterKeys) -> Keyring:
        """Open a keyring.

        Raises:
            NotFound: there is none.
            NotConfigured: others may read it, it is no keyring, or its master key is
                not there.
            Unavailable: the place of the master keys does not answer.
        """
        connection = open_file(Path(path))
        try:
            return cls(connection, masters)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._access.close()

    def master_key_id(self) -> str:
        """Return the id of the master key under which the keyring lies now."""
        return self._access.find(lambda file: file.wrapped_key().master_key_id)

    def case_keys_for(
        self, contexts: Sequence[CaseKeyContext], *, scope_here: str
    ) -> list[HeldKey]:
        """Return this agency's key for each context, made now where there is none.

        `scope_here` is the scope of what they will wrap at this agency itself.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed, for good.
        """
        held = self._access.find(
            lambda file: [rows.made_key(file, each, scope_here) for each in contexts]
        )
        if all(held):
            return [key for key in held if key]
        with self._access.writing() as file:
            return [self._find_or_make(file, each, scope_here) for each in contexts]

    def held_key(self, key_id: str) -> HeldKey:
        """Return a case key by its id, whoever made it.

        Raises:
            KeyUnknown: never had, or destroyed.
        """
        held = self._access.find(lambda file: rows.held_key(file, key_id))
        if held is None:
            raise KeyUnknown(f"`{self.agency}` does not hold case key `{key_id}`")
        return held

    def has_key(self, key_id: str) -> bool:
        """Say whether this case key is held and not destroyed."""
        with self._access.reading() as file:
            return rows.has_case_key(file.connection, key_id)

    def refuse_closed(
        self, context: CaseKeyContext, *, scope_here: str | None = None
    ) -> None:
        """Keep a late or replayed delivery from bringing a destroyed key back.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed, for good.
        """
        here = scope_here or context.scope
        with self._access.reading() as file:
            closed = rows.is_closed(
                file.connection, context, agency=self.agency, scope_here=here
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
        with self._access.writing() as file:
            self.refuse_closed(context)
            if not rows.has_case_key(file.connection, case_key_id(key, context)):
                rows.add_case_key(
                    file,
                    key,
                    context,
                    scope_here=context.scope,
                    delivery_key_id=delivery_key_id,
                )

    def mark_delivered(self, key_ids: Iterable[str]) -> None:
        """Note that the deliveries of these keys are stored and need no repetition."""
        with self._access.writing() as file:
            update = "UPDATE case_keys SET delivered = 1 WHERE case_key_id = ?"
            file.connection.executemany(update, [(each,) for each in key_ids])

    def destroy(
        self, case_id: str, scope: str | None, holder: str | None = None
    ) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Destroy keys of a case and refuse new ones; see `Node.destroy`.

        Returns:
            All case keys so destroyed, now or earlier; the delivery keys still held
            that could open a stored delivery of one of them; both sorted. And whether
            a renewal is due, because an older copy of the file still opens.

        Raises:
            Unavailable: destroyed, but not yet wiped from the log; call again.
        """
        if "" in (scope, holder):
            raise InvalidInput("scope or holder is empty", help="leave it out for all")
        order = {"agency": self.agency, "case_id": case_id}
        order |= {"scope": scope or "", "holder": holder or ""}
        with self._access.writing() as file:
            gone = rows.destroy_case_keys(file.connection, order)
            held = rows.delivery_key_ids(file.connection)
            due = renewal.is_due(file.connection)
        self._access.wipe()
        reopening = held & {delivery_key_id for _, delivery_key_id in gone}
        keys = sorted(key_id for key_id, _ in gone)
        return tuple(keys), tuple(sorted(reopening)), due

    def close_item(self, case_id: str, item_id: str) -> bool:
        """Open one item no more; see `Node.give_back`. Return whether renewal is due.

        Raises:
            Unavailable: closed, but not yet wiped from the log; call again.
        """
        with self._access.writing() as file:
            items.close_item(file.connection, case_id, item_id)
            due = renewal.is_due(file.connection)
        self._access.wipe()
        return due

    def refuse_closed_item(self, item_id: str) -> None:
        """Keep a stored copy of a wrap from opening what was taken back.

        Raises:
            KeyUnknown: the item was closed here, for good.
        """
        with self._access.reading() as file:
            closed = items.is_closed_item(file.connection, item_id)
        if closed:
            raise KeyUnknown(f"item `{item_id}` was taken back by its originator")

    def delivery_keys(self) -> list[DeliveryKey]:
        """Return the private delivery keys still held, the current one first."""
        return self._access.find(rows.delivery_keys)

    def rotate_delivery_key(self) -> None:
        """Make a new current delivery key; older ones still open what is under way."""
        with self._access.writing() as file:
            rows.add_delivery_key(file)

    def retire_delivery_keys(self) -> None:
        """Destroy all delivery keys but the current one.

        Raises:
            Unavailable: destroyed, but not yet wiped from the log; call again.
        """
        with self._access.writing() as file:
            rows.destroy_old_delivery_keys(file.connection)
        self._access.wipe()

    def follow(self, stated: Sequence[Stated]) -> None:
        """Remember which delivery keys of other agencies are used now.

        Raises:
            CiphertextInvalid: an agency replaced one of them by another before.
        """
        fresh = self._access.find(lambda file: followed.newer(file.connection, stated))
        if fresh:
            with self._access.writing() as file:
                followed.follow(file.connection, fresh)

    def renew(self) -> None:
        """Put everything under a new key and master key, and destroy those before.

        From then on no older copy of the file opens, not even with all that this
        agency still has. Takes some 10 microseconds a key, while others wait to write.

        Raises:
            Unavailable: not finished; call again.
        """
        with self._access.writing() as file:
            renewal.renew(file)
        self._keep_only_this_master()

    def change_master_key(self) -> None:
        """Wrap the keyring's key under a new master key, and destroy the one before.

        Raises:
            Unavailable: not finished; call again.
        """
        with self._access.writing() as file:
            renewal.rewrap(file, file.cipher)
        self._keep_only_this_master()

    def move_master_key(self, into: MasterKeys) -> None:
        """Wrap the keyring's key under a new master key in another place.

        Whoever has the keyring open needs to open it again, with the new place.

        Raises:
            Unavailable: not finished; the master keys before may be left there.
        """
        with self._access.writing() as file:
            renewal.rewrap(file, file.cipher.at(into))
        before = self._access.move(into)
        self._keep_only_this_master()
        before.drop_masters(but=None)

    def _keep_only_this_master(self) -> None:
        """Destroy earlier master keys, now that the change is on the disk."""
        self._access.wipe()
        with self._access.writing() as file:
            renewal.keep_only_this_master(file)

    def _find_or_make(
        self, file: UnlockedFile, context: CaseKeyContext, scope_here: str
    ) -> HeldKey:
        """Return the key of a context, made now if need be. Needs a transaction."""
        self.refuse_closed(context, scope_here=scope_here)
        held = rows.made_key(file, context, scope_here)
        return held or rows.add_case_key(
            file, urandom(_KEY_BYTES), context, scope_here=scope_here
        )
