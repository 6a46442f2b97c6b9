"""What agencies' nodes exchange: frozen values of text and bytes, ready to serialise.

Identifiers are opaque text here; the vault gives them no meaning but equality.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AgencyKeys:
    """The public keys of one agency, as its own node gives them.

    `certificate` is that of its signing key (X.509, DER); `delivery` is the current
    ML-KEM-768 public key followed by the X25519 public key (1,216 bytes); `statement`
    is the agency's signed word that this is its delivery key. `master_key` is the id of
    the key above its keyring.
    """

    agency: str
    certificate: bytes
    delivery: bytes
    statement: bytes
    master_key: str = ""


@dataclass(frozen=True)
class Signer:
    """Who is said to have signed something, and when.

    `certificates` are those that the directory has of the agency, in DER; whether one
    is believed is for the node that checks.
    """

    agency: str
    certificates: tuple[bytes, ...]
    at: datetime


@dataclass(frozen=True)
class Recipient:
    """An agency that may open an item, with its statement of the delivery key.

    `scope` is the retention class at that agency, where it differs from the
    originator's.
    """

    agency: str
    statement: bytes
    scope: str | None = None


@dataclass(frozen=True)
class Sealed:
    """One item at rest: anybody may check who sealed it, nobody may read it.

    `ciphertext` is nonce (12 bytes), AES-256-GCM ciphertext and tag; `header` stays
    readable and is authenticated; `commitment` pins the one key that opens it;
    `signature` is the originator's (ECDSA P-256, DER).
    """

    header: bytes
    ciphertext: bytes
    commitment: bytes
    signature: bytes


@dataclass(frozen=True)
class Wrap:
    """The key of one item, wrapped for one receiver under a case key."""

    item_id: str
    giver: str
    receiver: str
    case_key_id: str
    wrapped: bytes


@dataclass(frozen=True)
class Delivery:
    """A case key on its way to its receiver; only the receiver's node can open it."""

    case_key_id: str
    giver: str
    receiver: str
    case_id: str
    scope: str
    epoch: int
    sealed_key: bytes


@dataclass(frozen=True)
class SealRequest:
    """What the originator's node is asked to seal, and for whom.

    `scope` is the retention class at the originator, and at every recipient that
    names no other: destroying a scope's keys kills that class in all copies. `epoch`
    grows when a case shall have new keys for what comes next. The originator belongs
    to the audience whether or not it is named.
    """

    item_id: str
    case_id: str
    scope: str
    header: bytes
    body: bytes
    audience: tuple[Recipient, ...]
    epoch: int = 1


@dataclass(frozen=True)
class SealedItem:
    """A sealed item, a wrap per agency of its audience, and the deliveries to store."""

    sealed: Sealed
    wraps: tuple[Wrap, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True)
class DestructionReceipt:
    """An agency's signed word that it destroyed its keys of a case.

    `scope` and `holder` are those of the order; None stands for all. `case_key_ids`
    lists every key destroyed under this order, now or earlier, sorted.
    `delivery_key_ids` lists the delivery keys that the agency still holds and that
    would open a stored copy of one of those deliveries. `renewal_due` says that an
    older copy of the agency's keyring file still opens with its present master key.
    Destruction is final once neither is left.
    """

    agency: str
    case_id: str
    scope: str | None
    holder: str | None
    case_key_ids: tuple[str, ...]
    delivery_key_ids: tuple[str, ...]
    renewal_due: bool
    signature: bytes = b""

    @property
    def is_final(self) -> bool:
        """Whether no backup, of deliveries or keyring, can bring a key back here."""
        return not (self.delivery_key_ids or self.renewal_due)


@dataclass(frozen=True)
class RecallReceipt:
    """An agency's signed word that its node opens one item no more.

    `renewal_due` says that a copy of its keyring from before still would; the receipt
    is final once that is not so.
    """

    agency: str
    case_id: str
    item_id: str
    renewal_due: bool
    signature: bytes = b""

    @property
    def is_final(self) -> bool:
        """Whether no backup of wraps and keyring opens the item here."""
        return not self.renewal_due
