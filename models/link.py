"""What coordination and an agency's node tell each other, in process or over the link.

No key travels in the clear and no content at all: a node is handed case keys that only
it can open, and orders; it hands back what it did, signed where somebody must believe
it later. Changes are additive only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from models.twins import Twin, TwinOffer, TwinRefused
from models.values import Hash, LinkMessage

WORK = "/v1/work"
REPORT = "/v1/report"
DELIVERY_KEY = "/v1/delivery-key"
INCLUSION = "/v1/inclusion"
"""Paths of the link, with the version of all messages here."""

MOST = 100
"""How much of a kind is handed over at once; the rest waits for the next round."""

LONGEST_NOTE = 4_000
"""Characters of a checkpoint with its signatures, and of what is said about one."""

LONGEST_PROOF = 64
"""Hashes: a tree of more levels than that is not counted in 64 bits."""

Place = Annotated[int, Field(ge=0, lt=2**63)]


class CaseKeyDelivery(LinkMessage):
    """A case key on its way to its receiver's node, which alone can open it."""

    case_key_id: str
    giver: str
    receiver: str
    case_id: str
    scope: str
    epoch: int
    sealed_key: bytes


class Redelivery(LinkMessage):
    """A wish to the giver: deliver a case key again, to the receiver's new key.

    `statement` is the receiver's word which key that is (vault/statements.py).
    """

    case_key_id: str
    receiver: str
    statement: bytes


class DestructionOrder(LinkMessage):
    """An order to destroy keys of a case; see `vault.node.Node.destroy`."""

    id: UUID
    case_id: str
    scope: str
    holder: str


class Receipt(LinkMessage):
    """What a node destroyed under an order, and its signature over it.

    Agency, case, scope and holder are not said again: they are the order's.
    """

    order: UUID
    case_key_ids: tuple[str, ...]
    delivery_key_ids: tuple[str, ...]
    renewal_due: bool
    signature: bytes


class RecallOrder(LinkMessage):
    """An order to open an item no more; see `vault.node.Node.give_back`."""

    id: UUID
    case_id: str
    item_id: str


class GivenBack(LinkMessage):
    """A node's signature over having closed an item; the order says which."""

    order: UUID
    renewal_due: bool
    signature: bytes


class CheckpointOffer(LinkMessage):
    """A checkpoint of the ledger to cosign.

    `proof` shows that it continues the one that this witness was last heard to have
    seen; without one it is empty.
    """

    id: UUID
    note: str
    proof: tuple[bytes, ...] = ()


class Witnessed(LinkMessage):
    """What a witness made of an offer.

    Attributes:
        seen: the latest checkpoint that it holds, as the ledger signed it.
        key: its public key (Ed25519, raw).
        cosignature: its signature line for what was offered; empty if it refused.
        refused: why.
    """

    offer: UUID
    seen: str = Field(max_length=LONGEST_NOTE)
    key: bytes
    cosignature: str = Field("", max_length=LONGEST_NOTE)
    refused: str = Field("", max_length=LONGEST_NOTE)


class InclusionWanted(LinkMessage):
    """Leaves that a node was handed, to be found in the tree of so many entries."""

    size: Place
    leaves: tuple[Hash, ...] = Field(max_length=MOST)


class Inclusion(LinkMessage):
    """Where a leaf stands in the log, and the proof for the tree that was asked about.

    docs/formats/receipt.md says how it is checked.
    """

    leaf: Hash
    place: Place
    proof: tuple[Hash, ...] = Field(max_length=LONGEST_PROOF)


class Inclusions(LinkMessage):
    """What was found; a leaf that is not in that tree is left out."""

    found: tuple[Inclusion, ...] = Field((), max_length=MOST)


class AlarmKind(StrEnum):
    """What a node raises the alarm about."""

    RECEIPT = "receipt.missing"
    SILENCE = "checkpoints.silent"
    TWIN = "twin.refused"


class NodeAlarm(LinkMessage):
    """An alarm that a node raised, by itself, about the log.

    Attributes:
        leaf: the receipt that is not in the log, or the entry of a change of a hand-off
            that the node does not sign; empty if it is about another thing.
        since: when the receipt was kept, a checkpoint last cosigned, or it was refused.
        over: when it was found after all, offers came again, or it was signed.
    """

    kind: AlarmKind
    leaf: bytes = Field(b"", max_length=32)
    since: AwareDatetime
    over: AwareDatetime | None = None


class Work(LinkMessage):
    """What waits for one agency's node."""

    deliveries: tuple[CaseKeyDelivery, ...] = ()
    redeliveries: tuple[Redelivery, ...] = ()
    orders: tuple[DestructionOrder, ...] = ()
    recalls: tuple[RecallOrder, ...] = ()
    checkpoint: CheckpointOffer | None = None
    twins: tuple[TwinOffer, ...] = ()

    @property
    def waits(self) -> bool:
        """Tell whether there is anything to do."""
        ordered = self.orders or self.recalls or self.checkpoint or self.twins
        return bool(self.deliveries or self.redeliveries or ordered)


class Report(LinkMessage):
    """What a node did.

    Attributes:
        settled: case keys that it took, or can never take: their deliveries may go.
        broken: case keys whose delivery does not open: their givers deliver again.
        redelivered: what it delivered again.
        lost: case keys that it was to deliver again and has no more.
        receipts: for the orders of destruction that it carried out.
        given_back: for the items that it closed.
        witnessed: what it made of the checkpoint that it was offered.
        alarms: what it raised the alarm about, and what of that is over.
        twins: its side of changes of hand-offs, signed.
        untwinned: what of that it does not sign, and why.
    """

    settled: tuple[str, ...] = Field((), max_length=MOST)
    broken: tuple[str, ...] = Field((), max_length=MOST)
    redelivered: tuple[CaseKeyDelivery, ...] = Field((), max_length=MOST)
    lost: tuple[str, ...] = Field((), max_length=MOST)
    receipts: tuple[Receipt, ...] = Field((), max_length=MOST)
    given_back: tuple[GivenBack, ...] = Field((), max_length=MOST)
    witnessed: Witnessed | None = None
    alarms: tuple[NodeAlarm, ...] = Field((), max_length=MOST)
    twins: tuple[Twin, ...] = Field((), max_length=MOST)
    untwinned: tuple[TwinRefused, ...] = Field((), max_length=MOST)


class PublishedKey(LinkMessage):
    """A node's statement of the delivery key that it uses from now on.

    Beside it, for the log: under which master key its keyring lies, and its version.
    """

    statement: bytes
    master_key: str = ""
    version: str = ""


class Problem(LinkMessage):
    """Why coordination refused, after RFC 9457: `title` is the error's wire name."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    help: str = ""
