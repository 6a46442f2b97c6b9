"""A node in this very process, over a keyring file. Safe to use from many threads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from models.errors import CiphertextInvalid, InvalidInput, NotConfigured, NotPermitted
from vault import blind_index, envelope, signing, statements, wrapping
from vault.delivery import (
    CaseKeyContext,
    context_of,
    delivery_public_key,
    open_case_key,
    seal_case_key,
)
from vault.destruction import sign_recall, sign_receipt
from vault.keyring.keyring import Keyring
from vault.keyring.rows import HeldKey
from vault.signers import key_behind
from vault.statements import Stated
from vault.trust import Trust
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


class Papers(Protocol):
    """What certifies a node, and whom it believes: files of its own, read anew."""

    def certificate(self, agency: str) -> bytes:
        """Return the certificate of the agency's signing key (DER).

        Raises:
            NotConfigured: there is none.
        """

    def trust(self) -> Trust:
        """Return the authority that is believed here, and its list.

        Raises:
            NotConfigured: there is none.
        """


class LocalNode:
    """Implements `vault.node.Node` in process."""

    def __init__(self, agency: str, keyring: Keyring, papers: Papers) -> None:
        """Serve `agency` from its keyring.

        Raises:
            NotConfigured: the keyring is another agency's.
        """
        if keyring.agency != agency:
            raise NotConfigured(f"keyring is of `{keyring.agency}`, not of `{agency}`")
        self.agency = agency
        self._keyring = keyring
        self._papers = papers

    def public_keys(self) -> AgencyKeys:
        """See `Node.public_keys`."""
        certificate = self._papers.certificate(self.agency)
        delivery = delivery_public_key(self._keyring.delivery_keys()[0].private)
        statement = statements.state(
            self.agency, delivery, self._keyring.signing_key, certificate
        )
        master = self._keyring.master_key_id()
        return AgencyKeys(self.agency, certificate, delivery, statement, master)

    def seal(self, request: SealRequest) -> SealedItem:
        """See `Node.seal`."""
        others = self._others(request.audience)
        reached = self._reach(others.values())
        own = CaseKeyContext(
            self.agency, self.agency, request.case_id, request.scope, request.epoch
        )
        held = self._keyring.case_keys_for(
            [own, *(_context_for(each, own) for each in others.values())],
            scope_here=request.scope,
        )
        sealed, item_key = envelope.seal(
            request.header, request.body, self._keyring.signing_key
        )
        return SealedItem(
            sealed=sealed,
            wraps=tuple(_wrap(request.item_id, item_key, each) for each in held),
            deliveries=tuple(
                _deliver(each, reached[each.context.receiver])
                for each in held
                if self._is_owed(each)
            ),
        )

    def delivered(self, *case_key_ids: str) -> None:
        """See `Node.delivered`."""
        self._keyring.mark_delivered(case_key_ids)

    def redeliver(self, case_key_id: str, recipient: Recipient) -> Delivery:
        """See `Node.redeliver`."""
        held = self._keyring.held_key(case_key_id)
        parties = (held.context.giver, held.context.receiver)
        if parties != (self.agency, recipient.agency) or parties[0] == parties[1]:
            raise NotPermitted(
                f"case key `{case_key_id}` was not made for `{recipient.agency}`"
            )
        return _deliver(held, self._reach([recipient])[recipient.agency])

    def accept(self, delivery: Delivery) -> None:
        """See `Node.accept`."""
        if delivery.receiver != self.agency or delivery.giver == self.agency:
            raise NotPermitted(
                f"case key `{delivery.case_key_id}` is not for `{self.agency}`"
            )
        context = context_of(delivery)
        self._keyring.refuse_closed(context)
        if self._keyring.has_key(delivery.case_key_id):
            return
        for candidate in self._keyring.delivery_keys():
            try:
                key = open_case_key(delivery, candidate.private)
            except CiphertextInvalid:
                continue
            self._keyring.keep(key, context, candidate.delivery_key_id)
            return
        raise CiphertextInvalid(
            f"case key `{delivery.case_key_id}` does not open",
            help="ask the giver to deliver it to the current delivery key",
        )

    def open(self, sealed: Sealed, wrap: Wrap, originator: Signer) -> bytes:
        """See `Node.open`."""
        if wrap.receiver != self.agency:
            raise NotPermitted(f"item `{wrap.item_id}` is not wrapped for this agency")
        item_key = self._unwrap(wrap)
        key = key_behind(
            originator,
            self._papers.trust(),
            lambda key: envelope.verify_sealed(sealed, key),
        )
        return envelope.open_sealed(sealed, item_key, key)

    def wrap_for(
        self, wrap_of_own: Wrap, recipient: Recipient
    ) -> tuple[Wrap, Delivery | None]:
        """See `Node.wrap_for`."""
        if (wrap_of_own.giver, wrap_of_own.receiver) != (self.agency, self.agency):
            raise NotPermitted(
                f"item `{wrap_of_own.item_id}` was not sealed by `{self.agency}`"
            )
        reached = self._reach([recipient])[recipient.agency]
        own = self._keyring.held_key(wrap_of_own.case_key_id).context
        item_key = self._unwrap(wrap_of_own)
        (held,) = self._keyring.case_keys_for(
            [_context_for(recipient, own)], scope_here=own.scope
        )
        wrap = _wrap(wrap_of_own.item_id, item_key, held)
        return wrap, _deliver(held, reached) if self._is_owed(held) else None

    def sign(self, data: bytes) -> bytes:
        """See `Node.sign`."""
        return signing.sign(self._keyring.signing_key, data)

    def destroy(
        self, case_id: str, scope: str | None, holder: str | None = None
    ) -> DestructionReceipt:
        """See `Node.destroy`."""
        gone = self._keyring.destroy(case_id, scope, holder)
        unsigned = DestructionReceipt(self.agency, case_id, scope, holder, *gone)
        return sign_receipt(unsigned, self._keyring.signing_key)

    def give_back(self, case_id: str, item_id: str) -> RecallReceipt:
        """See `Node.give_back`."""
        due = self._keyring.close_item(case_id, item_id)
        unsigned = RecallReceipt(self.agency, case_id, item_id, due)
        return sign_recall(unsigned, self._keyring.signing_key)

    def delivery_key_made_at(self) -> datetime:
        """See `Node.delivery_key_made_at`."""
        return datetime.fromtimestamp(self._keyring.delivery_keys()[0].made_at, UTC)

    def rotate_delivery_key(self) -> AgencyKeys:
        """See `Node.rotate_delivery_key`."""
        self._keyring.rotate_delivery_key()
        return self.public_keys()

    def retire_delivery_keys(self) -> None:
        """See `Node.retire_delivery_keys`."""
        self._keyring.retire_delivery_keys()

    def renew(self) -> None:
        """See `Node.renew`."""
        self._keyring.renew()

    def witness_key(self) -> bytes:
        """See `Node.witness_key`."""
        return self._keyring.witness_key.public_key().public_bytes_raw()

    def sign_as_witness(self, message: bytes) -> bytes:
        """See `Node.sign_as_witness`."""
        return self._keyring.witness_key.sign(message)

    def index_token(self, kind: str, value: str) -> bytes:
        """See `Node.index_token`."""
        return blind_index.token(self._keyring.index_key, kind, value)

    def _others(self, audience: tuple[Recipient, ...]) -> dict[str, Recipient]:
        """Return the audience without this agency, each other one once."""
        others: dict[str, Recipient] = {}
        for recipient in audience:
            if others.setdefault(recipient.agency, recipient) != recipient:
                raise InvalidInput(f"`{recipient.agency}` is named in two ways")
        others.pop(self.agency, None)
        return others

    def _reach(self, recipients: Iterable[Recipient]) -> dict[str, Stated]:
        """Return the delivery key of each, vouched for; before anything is made.

        A key that its agency replaced, as this node knows, is refused: whoever kept
        the older one would have a use for it.
        """
        wanted = list(recipients)
        if not wanted:
            return {}
        trust, now = self._papers.trust(), datetime.now(UTC)
        stated = [
            statements.believe(each.statement, each.agency, trust, now)
            for each in wanted
        ]
        self._keyring.follow(stated)
        return {each.agency: each for each in stated}

    def _is_owed(self, held: HeldKey) -> bool:
        """Say whether this case key's delivery may not have been stored yet."""
        return held.context.receiver != self.agency and not held.delivered

    def _unwrap(self, wrap: Wrap) -> bytes:
        """Return the item key of a wrap for this agency, by the case key it names."""
        self._keyring.refuse_closed_item(wrap.item_id)
        held = self._keyring.held_key(wrap.case_key_id)
        if (held.context.giver, held.context.receiver) != (wrap.giver, wrap.receiver):
            raise CiphertextInvalid(
                f"wrap of item `{wrap.item_id}` names other parties"
            )
        return wrapping.unwrap(
            wrap.wrapped, held.key, item_id=wrap.item_id, case_key_id=wrap.case_key_id
        )


def _context_for(recipient: Recipient, own: CaseKeyContext) -> CaseKeyContext:
    """Return what the case key for a recipient is for, given the originator's own."""
    return replace(own, receiver=recipient.agency, scope=recipient.scope or own.scope)


def _deliver(held: HeldKey, receiver: Stated) -> Delivery:
    """Encrypt a case key to its receiver."""
    return seal_case_key(held.key, held.context, receiver.key)


def _wrap(item_id: str, item_key: bytes, held: HeldKey) -> Wrap:
    """Wrap an item key for the receiver of a case key."""
    wrapped = wrapping.wrap(
        item_key, held.key, item_id=item_id, case_key_id=held.case_key_id
    )
    return Wrap(
        item_id=item_id,
        giver=held.context.giver,
        receiver=held.context.receiver,
        case_key_id=held.case_key_id,
        wrapped=wrapped,
    )
