"""A node signs its side of each change of a hand-off, once; docs/formats/twin.md.

What it signed it keeps, so that coordination can show it one order of things only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, Protocol
from uuid import UUID

import structlog

from models.clock import stamp, stamped
from models.errors import CiphertextInvalid, EntryAltered
from models.link import AlarmKind, NodeAlarm
from models.twins import FOLLOWS, Change, Twin, TwinOffer, TwinRefused
from vault.binding import bind
from vault.node import Node
from vault.signers import key_behind
from vault.signing import verify
from vault.trust import Trust
from vault.values import Signer

WAIT = timedelta(seconds=10)
"""How long the desk of an officer has to hand over the leaf of an act."""


log = structlog.get_logger()


class Book(Protocol):
    """Where a node keeps what it signed, by hand-off and step."""

    def find(self, handoff: UUID, step: int) -> Twin | None:
        """Return what was signed of a step."""

    def keep(self, twin: Twin) -> Twin:
        """Keep a record, and return the one that is kept of that step: the first."""

    def secure(self) -> None:
        """Put all that was kept on the disk."""


class Leaves(Protocol):
    """The receipts of the same node; see `ledger.receipts.Book`."""

    def has(self, leaf: bytes) -> bool:
        """Tell whether a leaf was kept lately."""

    def keep(self, leaves: Sequence[bytes], at: datetime) -> None:
        """Keep leaves, to be looked for in the log."""

    def warn(self, alarms: Sequence[NodeAlarm], at: datetime) -> None:
        """Keep alarms, but those that are there already and not over."""

    def end(self, kind: AlarmKind, at: datetime, leaf: bytes = b"") -> None:
        """Note that what an alarm tells of is over."""


class Considered(NamedTuple):
    """What a node made of the changes that it was offered."""

    signed: tuple[Twin, ...] = ()
    refused: tuple[TwinRefused, ...] = ()


class Twins:
    """Signs for one node."""

    def __init__(
        self, node: Node, book: Book, leaves: Leaves, now: Callable[[], datetime]
    ) -> None:
        self._node = node
        self._book = book
        self._leaves = leaves
        self._now = now
        self._met: dict[tuple[UUID, int], datetime] = {}

    # The checklist of docs/formats/twin.md. Each step below repeats its number.
    #   (1) Of a step there is one record: the same change has it again, another none.
    #   (2) It is the next step, on the same side, and may come after the one before.
    #   (3) If an officer of this agency acted, their desk handed over the leaf; where
    #       it did not in ten seconds, the record says so.
    #   (4) The record is on the disk before it leaves.
    #   (5) The leaf is looked for in the log from now on.

    def consider(self, offers: Sequence[TwinOffer]) -> Considered:
        """Sign what holds, refuse what contradicts, and let the rest wait.

        Raises:
            Unavailable: the disk does not answer; nothing was signed that left.
        """
        now = self._now()
        self._met = {each: self._met.get(each, now) for each in map(_name, offers)}
        signed, refused, waiting = [], [], set()
        for offer in sorted(offers, key=lambda each: each.step):
            if offer.handoff in waiting:
                continue
            try:
                twin = self._word(offer, now)
            except EntryAltered as error:
                refused.append(self._refuse(offer, error.message, now))
                continue
            if twin is None:
                waiting.add(offer.handoff)
            else:
                signed.append(twin)
        if signed:
            self._book.secure()  # (4)
        return Considered(tuple(signed), tuple(refused))

    def _word(self, offer: TwinOffer, now: datetime) -> Twin | None:
        """Return the record of a step, or nothing as long as its leaf may come."""
        kept = self._book.find(offer.handoff, offer.step)
        if kept is None:
            before = self._book.find(offer.handoff, offer.step - 1)
            _check_order(offer, before)  # (2)
            held = self._leaves.has(offer.leaf)  # (3)
            if offer.acted and not held and now - self._met[_name(offer)] < WAIT:
                return None
            kept = self._book.keep(
                self._signed(offer, before, now, receipt=offer.acted and held)
            )
        if _said(kept) != _offered(offer):  # (1)
            raise EntryAltered(
                f"step `{offer.step}` was signed as another change or of another entry"
            )
        if not self._leaves.has(offer.leaf):  # (5)
            self._leaves.keep([offer.leaf], now)
        self._leaves.end(AlarmKind.TWIN, now, offer.leaf)
        return kept

    def _signed(
        self, offer: TwinOffer, before: Twin | None, now: datetime, *, receipt: bool
    ) -> Twin:
        unsigned = Twin(
            agency=self._node.agency,
            handoff=offer.handoff,
            step=offer.step,
            change=offer.change,
            side=offer.side,
            at=stamp(offer.at),
            leaf=offer.leaf,
            receipt=receipt,
            previous=b"" if before is None else _digest(before),
            signed_at=stamp(now),
            certificate=self._node.public_keys().certificate,
        )
        signature = self._node.sign(_signed_bytes(unsigned))
        return unsigned.model_copy(update={"signature": signature})

    def _refuse(self, offer: TwinOffer, reason: str, now: datetime) -> TwinRefused:
        """Say no, and raise the alarm: nothing that was recorded leads here."""
        handoff, step = offer.handoff, offer.step
        log.error("twin_refused", handoff=str(handoff), step=step, reason=reason)
        alarm = NodeAlarm(kind=AlarmKind.TWIN, leaf=offer.leaf, since=now)
        self._leaves.warn([alarm], now)
        return TwinRefused(handoff=handoff, step=step, reason=reason)


def check_signed(twin: Twin, trust: Trust) -> None:
    """Check that the agency of a record signed it, with a certificate that held then.

    Raises:
        CiphertextInvalid: it did not.
    """
    at = stamped(twin.signed_at)
    signer = Signer(twin.agency, (twin.certificate,), at)
    signed = _signed_bytes(twin)
    key_behind(signer, trust, lambda key: verify(key, signed, twin.signature))


def check_follows(twin: Twin, before: Twin | None) -> None:
    """Check that a record continues the one that its agency signed before.

    Raises:
        CiphertextInvalid: it continues another, or none.
    """
    if twin.previous != (b"" if before is None else _digest(before)):
        raise CiphertextInvalid("it does not continue the record of the step before")


def _digest(twin: Twin) -> bytes:
    """Return SHA-256 of what an agency signed, by which the next record names it."""
    return sha256(_signed_bytes(twin)).digest()


def _check_order(offer: TwinOffer, before: Twin | None) -> None:
    if before is None:
        if offer.step > 1:
            raise EntryAltered(
                f"step `{offer.step}` is offered, and nothing was signed of the one"
                " before"
            )
        if offer.change is not Change.OFFERED:
            raise EntryAltered(f"a hand-off does not begin as `{offer.change}`")
        return
    if before.side != offer.side:
        raise EntryAltered("this agency is on the other side of that hand-off")
    if before.change not in FOLLOWS[offer.change]:
        raise EntryAltered(
            f"a hand-off that is `{before.change}` cannot be `{offer.change}` next"
        )


def _name(offer: TwinOffer) -> tuple[UUID, int]:
    return offer.handoff, offer.step


def _said(twin: Twin) -> tuple[object, ...]:
    return twin.change, twin.side, twin.at, twin.leaf


def _offered(offer: TwinOffer) -> tuple[object, ...]:
    return offer.change, offer.side, stamp(offer.at), offer.leaf


def _signed_bytes(twin: Twin) -> bytes:
    """Return what is signed; hashes as lower-case hexadecimal digits."""
    return bind(
        "twin",
        "v1",
        twin.agency,
        str(twin.handoff),
        twin.step,
        twin.change,
        twin.side,
        twin.at,
        twin.leaf.hex(),
        twin.receipt,
        twin.previous.hex(),
        twin.signed_at,
    )
