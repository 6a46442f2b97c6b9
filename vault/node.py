"""What an agency's node can do: the one interface to its keys, local or remote.

Callers hand over identifiers and bytes and get ciphertext, wraps and signatures back;
no key ever crosses this interface in the clear. A remote node serves the same calls.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from vault.values import (
    AgencyKeys,
    Delivery,
    DestructionReceipt,
    RecallReceipt,
    Recipient,
    Sealed,
    SealedItem,
    SealRequest,
    Signer,
    Wrap,
)


class Node(Protocol):
    """The keys of one agency, at work. Every call may be repeated after a crash."""

    agency: str

    def public_keys(self) -> AgencyKeys:
        """Return the keys that others need to check and to reach this agency."""

    def seal(self, request: SealRequest) -> SealedItem:
        """Encrypt and sign an item for its audience, this agency included.

        A delivery comes with each case key until `delivered` confirms that one was
        stored; so a crash between sealing and storing loses nothing. Store the
        deliveries with the wraps, skip case key ids already stored.

        Raises:
            KeyUnknown: keys of this case and scope were destroyed.
            InvalidInput: one agency is named in two ways.
            CiphertextInvalid: a delivery key is not vouched for; nothing was made.
        """

    def delivered(self, *case_key_ids: str) -> None:
        """Confirm, after commit, that deliveries of these keys are stored."""

    def redeliver(self, case_key_id: str, recipient: Recipient) -> Delivery:
        """Deliver a case key again, for a receiver with a new delivery key.

        Raises:
            KeyUnknown: not held, or destroyed.
            NotPermitted: not made by this agency for that recipient.
            CiphertextInvalid: the delivery key is not vouched for.
        """

    def accept(self, delivery: Delivery) -> None:
        """Take a case key that another agency delivered to this one.

        Raises:
            NotPermitted: addressed to another agency, or pretending to come from here.
            KeyUnknown: keys of this case and scope were destroyed here.
            CiphertextInvalid: altered, or for a delivery key that is gone: ask the
                giver to `redeliver`.
        """

    def open(self, sealed: Sealed, wrap: Wrap, originator: Signer) -> bytes:
        """Return the body of an item that was wrapped for this agency.

        Raises:
            KeyUnknown: the case key was never accepted, or is destroyed, or the item
                was taken back.
            NotPermitted: the wrap is for another agency.
            CiphertextInvalid: altered, or not sealed by that originator, or nobody
                whom this node believes vouched for the originator's key then.
        """

    def wrap_for(
        self, wrap_of_own: Wrap, recipient: Recipient
    ) -> tuple[Wrap, Delivery | None]:
        """Grant an item later on: only the originator's node can (originator control).

        Raises:
            NotPermitted: the item was sealed by another agency.
            KeyUnknown: the item's case key is destroyed.
            CiphertextInvalid: the wrap was altered, or the delivery key is not
                vouched for.
        """

    def sign(self, data: bytes) -> bytes:
        """Return this agency's signature (ECDSA P-256, DER) over `data`."""

    def destroy(
        self, case_id: str, scope: str | None, holder: str | None = None
    ) -> DestructionReceipt:
        """Destroy keys of a case, made or received, for good.

        `holder` is the agency whose copy falls due. At the holder's own node, the keys
        go of all that was of `scope` there. At another node, those go that it made for
        the holder, and what it holds itself stays. Without a holder all keys of the
        case and scope go; without a scope, those of every scope.

        Nothing so destroyed can be sealed for or accepted again. Repeat the order
        until the receipt is final (see `retire_delivery_keys` and `renew`).

        Raises:
            Unavailable: the keys are gone, but traces are left; call again.
        """

    def give_back(self, case_id: str, item_id: str) -> RecallReceipt:
        """Open one item no more, for good: its originator took it back.

        The case key stays, because other items lie under it. Whatever copy of a wrap
        of this item turns up, this node opens it no more. Repeat the order until the
        receipt is final (see `renew`).

        Raises:
            Unavailable: closed, but traces are left; call again.
        """

    def delivery_key_made_at(self) -> datetime:
        """Return when the current delivery key was made."""

    def rotate_delivery_key(self) -> AgencyKeys:
        """Start a new delivery key; publish it, then retire the earlier ones."""

    def retire_delivery_keys(self) -> None:
        """Destroy all delivery keys but the current one.

        From then on no stored copy of a delivery made to them opens again. What was
        still under way to them must be redelivered.
        """

    def renew(self) -> None:
        """Put all keys under a new keyring key and a new master key.

        The ones before are destroyed: from then on no older copy of the keyring opens,
        and no key that was destroyed is anywhere. Once for many orders is enough.

        Raises:
            Unavailable: not finished; call again.
        """

    def witness_key(self) -> bytes:
        """Return the public key (Ed25519, raw) under which this agency cosigns."""

    def sign_as_witness(self, message: bytes) -> bytes:
        """Return this agency's signature (Ed25519) over a message of a witness.

        Only a witness calls this, once it has checked what it cosigns.
        """

    def index_token(self, kind: str, value: str) -> bytes:
        """Return this agency's blind index token of a normalised number (32 bytes)."""
