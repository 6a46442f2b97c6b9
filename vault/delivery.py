"""Delivery of a case key to its receiver: HPKE (RFC 9180) with MLKEM768_X25519.

The hybrid holds while either half does, so what is recorded today stays closed to a
quantum computer later. HPKE as we have it takes no associated data, so the context
goes into `info`. It authenticates no sender either; two things make up for that: the
id of a case key is derived from the key (a delivery cannot bring another key under
the same id), and items are signed.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import CiphertextInvalid, InvalidInput
from vault.binding import bind
from vault.values import Delivery

_SUITE = hpke.Suite(
    hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM
)
_MLKEM_SEED, _MLKEM_PUBLIC = 64, 1184
_CASE_KEY_ID_BYTES = 16


@dataclass(frozen=True)
class CaseKeyContext:
    """For whom and for what a case key is: bound into its id and its delivery."""

    giver: str
    receiver: str
    case_id: str
    scope: str
    epoch: int

    def bind(self, purpose: str) -> bytes:
        """Return the context as bytes for one purpose."""
        parts = (self.giver, self.receiver, self.case_id, self.scope, self.epoch)
        return bind(purpose, "v1", *parts)


def context_of(delivery: Delivery) -> CaseKeyContext:
    """Return the context that a delivery claims."""
    return CaseKeyContext(
        delivery.giver,
        delivery.receiver,
        delivery.case_id,
        delivery.scope,
        delivery.epoch,
    )


def case_key_id(key: bytes, context: CaseKeyContext) -> str:
    """Return the id of a case key: 32 hex digits, derived from the key itself."""
    info = context.bind("case-key-id")
    kdf = HKDF(algorithm=SHA256(), length=_CASE_KEY_ID_BYTES, salt=None, info=info)
    return kdf.derive(key).hex()


def new_delivery_key() -> bytes:
    """Make a delivery key: ML-KEM-768 seed, then X25519 private key (96 bytes)."""
    mlkem = MLKEM768PrivateKey.generate().private_bytes_raw()
    return mlkem + X25519PrivateKey.generate().private_bytes_raw()


def delivery_public_key(private: bytes) -> bytes:
    """Return the public half: ML-KEM-768, then X25519 (1,216 bytes)."""
    mlkem, x25519 = _private_halves(private)
    return (
        mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    )


def require_delivery_key(public_key: bytes) -> None:
    """Check that this is the public half of a delivery key.

    Raises:
        InvalidInput: it is not.
    """
    try:
        _public_key(public_key)
    except ValueError as error:
        raise InvalidInput("this is no delivery key") from error


def seal_case_key(key: bytes, context: CaseKeyContext, public_key: bytes) -> Delivery:
    """Encrypt a case key to its receiver's delivery key.

    Raises:
        InvalidInput: `public_key` is not a delivery key.
    """
    try:
        receiver = _public_key(public_key)
        sealed = _SUITE.encrypt(key, receiver, info=context.bind("case-key"))
    except ValueError as error:
        raise InvalidInput(
            f"delivery key of `{context.receiver}` is not usable"
        ) from error
    return Delivery(
        case_key_id=case_key_id(key, context),
        giver=context.giver,
        receiver=context.receiver,
        case_id=context.case_id,
        scope=context.scope,
        epoch=context.epoch,
        sealed_key=sealed,
    )


def open_case_key(delivery: Delivery, private: bytes) -> bytes:
    """Return the delivered case key.

    Raises:
        CiphertextInvalid: altered, for another delivery key, or its id is not its own.
    """
    context = context_of(delivery)
    receiver = hpke.MLKEM768X25519PrivateKey(*_private_halves(private))
    try:
        key = _SUITE.decrypt(
            delivery.sealed_key, receiver, info=context.bind("case-key")
        )
    except (InvalidTag, ValueError) as error:
        raise CiphertextInvalid(
            f"case key `{delivery.case_key_id}` does not open"
        ) from error
    if case_key_id(key, context) != delivery.case_key_id:
        raise CiphertextInvalid(f"case key `{delivery.case_key_id}` is another key")
    return key


def _public_key(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )


def _private_halves(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Read both halves of a delivery key."""
    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED:]),
    )
