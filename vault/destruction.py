"""Receipts for destroyed keys and recalled items: signed by an agency, and checked."""

from __future__ import annotations

from dataclasses import replace

from vault.binding import bind
from vault.signing import SigningKey, sign, verify
from vault.values import DestructionReceipt, RecallReceipt


def sign_receipt(unsigned: DestructionReceipt, key: SigningKey) -> DestructionReceipt:
    """Return the receipt with the agency's signature."""
    return replace(unsigned, signature=sign(key, _signed_bytes(unsigned)))


def verify_receipt(receipt: DestructionReceipt, agency_public_key: bytes) -> None:
    """Check that the agency signed this very receipt.

    Raises:
        CiphertextInvalid: it did not.
    """
    verify(agency_public_key, _signed_bytes(receipt), receipt.signature)


def sign_recall(unsigned: RecallReceipt, key: SigningKey) -> RecallReceipt:
    """Return the receipt for a recalled item with the agency's signature."""
    return replace(unsigned, signature=sign(key, _recalled_bytes(unsigned)))


def verify_recall(receipt: RecallReceipt, agency_public_key: bytes) -> None:
    """Check that the agency signed this very receipt.

    Raises:
        CiphertextInvalid: it did not.
    """
    verify(agency_public_key, _recalled_bytes(receipt), receipt.signature)


def _recalled_bytes(receipt: RecallReceipt) -> bytes:
    return bind(
        "recalled",
        "v1",
        receipt.agency,
        receipt.case_id,
        receipt.item_id,
        receipt.renewal_due,
    )


def _signed_bytes(receipt: DestructionReceipt) -> bytes:
    """Return what is signed; the counts keep the two lists apart."""
    return bind(
        "destroyed",
        "v2",
        receipt.agency,
        receipt.case_id,
        receipt.scope,
        receipt.holder,
        len(receipt.case_key_ids),
        *receipt.case_key_ids,
        len(receipt.delivery_key_ids),
        *receipt.delivery_key_ids,
        receipt.renewal_due,
    )
