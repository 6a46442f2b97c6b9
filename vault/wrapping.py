"""An item key wrapped under a case key (AES-256-GCM), usable for that item only."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import CiphertextInvalid
from vault.binding import bind
from vault.envelope import NONCE_BYTES


def wrap(key: bytes, case_key: bytes, *, item_id: str, case_key_id: str) -> bytes:
    """Return nonce, wrapped item key and tag (60 bytes).

    Nonces are random: one case key may wrap some 2**32 item keys (NIST SP 800-38D).
    """
    nonce = os.urandom(NONCE_BYTES)
    context = bind("wrap", "v1", item_id, case_key_id)
    return nonce + AESGCM(case_key).encrypt(nonce, key, context)


def unwrap(wrapped: bytes, case_key: bytes, *, item_id: str, case_key_id: str) -> bytes:
    """Return the item key.

    Raises:
        CiphertextInvalid: altered, or wrapped for another item or under another key.
    """
    nonce, ciphertext = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    context = bind("wrap", "v1", item_id, case_key_id)
    try:
        return AESGCM(case_key).decrypt(nonce, ciphertext, context)
    except (InvalidTag, ValueError) as error:
        raise CiphertextInvalid(f"wrapped key of item `{item_id}` is wrong") from error
